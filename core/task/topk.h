/* The best k of many, seen one after another: in memory for k, and in time n log k for n of them.
 *
 *     gaze_ranked room[5];
 *     gaze_topk best = {.items = room, .capacity = 5};
 *     for each i: gaze_topk_offer(&best, score[i], i);
 *     gaze_topk_sort(&best);                              best.items[0] is the best of best.count
 *
 * Of equal scores the one with the smaller index is better. A NaN is worse than everything.
 */
#ifndef GAZE_CORE_TASK_TOPK_H
#define GAZE_CORE_TASK_TOPK_H

#include <stddef.h>

typedef struct gaze_ranked {
    double score;
    size_t index;
} gaze_ranked;

/* The first `count` items are a heap: the worst of them is items[0], until they are sorted. */
typedef struct gaze_topk {
    gaze_ranked *items; /* the caller's, `capacity` of them */
    size_t capacity;    /* k */
    size_t count;
} gaze_topk;

void gaze_topk_offer(gaze_topk *top, double score, size_t index);
/* Best first; nothing may be offered afterwards. */
void gaze_topk_sort(gaze_topk *top);

#endif
