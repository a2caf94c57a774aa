/* Several panels in a terminal: small ones side by side, a layer after the other. */
#include "core/base/memory.h"
#include "viz/heatmap/draw.h"
#include "viz/heatmap/terminal.h"

enum { GAP = 2, NARROWEST = 9 /* room for "head 11" */, PANELS_ACROSS = 4 };

/* Panels [first, end) of one line, all cells made. */
typedef struct strip {
    size_t first, end;
    size_t pitch; /* from one panel to the next */
    gaze_heading heading;
    gaze_text_cells *cells; /* of every panel */
} strip;

static gaze_heading heading_of(const gaze_heatmap *map) {
    const gaze_panel *panels = map->panels, *last = &panels[map->panel_count - 1];
    if (panels[0].layer == last->layer) return GAZE_HEADING_HEAD;
    return panels[0].head == last->head && panels[0].head == panels[1].head ? GAZE_HEADING_LAYER
                                                                            : GAZE_HEADING_BOTH;
}

/* "head 3" over each panel of the strip. */
static gaze_status put_headings(const gaze_text_drawing *d, const strip *s, gaze_error *err) {
    gaze_heading what = s->heading == GAZE_HEADING_LAYER ? GAZE_HEADING_LAYER : GAZE_HEADING_HEAD;
    gaze_buffer text = {0};
    gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
    for (size_t i = s->first; i < s->end; i++) {
        gaze_buffer_clear(&text);
        gaze_heatmap_heading(&text, d->words, &d->map->panels[i], what);
        gaze_tty_goto(d->tty, (i - s->first) * s->pitch);
        if (text.data) gaze_tty_text(d->tty, text.data, text.length, s->pitch - 1);
    }
    gaze_tty_newline(d->tty);
    gaze_status status = gaze_buffer_status(&text, err);
    gaze_buffer_deinit(&text);
    return status;
}

static gaze_status put_strip(const gaze_text_drawing *d, const strip *s, gaze_error *err) {
    gaze_status status = put_headings(d, s, err);
    for (size_t row = 0; row < s->cells[s->first].rows; row += gaze_text_rows_of_line(d->tty)) {
        for (size_t i = s->first; i < s->end; i++) {
            gaze_tty_goto(d->tty, (i - s->first) * s->pitch);
            gaze_text_put_cells(d, &s->cells[i], row);
        }
        gaze_tty_newline(d->tty);
    }
    return status;
}

static gaze_status put_layer_name(const gaze_text_drawing *d, size_t panel, gaze_error *err) {
    gaze_buffer text = {0};
    gaze_heatmap_heading(&text, d->words, &d->map->panels[panel], GAZE_HEADING_LAYER);
    gaze_tty_style_set(d->tty, GAZE_TTY_BOLD);
    if (text.data) gaze_tty_text(d->tty, text.data, text.length, d->tty->columns);
    gaze_tty_newline(d->tty);
    gaze_status status = gaze_buffer_status(&text, err);
    gaze_buffer_deinit(&text);
    return status;
}

/* Strips of as many panels as the terminal has room for; where layers and heads differ, a strip holds one layer. */
static gaze_status put_strips(const gaze_text_drawing *d, strip *s, size_t across, gaze_error *err) {
    gaze_status status = GAZE_OK;
    const gaze_panel *panels = d->map->panels;
    for (s->first = 0; s->first < d->map->panel_count && !status; s->first = s->end) {
        bool new_layer = s->first == 0 || panels[s->first].layer != panels[s->first - 1].layer;
        s->end = s->first + 1;
        while (s->end < d->map->panel_count && s->end - s->first < across &&
               (s->heading != GAZE_HEADING_BOTH || panels[s->end].layer == panels[s->first].layer))
            s->end++;
        if (s->heading == GAZE_HEADING_BOTH && new_layer) status = put_layer_name(d, s->first, err);
        if (!status) status = put_strip(d, s, err);
    }
    return status;
}

gaze_status gaze_text_draw_grid(const gaze_text_drawing *d, gaze_text_notes *notes, gaze_error *err) {
    size_t S = d->map->column_count, count = d->map->panel_count, columns = d->tty->columns;
    size_t widest = columns / PANELS_ACROSS - GAP;
    size_t pool = notes->pool = (S + widest - 1) / widest, width = (S + pool - 1) / pool;
    strip s = {.heading = heading_of(d->map), .pitch = (width > NARROWEST ? width : NARROWEST) + GAP};
    s.cells = gaze_alloc_zero(count, sizeof *s.cells);
    gaze_status status = s.cells ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < count && !status; i++) status = gaze_text_cells_make(&s.cells[i], d->map, i, pool, err);
    if (!status) status = put_strips(d, &s, (columns + GAP) / s.pitch, err);
    for (size_t i = 0; s.cells && i < count; i++) gaze_text_cells_deinit(&s.cells[i]);
    gaze_free(s.cells);
    return status;
}
