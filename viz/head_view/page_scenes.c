#include "viz/head_view/page_scenes.h"

#include <string.h>

#include "core/base/memory.h"
#include "viz/sentence.h"

/* The writer of all scenes: two sides with room for every unit, and what a scene is drawn with. */
typedef struct scenes {
    gaze_buffer *json;
    const gaze_head_page *page;
    gaze_label *rows, *columns; /* (token_count) each */
    gaze_head_view view;
    gaze_head_layout layout;
    gaze_head_drawing drawing;
    bool hide;
} scenes;

static const char *const filters[] = {"all", "aa", "ab", "ba", "bb"};

/* The units that are shown on the side of a text, 'a' or 'b', or on that of all texts. */
static size_t choose_units(gaze_label *chosen, const scenes *s, char text) {
    const gaze_label *units = s->view.figure.words ? s->page->words : s->page->tokens;
    size_t all = s->view.figure.words ? s->page->word_count : s->page->token_count, count = 0;
    for (size_t i = 0; i < all; i++) {
        if (s->hide && units[i].special) continue;
        if (s->view.filter != GAZE_FILTER_ALL && units[i].segment != text - 'a') continue;
        chosen[count++] = units[i];
    }
    return count;
}

/* Its name ----------------------------------------------------------------------------------------------- */

static void put_id(gaze_buffer *out, const scenes *s) {
    gaze_buffer_printf(out, "%s-%s-%s-%s", s->view.figure.words ? "word" : "token", s->hide ? "hide" : "show",
                       filters[s->view.filter], gaze_head_view_layouts[gaze_head_view_layout(&s->view)]);
}

/* Its numbers -------------------------------------------------------------------------------------------- */

static void put_length(gaze_buffer *out, const char *name, double value) {
    gaze_buffer_printf(out, ",\"%s\":", name);
    gaze_buffer_put_double(out, value);
}

static void put_flag(gaze_buffer *out, const char *name, bool value) {
    gaze_buffer_printf(out, ",\"%s\":%s", name, value ? "true" : "false");
}

static void put_pair(gaze_buffer *out, const char *name, double a, double b) {
    gaze_buffer_printf(out, ",\"%s\":[", name);
    gaze_buffer_put_double(out, a);
    gaze_buffer_putc(out, ',');
    gaze_buffer_put_double(out, b);
    gaze_buffer_putc(out, ']');
}

/* How a label stands: style, degrees, shift; and the frame of a pinned one. */
static void put_place(gaze_buffer *out, const gaze_head_layout *layout, bool keys, bool wide) {
    gaze_head_stand stand = gaze_head_layout_stand(layout, keys, wide);
    gaze_buffer_printf(out, stand.style ? "[\"%s\"" : "[null", stand.style);
    gaze_buffer_printf(out, ",%d,", stand.turn);
    gaze_buffer_put_trimmed(out, stand.shift.x, 2);
    gaze_buffer_putc(out, ',');
    gaze_buffer_put_trimmed(out, stand.shift.y, 2);
    gaze_buffer_puts(out, ",\"");
    gaze_head_layout_put_frame(out, layout, keys, wide, NULL);
    gaze_buffer_puts(out, "\"]");
}

/* Across: where lines end and labels begin; from where to where a token answers the mouse; the frames of
 * a pinned one, upright and leaning; and where the cells of head 0 begin when tokens of this side are pinned:
 * beside the other one. */
static void put_side(gaze_buffer *out, const gaze_head_layout *layout, bool keys) {
    static const double SLACK = 8;
    const gaze_head_side *side = keys ? &layout->to : &layout->from;
    gaze_buffer_puts(out, "\"end\":");
    gaze_buffer_put_double(out, side->end);
    put_length(out, "label", side->label);
    put_pair(out, "reach", keys ? side->end : side->label - side->extent - SLACK,
             keys ? side->label + side->extent + SLACK : side->end);
    gaze_buffer_puts(out, ",\"places\":[");
    put_place(out, layout, keys, true);
    gaze_buffer_putc(out, ',');
    put_place(out, layout, keys, false);
    gaze_buffer_puts(out, "]");
    put_length(out, "strip",
               keys ? layout->from.strip - GAZE_STRIP_CELL * (double)layout->strip_heads : layout->to.strip);
}

static void put_sides(gaze_buffer *out, const gaze_head_layout *layout) {
    gaze_buffer_puts(out, ",\"sides\":{\"from\":{");
    put_side(out, layout, false);
    gaze_buffer_puts(out, "},\"to\":{");
    put_side(out, layout, true);
    gaze_buffer_puts(out, "}}");
}

/* Where a group of the legend stands. */
static void put_transform(gaze_buffer *out, const char *name, gaze_head_point at) {
    gaze_buffer_printf(out, "\"%s\":{\"transform\":\"translate(", name);
    gaze_buffer_put_trimmed(out, at.x, 2);
    gaze_buffer_putc(out, ' ');
    gaze_buffer_put_trimmed(out, at.y, 2);
    gaze_buffer_puts(out, ")\"}, ");
}

/* Attributes of parts of the figure, and of all of it, as they are written. */
static void put_frame(gaze_buffer *out, const gaze_head_layout *layout) {
    gaze_buffer width = {0}, height = {0};
    gaze_buffer_put_trimmed(&width, layout->width, 2);
    gaze_buffer_put_trimmed(&height, layout->bottom + GAZE_HEAD_PAGE_GAP, 2);
    gaze_buffer_puts(out, ",\"parts\":{");
    put_transform(out, "legend", (gaze_head_point){layout->legend_x, layout->legend_y});
    put_transform(out, "heads", gaze_head_layout_heads(layout));
    gaze_buffer_puts(out, "\"labels\":{\"font-size\":\"");
    gaze_buffer_put_trimmed(out, layout->font, 2);
    gaze_buffer_printf(out, "\"},\"queries\":{\"text-anchor\":%s}", layout->horizontal ? "null" : "\"end\"");
    if (width.failed || height.failed)
        out->failed = true;
    else
        gaze_buffer_printf(out, ",\"paper\":{\"width\":\"%s\",\"height\":\"%s\",\"viewBox\":\"0 0 %s %s\"}}",
                           width.data, height.data, width.data, height.data);
    gaze_buffer_deinit(&width);
    gaze_buffer_deinit(&height);
}

static void put_lengths(gaze_buffer *out, const gaze_head_layout *layout) {
    gaze_buffer_puts(out, "\"start\":");
    gaze_buffer_put_double(out, layout->start);
    put_length(out, "pitch", layout->pitch);
    put_length(out, "font", layout->font);
    put_length(out, "step", (double)layout->label_step);
    put_flag(out, "horizontal", layout->horizontal);
    put_flag(out, "hasStrip", layout->from.has_strip);
    put_sides(out, layout);
    put_frame(out, layout);
}

/* Its sentences: those before the ones that depend on weights, and those after them ------------------------- */

static void put_sentences(gaze_buffer *out, const char *name, gaze_buffer *text) {
    gaze_buffer_printf(out, ",\"%s\":", name);
    gaze_buffer_put_json_string(out, text->length ? text->data : "", text->length);
    if (text->failed) out->failed = true;
    gaze_buffer_deinit(text);
}

static void put_said(gaze_buffer *out, const scenes *s) {
    const gaze_words *words = s->drawing.words;
    gaze_buffer before = {0}, after = {0};
    gaze_head_view_put_filter(&before, &s->view, words);
    if (s->view.figure.words) gaze_sentence_put(&before, words->joined);
    gaze_head_view_put_reading(&after, &s->layout, words);
    put_sentences(out, "before", &before);
    put_sentences(out, "after", &after);
}

/* What stands still in it -------------------------------------------------------------------------------- */

static void draw_still(scenes *s) {
    gaze_svg *svg = s->drawing.svg;
    gaze_svg_begin(svg, "template");
    gaze_svg_begin_value(svg, "id");
    put_id(svg->out, s);
    gaze_svg_end_value(svg);
    gaze_svg_begin(svg, "svg");
    gaze_svg_content(svg);
    gaze_head_view_draw_still(&s->drawing);
    gaze_svg_end(svg);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
}

/* All of them -------------------------------------------------------------------------------------------- */

static void put_scene(scenes *s, bool first) {
    const char *texts = filters[s->view.filter];
    s->view.row_count = choose_units(s->rows, s, texts[0]);
    s->view.column_count = choose_units(s->columns, s, texts[1]);
    gaze_head_layout_make(&s->layout, &s->view, GAZE_HEAD_PAGE_TOP, true);
    gaze_buffer_puts(s->json, first ? "{\"" : ",\n\"");
    put_id(s->json, s);
    gaze_buffer_puts(s->json, "\":{");
    put_lengths(s->json, &s->layout);
    put_said(s->json, s);
    gaze_buffer_putc(s->json, '}');
    draw_still(s);
}

static void put_all(scenes *s) {
    bool pair = gaze_head_page_has_pair(s->page);
    gaze_buffer_puts(s->json, ",\n\"scenes\":");
    for (int i = 0; i < 4 * 3; i++)
        for (int filter = 0; filter < (pair ? 5 : 1); filter++) {
            s->view.figure.words = i & 1;
            s->hide = i & 2;
            gaze_head_view_set_layout(&s->view, gaze_head_view_layouts[i / 4]);
            s->view.filter = (gaze_filter)filter;
            put_scene(s, i + filter == 0);
        }
    gaze_buffer_putc(s->json, '}');
}

gaze_status gaze_head_page_put_scenes(gaze_buffer *json, gaze_buffer *html, const gaze_head_page *page,
                                      const gaze_palette *palette, gaze_error *err) {
    gaze_svg svg = gaze_svg_writer(html);
    scenes s = {.json = json, .page = page, .view = page->view};
    s.rows = gaze_alloc(page->token_count, sizeof *s.rows);
    s.columns = gaze_alloc(page->token_count, sizeof *s.columns);
    s.view.rows = s.rows;
    s.view.columns = s.columns;
    s.view.pinned_count = s.view.chosen_count = 0; /* the script marks those */
    s.view.panel_count = 1;
    s.drawing = (gaze_head_drawing){.svg = &svg, .view = &s.view, .layout = &s.layout, .palette = palette,
                                    .words = gaze_words_of(page->view.figure.language),
                                    .interactive = true};
    gaze_status status = s.rows && s.columns ? GAZE_OK : gaze_fail_memory(err);
    if (!status) put_all(&s);
    gaze_free(s.rows);
    gaze_free(s.columns);
    if (!status) status = gaze_buffer_status(json, err);
    return status ? status : gaze_buffer_status(html, err);
}
