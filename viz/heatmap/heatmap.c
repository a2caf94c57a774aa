/* The heat map, put together: check, count, lay out, draw. */
#include "viz/heatmap/heatmap.h"

#include <string.h>

#include "viz/heatmap/draw.h"
#include "viz/text.h"

#define LARGEST_COUNT 4096

gaze_status gaze_heatmap_check(const gaze_heatmap *map, gaze_error *err) {
    if (!map->row_count || !map->column_count || !map->panel_count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "heat map: %zu rows, %zu columns, %zu panels, expected at least 1 of each",
                         map->row_count, map->column_count, map->panel_count);
    if (map->row_count > LARGEST_COUNT || map->column_count > LARGEST_COUNT ||
        map->panel_count > LARGEST_COUNT)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "heat map: %zu rows, %zu columns, %zu panels, expected at most %d of each",
                         map->row_count, map->column_count, map->panel_count, LARGEST_COUNT);
    return GAZE_OK;
}

/* The texts of a figure, each a buffer. */
typedef struct texts {
    gaze_buffer title, description, caption;
} texts;

static gaze_status compose(texts *text, const gaze_heatmap *map, const gaze_heatmap_layout *layout,
                           const gaze_words *words, gaze_error *err) {
    gaze_heatmap_facts facts;
    gaze_heatmap_facts_collect(&facts, map);
    gaze_heatmap_title(&text->title, map, words);
    gaze_heatmap_description(&text->description, map, words, &facts);
    gaze_heatmap_caption(&text->caption, map, layout, words, &facts);
    gaze_status status = gaze_buffer_status(&text->title, err);
    if (status == GAZE_OK) status = gaze_buffer_status(&text->description, err);
    if (status == GAZE_OK) status = gaze_buffer_status(&text->caption, err);
    return status;
}

/* The caption's paragraphs, the note between them cut to one line. Returns the y below the last. */
static double draw_caption(const gaze_heatmap_drawing *d, const gaze_buffer *caption, double y, bool draw) {
    double width = d->layout->width - 2 * GAZE_PAGE_MARGIN;
    const char *note = d->map->figure.note, *last = d->words->no_explanation;
    if (draw) gaze_page_paragraph(d->svg, caption->data, caption->length, GAZE_PAGE_MARGIN, y, width);
    y += GAZE_CAPTION_LINE * (double)gaze_page_lines(caption->data, caption->length, width);
    if (note && draw) gaze_page_line_of_text(d->svg, note, strlen(note), GAZE_PAGE_MARGIN, y, width);
    if (note) y += GAZE_CAPTION_LINE;
    if (draw) gaze_page_paragraph(d->svg, last, strlen(last), GAZE_PAGE_MARGIN, y, width);
    return y + GAZE_CAPTION_LINE * (double)gaze_page_lines(last, strlen(last), width);
}

static gaze_status draw_panels(const gaze_heatmap_drawing *d, gaze_error *err) {
    gaze_status status = GAZE_OK;
    if (d->layout->raster) {
        gaze_page_begin_heat(d->svg);
        gaze_svg_string(d->svg, "image-rendering", "optimizeSpeed"); /* SVG 1.1's word for the next */
        gaze_svg_string(d->svg, "style", "image-rendering:pixelated");
    }
    for (size_t i = 0; i < d->map->panel_count && status == GAZE_OK; i++) {
        if (d->layout->raster)
            status = gaze_heatmap_draw_raster(d, i, err);
        else
            gaze_heatmap_draw_cells(d, i);
    }
    if (d->layout->raster && status == GAZE_OK) gaze_svg_end(d->svg);
    return status;
}

static gaze_status draw(const gaze_heatmap_drawing *d, const texts *text, gaze_error *err) {
    const gaze_heatmap_layout *layout = d->layout;
    const gaze_figure *figure = &d->map->figure;
    double caption_y = layout->bottom + 30;
    double height = draw_caption(d, &text->caption, caption_y, false) + GAZE_PAGE_MARGIN - 10;
    gaze_page_begin(d->svg, figure, d->palette, layout->width, height, text->title.data,
                    text->description.data);
    gaze_heatmap_draw_axes(d);
    gaze_heatmap_draw_labels(d);
    gaze_status status = draw_panels(d, err);
    if (status) return status;
    if (figure->special == GAZE_SPECIAL_DIM) {
        gaze_heatmap_draw_veil(d);
        gaze_heatmap_draw_dimmed_numbers(d);
    }
    if (layout->pair) gaze_heatmap_draw_borders(d);
    if (layout->row_titles) gaze_heatmap_draw_hovers(d);
    gaze_page_legend(d->svg, figure, d->palette, layout->legend_x, layout->top, layout->legend_height);
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    draw_caption(d, &text->caption, caption_y, true);
    gaze_svg_end(d->svg);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
    return gaze_buffer_status(d->svg->out, err);
}

gaze_status gaze_heatmap_svg(gaze_buffer *out, const gaze_heatmap *map, gaze_error *err) {
    gaze_status status = gaze_heatmap_check(map, err);
    if (status) return status;
    gaze_palette palette;
    gaze_heatmap_layout layout;
    texts text = {0};
    gaze_svg svg = gaze_svg_writer(out);
    const gaze_words *words = gaze_words_of(map->figure.language);
    gaze_palette_fill(&palette, &map->figure);
    gaze_heatmap_layout_make(&layout, map);
    status = compose(&text, map, &layout, words, err);
    if (status) goto cleanup;
    status = draw(&(gaze_heatmap_drawing){&svg, map, &layout, &palette, words}, &text, err);
cleanup:
    gaze_buffer_deinit(&text.title);
    gaze_buffer_deinit(&text.description);
    gaze_buffer_deinit(&text.caption);
    return status;
}
