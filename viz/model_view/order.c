/* The order of the heads, and what a head is known for. */
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
    for (gaze_badge_value v = GAZE_BADGE_NEXT; v <= GAZE_BADGE_SEP; v++)
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
