/* What stands above the columns, and the bars of colours below them. */
#include <stdio.h>
#include <string.h>

#include "viz/neuron_view/draw.h"
#include "viz/sentence.h"

static const double LETTER_FONT = 17, NAME_STEP = 17, BAR_WIDTH = 150, BAR_HEIGHT = 9;
#define SCALE_ID   "gaze-signed"
#define BAR_STOPS  9

/* On white and on the dark page each has a contrast of at least 4.5. */
typedef struct letter {
    const char *class;
    gaze_rgb light, dark;
} letter;

static const letter letters[GAZE_NEURON_COLUMNS] = {
    [GAZE_NEURON_Q] = {"gaze-q", {0x0B, 0x5F, 0xA5}, {0x7F, 0xB8, 0xF0}},
    [GAZE_NEURON_K] = {"gaze-k", {0xA0, 0x48, 0x00}, {0xF2, 0xA3, 0x5E}},
    [GAZE_NEURON_V] = {"gaze-v", {0x1A, 0x6E, 0x3C}, {0x6F, 0xC7, 0x91}},
};

/* The dark colours once more: a style sheet cannot be computed. */
static const char STYLE[] = "@media screen and (prefers-color-scheme:dark){"
                            ".gaze-q{fill:#7fb8f0}.gaze-k{fill:#f2a35e}.gaze-v{fill:#6fc791}"
                            ".gaze-q-line{stroke:#7fb8f0}}\n";

/* A page is as wide as its window: the figure has many columns. In a narrow one it scrolls, and stays legible. */
static const char STYLE_PAGE[] = "main{max-width:1800px}#gaze-keys .gaze-token:focus-visible{outline-offset:0}"
                                 "@media screen{#gaze-figure{min-width:1220px}}\n";

void gaze_neuron_put_style(const gaze_neuron_drawing *d) {
    bool by_screen = d->view->figure.theme == GAZE_THEME_AUTO;
    if (!by_screen && !d->view->page) return;
    gaze_svg_begin(d->svg, "style");
    gaze_svg_raw(d->svg, by_screen ? STYLE : "");
    gaze_svg_raw(d->svg, d->view->page ? STYLE_PAGE : "");
    gaze_svg_end(d->svg);
}

gaze_rgb gaze_neuron_letter_color(const gaze_neuron_view *view, gaze_neuron_column column) {
    return view->figure.theme == GAZE_THEME_DARK ? letters[column].dark : letters[column].light;
}

static bool is_strip(gaze_neuron_column column) {
    return column == GAZE_NEURON_PRODUCT || letters[column].class;
}

/* Strips have their names at the left edge, numbers at the right; the weights begin with their bars. */
static bool starts(gaze_neuron_column column) {
    return is_strip(column) || column == GAZE_NEURON_WEIGHT;
}

static void put_name(const gaze_neuron_drawing *d, gaze_neuron_column column) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->x[column]);
    gaze_svg_number(d->svg, "y", d->layout->heading_y);
    gaze_svg_number(d->svg, "font-size", letters[column].class ? LETTER_FONT : GAZE_TEXT_FONT);
    gaze_svg_string(d->svg, "font-weight", "600");
    if (!starts(column)) gaze_svg_string(d->svg, "text-anchor", "end");
    if (letters[column].class) {
        gaze_svg_string(d->svg, "class", letters[column].class);
        gaze_svg_color(d->svg, "fill", gaze_neuron_letter_color(d->view, column));
    } else {
        gaze_page_ink(d->svg, d->palette);
    }
    gaze_svg_content(d->svg);
    gaze_words_put_counts(d->svg->out, d->words->headings[column].name, &d->view->head_size, 1);
    gaze_svg_end(d->svg);
}

/* The weight that the longest bar stands for. */
static void put_bar_scale(const gaze_neuron_drawing *d) {
    char weight[GAZE_FIXED_TEXT];
    gaze_fixed_text(weight, gaze_neuron_longest_bar(d->view), d->decimals);
    gaze_svg_content(d->svg);
    gaze_words_put(d->svg->out, d->words->headings[GAZE_NEURON_WEIGHT].what, (const char *[]){weight});
}

static void put_what(const gaze_neuron_drawing *d, gaze_neuron_column column) {
    if (!d->words->headings[column].what[0]) return;
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->x[column]);
    gaze_svg_number(d->svg, "y", d->layout->heading_y + NAME_STEP);
    if (!starts(column)) gaze_svg_string(d->svg, "text-anchor", "end");
    if (column == GAZE_NEURON_WEIGHT) gaze_svg_string(d->svg, "id", "gaze-bar-scale");
    gaze_page_muted(d->svg, d->palette);
    if (column == GAZE_NEURON_WEIGHT)
        put_bar_scale(d);
    else
        gaze_svg_puts(d->svg, d->words->headings[column].what);
    gaze_svg_end(d->svg);
}

static void put_length(const gaze_neuron_drawing *d, double y, const char *text, bool name) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", d->layout->length_x);
    gaze_svg_number(d->svg, "y", y);
    gaze_svg_string(d->svg, "text-anchor", "end");
    if (name) gaze_svg_number(d->svg, "font-size", GAZE_TEXT_FONT);
    if (name) gaze_svg_string(d->svg, "font-weight", "600");
    if (name)
        gaze_page_ink(d->svg, d->palette);
    else
        gaze_page_muted(d->svg, d->palette);
    gaze_svg_puts(d->svg, text);
    gaze_svg_end(d->svg);
}

void gaze_neuron_draw_headings(const gaze_neuron_drawing *d) {
    put_length(d, d->layout->heading_y, d->words->length.name, true);
    put_length(d, d->layout->heading_y + NAME_STEP, d->words->length.what, false);
    for (gaze_neuron_column c = 0; c < GAZE_NEURON_COLUMNS; c++) {
        put_name(d, c);
        put_what(d, c);
    }
}

/* Bars ----------------------------------------------------------------------------------------------- */

static void put_gradient(const gaze_neuron_drawing *d) {
    gaze_svg_begin(d->svg, "linearGradient");
    gaze_svg_string(d->svg, "id", SCALE_ID);
    for (int i = 0; i < BAR_STOPS; i++) {
        int level = (2 * i - BAR_STOPS + 1) * GAZE_NEURON_LEVELS / (BAR_STOPS - 1);
        gaze_svg_begin(d->svg, "stop");
        gaze_svg_number(d->svg, "offset", (double)i / (BAR_STOPS - 1));
        gaze_svg_color(d->svg, "stop-color", gaze_neuron_color(d->view, level));
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}

static double bar_width(const gaze_neuron_drawing *d, gaze_neuron_column column) {
    if (column == GAZE_NEURON_SCORE) return 96;
    return d->layout->strip < BAR_WIDTH ? d->layout->strip : BAR_WIDTH;
}

static double bar_x(const gaze_neuron_drawing *d, gaze_neuron_column column) {
    double x = d->layout->x[column];
    return column == GAZE_NEURON_SCORE ? x - 96 + 12 : x;
}

static void put_bar(const gaze_neuron_drawing *d, gaze_neuron_column column) {
    gaze_svg_begin(d->svg, "rect");
    gaze_svg_number(d->svg, "x", bar_x(d, column));
    gaze_svg_number(d->svg, "y", d->layout->scale_y);
    gaze_svg_number(d->svg, "width", bar_width(d, column));
    gaze_svg_number(d->svg, "height", BAR_HEIGHT);
    gaze_svg_string(d->svg, "fill", "url(#" SCALE_ID ")");
    gaze_svg_end(d->svg);
}

/* -M, 0 and M under the bar: -1 for its left end, 1 for its right. */
static void put_end(const gaze_neuron_drawing *d, gaze_neuron_column column, int side) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", bar_x(d, column) + bar_width(d, column) * (side + 1) / 2);
    gaze_svg_number(d->svg, "y", d->layout->scale_y + BAR_HEIGHT + 14);
    gaze_svg_string(d->svg, "text-anchor", side < 0 ? "start" : side > 0 ? "end" : "middle");
    gaze_svg_fixed(d->svg, side * gaze_neuron_limit(d->view, column), side ? 2 : 0);
    gaze_svg_end(d->svg);
}

void gaze_neuron_draw_scales(const gaze_neuron_drawing *d) {
    static const gaze_neuron_column columns[] = {GAZE_NEURON_Q, GAZE_NEURON_K, GAZE_NEURON_PRODUCT, GAZE_NEURON_SCORE,
                                                 GAZE_NEURON_V};
    enum { COLUMNS = sizeof columns / sizeof *columns };
    gaze_page_begin_heat(d->svg);
    gaze_svg_string(d->svg, "id", "gaze-scale-bars");
    put_gradient(d);
    for (size_t i = 0; i < COLUMNS; i++) put_bar(d, columns[i]);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "id", "gaze-limits");
    gaze_page_muted(d->svg, d->palette);
    for (size_t i = 0; i < COLUMNS; i++)
        for (int side = -1; side <= 1; side++) put_end(d, columns[i], side);
    gaze_svg_end(d->svg);
}
