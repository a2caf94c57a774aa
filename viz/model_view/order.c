/* The order of the heads, and what a head is known for. */
#include <string.h>

#include "viz/model_view/draw.h"

gaze_badge_value gaze_badge_main(const gaze_badge *badge) {
    static const gaze_badge_value stands_for[GAZE_BADGE_NAMES] = {
        [GAZE_BADGE_IS_NEXT] = GAZE_BADGE_NEXT,
        [GAZE_BADGE_IS_PREVIOUS] = GAZE_BADGE_PREVIOUS,
        [GAZE_BADGE_IS_BROAD] = GAZE_BADGE_RELATIVE_ENTROPY,
        [GAZE_BADGE_IS_CLS] = GAZE_BADGE_CLS,
        [GAZE_BADGE_IS_SEP] = GAZE_BADGE_SEP,
        [GAZE_BADGE_IS_PUNCTUATION] = GAZE_BADGE_PUNCTUATION,
    };
    gaze_badge_value largest = GAZE_BADGE_PREVIOUS;
    if (badge->name != GAZE_BADGE_UNNAMED) return stands_for[badge->name];
    for (gaze_badge_value v = GAZE_BADGE_NEXT; v <= GAZE_BADGE_PUNCTUATION; v++)
        if (badge->values[v] > badge->values[largest]) largest = v;
    return largest;
}

/* Whether a comes before b; badges without a name come last. */
static bool precedes(const gaze_model_view *view, const gaze_badge *a, const gaze_badge *b) {
    gaze_badge_value value = view->sort_value;
    if (view->sort == GAZE_SORT_NAME) {
        gaze_badge_name name_a = a->name ? a->name : GAZE_BADGE_NAMES,
                        name_b = b->name ? b->name : GAZE_BADGE_NAMES;
        if (name_a != name_b) return name_a < name_b;
        if (!a->name) return false;
        value = gaze_badge_main(a);
    }
    return a->values[value] > b->values[value];
}

/* By insertion: there are at most a thousand. */
void gaze_model_order(size_t *order, const gaze_model_view *view) {
    for (size_t i = 0; i < view->panel_count; i++) {
        size_t at = i;
        while (view->sort != GAZE_SORT_LAYER && at > 0 &&
               precedes(view, &view->badges[i], &view->badges[order[at - 1]])) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
}

bool gaze_model_view_sort(gaze_model_view *view, const char *word) {
    static const struct {
        const char *word;
        gaze_model_sort sort;
        gaze_badge_value value;
    } words[] = {
        {"layer", GAZE_SORT_LAYER, GAZE_BADGE_ENTROPY},
        {"label", GAZE_SORT_NAME, GAZE_BADGE_ENTROPY},
        {"entropy", GAZE_SORT_VALUE, GAZE_BADGE_ENTROPY},
        {"previous", GAZE_SORT_VALUE, GAZE_BADGE_PREVIOUS},
        {"next", GAZE_SORT_VALUE, GAZE_BADGE_NEXT},
        {"self", GAZE_SORT_VALUE, GAZE_BADGE_SELF},
        {"cls", GAZE_SORT_VALUE, GAZE_BADGE_CLS},
        {"sep", GAZE_SORT_VALUE, GAZE_BADGE_SEP},
        {"punctuation", GAZE_SORT_VALUE, GAZE_BADGE_PUNCTUATION},
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (word && strcmp(word, words[i].word) != 0) continue;
        view->sort = words[i].sort;
        view->sort_value = words[i].value;
        return true;
    }
    return false;
}
