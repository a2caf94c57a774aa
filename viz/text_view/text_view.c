/* The text view, put together: marks, words, numbers. */
#include "viz/text_view/text_view.h"

#include <math.h>

#include "core/base/memory.h"
#include "viz/header.h"
#include "viz/scale.h"
#include "viz/text.h"
#include "viz/text_view/draw.h"

enum { LARGEST = 1500 };

static const double HOVER_EM = 20, NUMBER_Y = 15;
static const char VEIL[] = "0.7";
static const gaze_rgb BLACK = {0, 0, 0}, WHITE = {255, 255, 255};

typedef gaze_text_drawing drawing;

static gaze_rgb color_of(const drawing *d, size_t i) {
    return d->palette->ramp[gaze_scale_level(&d->scale, (double)d->view->pieces[i].weight)];
}

static bool is_dimmed(const drawing *d, size_t i) {
    return d->view->figure.special == GAZE_SPECIAL_DIM && d->view->pieces[i].label.special;
}

static void put_hidden(const drawing *d, size_t i) {
    if (d->view->pieces[i].hidden) gaze_svg_string(d->svg, "display", "none");
}

/* cat: 0.3712 */
static void put_title(const drawing *d, size_t i) {
    const gaze_text_piece *piece = &d->view->pieces[i];
    gaze_svg_begin(d->svg, "title");
    gaze_text_write(d->svg, piece->label.text, piece->label.length, HOVER_EM);
    if (piece->label.id >= 0) {
        gaze_svg_puts(d->svg, d->words->comma);
        gaze_words_put_counts(d->svg->out, d->words->token_id, (size_t[]){(size_t)piece->label.id}, 1);
    }
    gaze_svg_puts(d->svg, ": ");
    gaze_svg_fixed(d->svg, (double)piece->weight, 4);
    gaze_svg_end(d->svg);
}

/* In a page a mark is a button; the first that is chosen is where the keyboard begins. */
static void put_role(const drawing *d, size_t i) {
    size_t first = 0;
    while (first + 1 < d->view->count && !d->view->pieces[first].chosen) first++;
    gaze_svg_string(d->svg, "class", "gaze-token");
    gaze_svg_string(d->svg, "role", "button");
    gaze_svg_string(d->svg, "aria-pressed", d->view->pieces[i].chosen ? "true" : "false");
    gaze_svg_string(d->svg, "tabindex", i == first ? "0" : "-1");
    put_hidden(d, i);
}

static void put_mark(const drawing *d, size_t i) {
    const gaze_text_place *place = &d->layout->places[i];
    gaze_svg_begin(d->svg, "rect");
    gaze_svg_number(d->svg, "x", place->x);
    gaze_svg_number(d->svg, "y", place->y);
    gaze_svg_number(d->svg, "width", place->width);
    gaze_svg_number(d->svg, "height", GAZE_TEXT_VIEW_MARK);
    gaze_svg_number(d->svg, "rx", 3);
    gaze_svg_color(d->svg, "fill", color_of(d, i));
    if (is_dimmed(d, i)) gaze_svg_string(d->svg, "fill-opacity", VEIL);
    if (d->live) put_role(d, i);
    put_title(d, i);
    gaze_svg_end(d->svg);
}

static void put_word(const drawing *d, size_t i) {
    const gaze_text_piece *piece = &d->view->pieces[i];
    const gaze_text_place *place = &d->layout->places[i];
    gaze_rgb ground = color_of(d, i);
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", place->x + place->width / 2);
    gaze_svg_number(d->svg, "y", place->y + 17.5);
    gaze_svg_color(d->svg, "fill", gaze_color_wants_black(ground) ? BLACK : WHITE);
    if (d->view->figure.theme == GAZE_THEME_AUTO && gaze_color_wants_black(gaze_color_darken(ground)))
        gaze_svg_string(d->svg, "class", "gaze-black");
    put_hidden(d, i);
    gaze_text_write(d->svg, piece->text, piece->length, d->layout->longest_em);
    gaze_svg_end(d->svg);
}

static void put_number(const drawing *d, size_t i) {
    const gaze_text_place *place = &d->layout->places[i];
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", place->x + place->width / 2);
    gaze_svg_number(d->svg, "y", place->y + GAZE_TEXT_VIEW_MARK + NUMBER_Y);
    put_hidden(d, i);
    if (isfinite(d->view->pieces[i].weight))
        gaze_page_weight(d->svg, (double)d->view->pieces[i].weight);
    else
        gaze_svg_puts(d->svg, "?");
    gaze_svg_end(d->svg);
}

static void draw_marks(const drawing *d) {
    gaze_page_begin_heat(d->svg);
    for (size_t i = 0; i < d->view->count; i++) put_mark(d, i);
    gaze_svg_end(d->svg);
}

static void draw_words(const drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-numbers");
    gaze_svg_string(d->svg, "text-anchor", "middle");
    gaze_svg_string(d->svg, "pointer-events", "none");
    gaze_svg_number(d->svg, "font-size", GAZE_TEXT_VIEW_FONT);
    for (size_t i = 0; i < d->view->count; i++) put_word(d, i);
    gaze_svg_end(d->svg);
}

static void draw_numbers(const drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    gaze_svg_string(d->svg, "text-anchor", "middle");
    if (d->live) gaze_svg_string(d->svg, "id", "gaze-weights");
    for (size_t i = 0; i < d->view->count; i++) put_number(d, i);
    gaze_svg_end(d->svg);
}

/* One path around all that are chosen. */
static void draw_frames(const drawing *d) {
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-border");
    if (d->live) gaze_svg_string(d->svg, "id", "gaze-frames");
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_color(d->svg, "stroke", d->palette->ink);
    gaze_svg_string(d->svg, "stroke-width", "2.5");
    gaze_svg_string(d->svg, "pointer-events", "none");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < d->view->count; i++) {
        const gaze_text_place *place = &d->layout->places[i];
        if (d->view->pieces[i].chosen)
            gaze_svg_box(d->svg, place->x - 1.5, place->y - 1.5, place->width + 3, GAZE_TEXT_VIEW_MARK + 3);
    }
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

static void put_letter(const drawing *d, double y, const char *letter) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->left - GAZE_TEXT_VIEW_LETTER);
    gaze_svg_number(d->svg, "y", y + 17);
    gaze_svg_puts(d->svg, letter);
    gaze_svg_end(d->svg);
}

/* A and B beside the texts of a pair. */
static void draw_letters(const drawing *d) {
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    gaze_svg_number(d->svg, "font-size", GAZE_TEXT_FONT);
    if (d->live) gaze_svg_string(d->svg, "id", "gaze-letters");
    put_letter(d, d->layout->first_y, d->words->text_a);
    put_letter(d, d->layout->second_y, d->words->text_b);
    gaze_svg_end(d->svg);
}

/* In a page a group: the script puts it below the text where the window is narrow. */
static void draw_legend(const drawing *d) {
    const gaze_text_layout *layout = d->layout;
    if (d->live) gaze_svg_begin(d->svg, "g");
    if (d->live) gaze_svg_string(d->svg, "id", "gaze-bar");
    gaze_page_legend(d->svg, &d->view->figure, d->palette, layout->legend_x, layout->legend_y, layout->legend_height);
    if (d->live) gaze_svg_end(d->svg);
}

void gaze_text_view_draw(const drawing *d) {
    const gaze_text_layout *layout = d->layout;
    if (layout->second_y > 0) draw_letters(d);
    draw_marks(d);
    draw_words(d);
    if (layout->numbers) draw_numbers(d);
    draw_frames(d);
    draw_legend(d);
}

static gaze_status draw(const drawing *d, const gaze_texts *texts, gaze_error *err) {
    const gaze_text_layout *layout = d->layout;
    gaze_figure figure = d->view->figure;
    double caption_y = layout->bottom + 30;
    double height = gaze_caption_bottom(&figure, &texts->caption, caption_y, layout->width);
    figure.text = figure.pair = NULL; /* the passage itself is the figure */
    gaze_page_begin_above(d->svg, &figure, d->palette, layout->width, height, texts->title.data,
                          texts->description.data, gaze_readout_rise(&texts->readout, layout->width));
    gaze_readout_draw(d->svg, d->palette, &texts->readout, layout->readout_y, layout->width);
    gaze_text_view_draw(d);
    gaze_caption_draw(d->svg, &figure, d->palette, &texts->caption, caption_y, layout->width);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
    return gaze_buffer_status(d->svg->out, err);
}

gaze_status gaze_text_view_scale(gaze_row_scale *scale, gaze_figure *figure, const gaze_text_view *view,
                                 gaze_error *err) {
    float *weights = gaze_alloc(view->count, sizeof *weights);
    gaze_scale_fit fit = {0};
    size_t count = 0;
    if (!weights) return gaze_fail_memory(err);
    for (size_t i = 0; i < view->count; i++)
        if (!view->pieces[i].hidden) weights[count++] = view->pieces[i].weight;
    gaze_scale_fit_add(&fit, weights, count);
    figure->top = figure->fit && figure->scale == GAZE_SCALE_SQRT ? gaze_scale_fit_top(&fit) : 0;
    *scale = gaze_scale_figure_row(figure, weights, count);
    gaze_free(weights);
    return GAZE_OK;
}

gaze_status gaze_text_view_check(const gaze_text_view *view, gaze_error *err) {
    if (!view->count) return gaze_fail(err, GAZE_ERROR_ARGUMENT, "text view: no token, expected at least 1");
    if (view->count > LARGEST)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "text view: %zu tokens, expected at most %d", view->count,
                         LARGEST);
    return GAZE_OK;
}

gaze_status gaze_text_view_svg(gaze_buffer *out, const gaze_text_view *asked, gaze_error *err) {
    gaze_text_view fitted = *asked;
    const gaze_text_view *view = &fitted;
    gaze_palette palette;
    gaze_text_layout layout;
    gaze_texts texts = {0};
    gaze_svg svg = gaze_svg_writer(out);
    drawing d = {&svg, view, &layout, &palette, gaze_words_of(view->figure.language), {0}, false};
    gaze_status status = gaze_text_view_check(view, err);
    if (!status) status = gaze_text_view_scale(&d.scale, &fitted.figure, view, err);
    if (!status) status = gaze_text_layout_make(&layout, view, false, err);
    if (status) return status;
    gaze_palette_fill(&palette, &view->figure);
    gaze_text_view_compose(&texts, view);
    gaze_text_view_strongest(&texts.readout, view);
    status = gaze_texts_status(&texts, err);
    if (!status) status = draw(&d, &texts, err);
    gaze_texts_deinit(&texts);
    gaze_free(layout.places);
    return status;
}
