/* A heat map as characters: heading, one panel with its labels or a grid of small ones, legend, caption. */
#include <string.h>

#include "viz/heatmap/draw.h"
#include "viz/heatmap/terminal.h"
#include "viz/scale.h"
#include "viz/sentence.h"
#include "viz/text.h"

/* What stands around the panels ---------------------------------------------------------------------- */

static void put_line(gaze_tty *tty, const char *before, const char *text, size_t length, const char *after) {
    gaze_tty_puts(tty, before);
    gaze_tty_text(tty, text, length, tty->columns - tty->column - gaze_tty_width(after, strlen(after)));
    gaze_tty_puts(tty, after);
    gaze_tty_newline(tty);
}

static void put_heading(const gaze_text_drawing *d, const gaze_buffer *title) {
    const gaze_figure *figure = &d->map->figure;
    gaze_tty *tty = d->tty;
    gaze_tty_style_set(tty, GAZE_TTY_BOLD);
    gaze_tty_text(tty, title->data, title->length, tty->columns / (figure->model ? 2 : 1));
    if (figure->model) {
        gaze_tty_style_set(tty, GAZE_TTY_MUTED);
        gaze_tty_puts(tty, "  ");
        gaze_tty_text(tty, figure->model, strlen(figure->model), tty->columns - tty->column);
    }
    gaze_tty_newline(tty);
    if (figure->text) put_line(tty, "“", figure->text, figure->text_length, "”");
    if (figure->pair) put_line(tty, "“", figure->pair, figure->pair_length, "”");
    gaze_tty_newline(tty);
}

/* On the next line when this one has no room for `width` more. */
static void make_room(gaze_tty *tty, size_t width) {
    if (tty->column + width > tty->columns) gaze_tty_newline(tty);
}

/* A swatch and the weight that it stands for. */
static void put_swatch(const gaze_text_drawing *d, const gaze_tick *tick) {
    int16_t level = (int16_t)(tick->at * (GAZE_RAMP_LEVELS - 1) + 0.5);
    gaze_text_cells swatch = {.pool = 2, .rows = 1, .columns = 1, .levels = &level};
    bool plain = d->tty->colors == GAZE_TERMINAL_PLAIN;
    make_room(d->tty, 3 + gaze_tty_width(tick->label, strlen(tick->label)));
    gaze_tty_ground(d->tty, gaze_text_cell_color(d, &swatch, 0, 0));
    gaze_tty_fill(d->tty, plain ? gaze_text_cell_sign(d, &swatch, 0, 0) : " ", 2);
    gaze_tty_reset(d->tty);
    gaze_tty_fill(d->tty, " ", 1);
    gaze_tty_puts(d->tty, tick->label);
    gaze_tty_fill(d->tty, " ", 2);
}

/* "weight, sqrt scale" */
static void put_scale(const gaze_text_drawing *d) {
    const gaze_figure *figure = &d->map->figure;
    gaze_buffer name = {0};
    gaze_buffer_puts(&name, d->words->scale_names[figure->scale][0]);
    gaze_buffer_puts(&name, d->words->comma);
    gaze_sentence_scale(&name, figure, d->words);
    if (name.failed) d->tty->out->failed = true;
    if (!name.failed) make_room(d->tty, gaze_tty_width(name.data, name.length));
    gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
    if (!name.failed) gaze_tty_puts(d->tty, name.data);
    gaze_tty_newline(d->tty);
    gaze_buffer_deinit(&name);
}

static void put_legend(const gaze_text_drawing *d) {
    gaze_tick ticks[GAZE_MOST_TICKS];
    size_t count = gaze_scale_figure_ticks(ticks, &d->map->figure);
    gaze_tty_newline(d->tty);
    for (size_t i = 0; i < count; i++) put_swatch(d, &ticks[i]);
    put_scale(d);
}

static gaze_status put_caption(const gaze_text_drawing *d, const gaze_text_notes *notes, gaze_error *err) {
    const gaze_figure *figure = &d->map->figure;
    bool pair = d->map->panel_count == 1 && gaze_labels_have_pair(d->map->rows, d->map->row_count);
    gaze_heatmap_layout layout = {
        .pair = pair, .bands = pair, .pool = notes->pool, .label_step = notes->label_step};
    gaze_heatmap_facts facts;
    gaze_buffer caption = {0};
    gaze_heatmap_facts_collect(&facts, d->map);
    gaze_heatmap_caption(&caption, d->map, &layout, d->words, &facts);
    gaze_status status = gaze_buffer_status(&caption, err);
    gaze_tty_newline(d->tty);
    if (!status) gaze_tty_paragraph(d->tty, caption.data, caption.length);
    if (figure->note) put_line(d->tty, "", figure->note, strlen(figure->note), "");
    gaze_tty_paragraph(d->tty, d->words->no_explanation, strlen(d->words->no_explanation));
    gaze_buffer_deinit(&caption);
    return status;
}

/* Everything ----------------------------------------------------------------------------------------- */

static gaze_status draw(const gaze_text_drawing *d, gaze_error *err) {
    gaze_text_notes notes = {.pool = 1, .label_step = 1};
    gaze_buffer title = {0};
    gaze_heatmap_title(&title, d->map, d->words);
    gaze_status status = gaze_buffer_status(&title, err);
    if (!status) put_heading(d, &title);
    gaze_buffer_deinit(&title);
    if (status) return status;
    status = d->map->panel_count > 1 ? gaze_text_draw_grid(d, &notes, err) : gaze_text_draw_panel(d, &notes, err);
    if (status) return status;
    if (!notes.all_numbers || d->tty->colors != GAZE_TERMINAL_PLAIN) put_legend(d);
    status = put_caption(d, &notes, err);
    return status ? status : gaze_buffer_status(d->tty->out, err);
}

gaze_status gaze_heatmap_text(gaze_buffer *out, const gaze_heatmap *map, const gaze_terminal *terminal,
                              gaze_error *err) {
    gaze_status status = gaze_heatmap_check(map, err);
    if (status) return status;
    gaze_palette palette;
    const gaze_heatmap fitted = gaze_heatmap_fit(map);
    gaze_figure figure = fitted.figure;
    gaze_tty tty = gaze_tty_writer(out, terminal);
    if (figure.theme == GAZE_THEME_AUTO) figure.theme = GAZE_THEME_DARK;
    gaze_palette_fill(&palette, &figure);
    gaze_words words = *gaze_words_of(figure.language);
    words.not_numbers = words.not_numbers_in_text;
    words.thinned_columns = words.thinned;
    return draw(&(gaze_text_drawing){&tty, &fitted, &palette, &words}, err);
}
