/* The heat map, put together: check, count, lay out, draw. */
#include "viz/heatmap/heatmap.h"

#include "viz/caption.h"
#include "viz/header.h"
#include "viz/heatmap/draw.h"
#include "viz/scale.h"

gaze_status gaze_heatmap_check(const gaze_heatmap *map, gaze_error *err) {
    if (!map->row_count || !map->column_count || !map->panel_count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "heat map: %zu rows, %zu columns, %zu panels, expected at least 1 of each",
                         map->row_count, map->column_count, map->panel_count);
    if (map->row_count > GAZE_HEATMAP_MOST || map->column_count > GAZE_HEATMAP_MOST ||
        map->panel_count > GAZE_HEATMAP_MOST)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "heat map: %zu rows, %zu columns, %zu panels, expected at most %d of each",
                         map->row_count, map->column_count, map->panel_count, GAZE_HEATMAP_MOST);
    return GAZE_OK;
}

static gaze_status compose(gaze_texts *text, const gaze_heatmap *map, const gaze_heatmap_layout *layout,
                           const gaze_words *words, const gaze_heatmap_facts *facts, gaze_error *err) {
    gaze_heatmap_title(&text->title, map, words);
    gaze_heatmap_headline(&text->readout, map, words, facts);
    gaze_heatmap_description(&text->description, map, words, facts);
    gaze_heatmap_caption(&text->caption, map, layout, words, facts);
    return gaze_texts_status(text, err);
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

static gaze_status draw(const gaze_heatmap_drawing *d, const gaze_texts *text, gaze_error *err) {
    const gaze_heatmap_layout *layout = d->layout;
    const gaze_figure *figure = &d->map->figure;
    double caption_y = layout->bottom + 30;
    double height = gaze_caption_bottom(figure, &text->caption, caption_y, layout->width);
    gaze_page_begin_above(d->svg, figure, d->palette, layout->width, height, text->title.data,
                          text->description.data, gaze_readout_rise(&text->readout, layout->width));
    gaze_readout_draw(d->svg, d->palette, &text->readout, layout->readout_y, layout->width);
    gaze_heatmap_draw_axes(d);
    gaze_heatmap_draw_labels(d);
    gaze_status status = draw_panels(d, err);
    if (status) return status;
    if (figure->special == GAZE_SPECIAL_DIM) {
        gaze_heatmap_draw_veil(d);
        gaze_heatmap_draw_dimmed_numbers(d);
    }
    if (layout->pair) gaze_heatmap_draw_borders(d);
    gaze_heatmap_draw_marks(d);
    if (layout->row_titles) gaze_heatmap_draw_hovers(d);
    gaze_page_legend(d->svg, figure, d->palette, layout->legend_x, layout->top, layout->legend_height);
    gaze_caption_draw(d->svg, figure, d->palette, &text->caption, caption_y, layout->width);
    gaze_svg_end(d->svg);
    gaze_buffer_putc(d->svg->out, '\n');
    return gaze_buffer_status(d->svg->out, err);
}

/* Where the figure may be fitted, to the weights of all panels. */
gaze_heatmap gaze_heatmap_fit(const gaze_heatmap *map) {
    gaze_heatmap fitted = *map;
    gaze_scale_fit fit = {0};
    fitted.figure.top = 0;
    if (!map->figure.fit || map->figure.scale != GAZE_SCALE_SQRT) return fitted;
    for (size_t i = 0; i < map->panel_count; i++)
        gaze_scale_fit_add(&fit, map->panels[i].weights, map->row_count * map->column_count);
    fitted.figure.top = gaze_scale_fit_top(&fit);
    return fitted;
}

static gaze_status draw_fitted(gaze_buffer *out, const gaze_heatmap *map, gaze_error *err) {
    gaze_status status;
    gaze_palette palette;
    gaze_heatmap_layout layout;
    gaze_heatmap_facts facts;
    gaze_texts text = {0};
    gaze_svg svg = gaze_svg_writer(out);
    const gaze_words *words = gaze_words_of(map->figure.language);
    gaze_palette_fill(&palette, &map->figure);
    gaze_heatmap_facts_collect(&facts, map);
    gaze_heatmap_layout_make(&layout, map, &facts);
    status = compose(&text, map, &layout, words, &facts, err);
    if (!status) status = draw(&(gaze_heatmap_drawing){&svg, map, &layout, &palette, words}, &text, err);
    gaze_texts_deinit(&text);
    return status;
}

gaze_status gaze_heatmap_svg(gaze_buffer *out, const gaze_heatmap *map, gaze_error *err) {
    gaze_status status = gaze_heatmap_check(map, err);
    if (status) return status;
    const gaze_heatmap fitted = gaze_heatmap_fit(map);
    return draw_fitted(out, &fitted, err);
}
