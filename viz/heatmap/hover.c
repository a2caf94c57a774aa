/* What a picture of dots says under the mouse: for each row, where its token attends most. */
#include <math.h>

#include "viz/heatmap/draw.h"
#include "viz/text.h"

static const double HOVER_EM = 20;

static gaze_links strongest_of_row(const gaze_heatmap *map, size_t t) {
    gaze_links links = {.count = 0};
    const float *weights_t = map->panels[0].weights + t * map->column_count;
    for (size_t s = 0; s < map->column_count; s++)
        if (isfinite(weights_t[s])) gaze_links_add(&links, (gaze_link){0, t, s, (double)weights_t[s]});
    return links;
}

/* 'it' attends to: 'the' .17; 'because' .17; 'was' .16 */
static void put_row_title(const gaze_heatmap_drawing *d, size_t t) {
    gaze_links links = strongest_of_row(d->map, t);
    const gaze_label *row = &d->map->rows[t];
    gaze_svg_begin(d->svg, "title");
    gaze_svg_puts(d->svg, d->words->open_quote);
    gaze_text_write(d->svg, row->text, row->length, HOVER_EM);
    gaze_svg_puts(d->svg, d->words->attends_to);
    for (size_t i = 0; i < links.count; i++) {
        const gaze_label *column = &d->map->columns[links.at[i].column];
        gaze_svg_puts(d->svg, i ? d->words->list_comma : "");
        gaze_svg_puts(d->svg, d->words->open_quote);
        gaze_text_write(d->svg, column->text, column->length, HOVER_EM);
        gaze_svg_puts(d->svg, d->words->close_quote);
        gaze_page_weight(d->svg, links.at[i].weight);
    }
    gaze_svg_end(d->svg);
}

void gaze_heatmap_draw_hovers(const gaze_heatmap_drawing *d) {
    double pitch = gaze_heatmap_pitch(d->layout);
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-rows");
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_string(d->svg, "pointer-events", "all");
    gaze_svg_translate(d->svg, d->layout->left, d->layout->top);
    for (size_t t = 0; t < d->map->row_count; t++) {
        gaze_svg_begin(d->svg, "rect");
        gaze_svg_number(d->svg, "y", pitch * (double)t);
        gaze_svg_number(d->svg, "width", d->layout->panel_width);
        gaze_svg_number(d->svg, "height", pitch);
        put_row_title(d, t);
        gaze_svg_end(d->svg);
    }
    gaze_svg_end(d->svg);
}
