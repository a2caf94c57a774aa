#include "core/task/topk.h"

#include <math.h>
#include <stdbool.h>

static bool is_worse(gaze_ranked a, gaze_ranked b) {
    if (isnan(a.score) || isnan(b.score))
        return isnan(a.score) && isnan(b.score) ? a.index > b.index : isnan(a.score);
    return a.score < b.score || (a.score == b.score && a.index > b.index);
}

static void swap(gaze_ranked *a, gaze_ranked *b) {
    gaze_ranked kept = *a;
    *a = *b;
    *b = kept;
}

/* items[i] has become worse or stayed: it goes up past every parent that is better. */
static void sift_up(gaze_ranked *items, size_t i) {
    for (; i > 0 && is_worse(items[i], items[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&items[i], &items[(i - 1) / 2]);
}

/* items[0] has become better: it goes down past every child that is worse. */
static void sift_down(gaze_ranked *items, size_t count) {
    for (size_t i = 0, child; (child = 2 * i + 1) < count; i = child) {
        if (child + 1 < count && is_worse(items[child + 1], items[child])) child++;
        if (!is_worse(items[child], items[i])) return;
        swap(&items[i], &items[child]);
    }
}

void gaze_topk_offer(gaze_topk *top, double score, size_t index) {
    gaze_ranked item = {score, index};
    if (top->count < top->capacity) {
        top->items[top->count] = item;
        sift_up(top->items, top->count++);
    } else if (top->count > 0 && is_worse(top->items[0], item)) {
        top->items[0] = item;
        sift_down(top->items, top->count);
    }
}

void gaze_topk_sort(gaze_topk *top) {
    for (size_t left = top->count; left > 1; left--) { /* the worst goes to the end, again and again */
        swap(&top->items[0], &top->items[left - 1]);
        sift_down(top->items, left - 1);
    }
}
