/* Which labels are written where there is no room for all: those that are pinned; those at the other end of
 * their lines, strongest first; those of all other lines, strongest first; and where room is left, those without. */
#include <string.h>

#include "viz/head_view/draw.h"

/* Both sides, [1] the keys. */
typedef struct choice {
    bool (*written)[GAZE_HEAD_TOKENS];
    size_t counts[2], step;
} choice;

/* Unless a label stands nearer than `step`. */
static void offer(choice *c, bool key, size_t token) {
    size_t from = token >= c->step ? token - c->step + 1 : 0;
    for (size_t i = from; i < token + c->step && i < c->counts[key]; i++)
        if (c->written[key][i]) return;
    c->written[key][token] = true;
}

static void offer_lines(choice *c, const gaze_head_drawing *d, bool pinned) {
    const gaze_head_view *view = d->view;
    for (size_t i = d->edges->count; i-- > 0;) {
        const gaze_edge *edge = &d->edges->at[i];
        if (gaze_head_view_is_clear(view, edge) != pinned) continue;
        offer(c, false, edge->row);
        offer(c, true, edge->column);
    }
}

void gaze_head_view_choose_labels(bool written[2][GAZE_HEAD_TOKENS], const gaze_head_drawing *d) {
    const gaze_head_view *view = d->view;
    choice c = {written, {view->row_count, view->column_count}, d->layout->label_step};
    memset(written, 0, 2 * sizeof *written);
    for (size_t i = 0; i < view->pinned_count; i++) written[view->pinned_keys][view->pinned[i]] = true;
    offer_lines(&c, d, true);
    offer_lines(&c, d, false);
    for (int key = 0; key < 2; key++)
        for (size_t i = 0; i < c.counts[key]; i++) offer(&c, key, i);
}
