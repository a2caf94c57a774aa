/* The link map, put together. */
#include "viz/link_map/link_map.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "viz/link_map/draw.h"
#include "viz/link_map/words.h"
#include "viz/text.h"
#include "viz/words.h"

enum { LARGEST = 64, VECTORS = LARGEST * LARGEST, MAPS = 2 };

static const double ROOM = 600, MAP_GAP = 40, HEADING = 24, AXIS = 20, KEY_EM = 10;
static const double LEGEND_GAP = 22, SHORTEST_LEGEND = 150;

/* Numbers as labels: "0", "1", ... */
typedef struct numbers {
    char texts[LARGEST][8];
    gaze_label labels[LARGEST];
} numbers;

static void fill_numbers(numbers *n, const size_t *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        int length = snprintf(n->texts[i], sizeof n->texts[i], "%zu", values[i] % 1000000);
        n->labels[i] = (gaze_label){.text = n->texts[i], .length = (size_t)length, .id = GAZE_LABEL_NO_ID};
    }
}

/* Everything that is decided before drawing. */
typedef struct plan {
    numbers layers, heads;
    gaze_palette palette;
    gaze_rgb signed_ramp[GAZE_RAMP_LEVELS];
    gaze_matrix matrices[MAPS];
    gaze_matrix_box box; /* the same for both */
    double x[MAPS], top; /* corners of the cells */
    double legend_height, width, bottom;
} plan;

static void fill_matrices(plan *p, const gaze_link_map *map) {
    bool automatic = map->figure.theme == GAZE_THEME_AUTO;
    gaze_matrix base = {.rows = map->layer_count,
                        .columns = map->head_count,
                        .row_labels = p->layers.labels,
                        .column_labels = p->heads.labels,
                        .turns_dark = automatic,
                        .title = gaze_link_map_title,
                        .context = map};
    p->matrices[0] = p->matrices[1] = base;
    p->matrices[0].values = map->weights;
    p->matrices[0].scale = map->figure.scale;
    p->matrices[0].ramp = p->palette.ramp;
    p->matrices[1].values = map->differences;
    p->matrices[1].scale = GAZE_SCALE_SIGNED;
    p->matrices[1].limit = map->limit;
    p->matrices[1].ramp = p->signed_ramp;
}

static void make_plan(plan *p, const gaze_link_map *map) {
    fill_numbers(&p->layers, map->layers, map->layer_count);
    fill_numbers(&p->heads, map->heads, map->head_count);
    gaze_palette_fill(&p->palette, &map->figure);
    gaze_page_signed_ramp(p->signed_ramp, &map->figure);
    fill_matrices(p, map);
    gaze_matrix_measure(&p->box, &p->matrices[0], ROOM, VECTORS);
    double left = fmax(p->box.left, 48), cells = fmax(p->box.width, 270);
    p->top = gaze_page_header_height(&map->figure) + HEADING + AXIS + p->box.top + 14;
    for (size_t i = 0; i < MAPS; i++)
        p->x[i] =
            GAZE_PAGE_MARGIN + left + (double)i * (cells + LEGEND_GAP + GAZE_LEGEND_WIDTH + MAP_GAP + left);
    p->legend_height = fmax(p->box.height, SHORTEST_LEGEND);
    p->width = ceil(p->x[1] + cells + LEGEND_GAP + GAZE_LEGEND_WIDTH + GAZE_PAGE_MARGIN + 24);
    p->bottom = p->top + p->legend_height + GAZE_LEGEND_FOOT;
}

/* A heading, in which {} stands for the key. */
static void put_heading(gaze_svg *svg, double x, double y, const char *heading, const gaze_label *key,
                        const gaze_words *words) {
    const char *gap = strstr(heading, "{}");
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", x);
    gaze_svg_number(svg, "y", y);
    gaze_svg_text(svg, heading, gap ? (size_t)(gap - heading) : strlen(heading));
    if (gap) {
        gaze_label_write_name(svg, key, KEY_EM, words);
        gaze_svg_puts(svg, gap + 2);
    }
    gaze_svg_end(svg);
}

static void put_headings(gaze_svg *svg, const plan *p, const gaze_link_map *map) {
    const gaze_link_words *words = gaze_link_words_of(map->figure.language);
    double above = p->top - p->box.top;
    for (size_t i = 0; i < MAPS; i++) {
        gaze_svg_begin(svg, "g");
        gaze_page_ink(svg, &p->palette);
        gaze_svg_string(svg, "font-weight", "600");
        gaze_svg_number(svg, "font-size", GAZE_TEXT_FONT);
        put_heading(svg, p->x[i], above - 24, i ? words->difference : words->weight, &map->to,
                    gaze_words_of(map->figure.language));
        gaze_svg_end(svg);
        gaze_svg_begin(svg, "g");
        gaze_page_muted(svg, &p->palette);
        gaze_page_text(svg, p->x[i], above - 4, NULL, words->head);
        gaze_page_text(svg, p->x[i] - 8, p->top - 6, "end", words->layer);
        gaze_svg_end(svg);
    }
}

static gaze_status draw(gaze_svg *svg, const plan *p, const gaze_link_map *map, const gaze_texts *texts,
                        gaze_error *err) {
    double caption_y = p->bottom + 30, legend_x = LEGEND_GAP + fmax(p->box.width, 270);
    double height = gaze_caption_bottom(&map->figure, &texts->caption, caption_y, p->width);
    gaze_page_begin(svg, &map->figure, &p->palette, p->width, height, texts->title.data,
                    texts->description.data);
    put_headings(svg, p, map);
    for (size_t i = 0; i < MAPS; i++) {
        size_t largest = gaze_link_map_largest(p->matrices[i].values, map->layer_count * map->head_count);
        gaze_status status =
            gaze_matrix_draw(svg, &p->matrices[i], &p->box, &p->palette, p->x[i], p->top, err);
        if (status) return status;
        gaze_matrix_mark(svg, &p->box, &p->palette, p->x[i], p->top, largest / map->head_count,
                         largest % map->head_count);
    }
    gaze_page_legend(svg, &map->figure, &p->palette, p->x[0] + legend_x, p->top, p->legend_height);
    gaze_page_signed_legend(svg, &map->figure, &p->palette, p->signed_ramp, map->limit, gaze_link_map_clipped(map) > 0,
                            p->x[1] + legend_x, p->top, p->legend_height);
    gaze_caption_draw(svg, &map->figure, &p->palette, &texts->caption, caption_y, p->width);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
    return gaze_buffer_status(svg->out, err);
}

gaze_status gaze_link_map_svg(gaze_buffer *out, const gaze_link_map *map, gaze_error *err) {
    if (!map->layer_count || !map->head_count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "link map: %zu layers, %zu heads, expected at least 1 of each", map->layer_count,
                         map->head_count);
    if (map->layer_count > LARGEST || map->head_count > LARGEST)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "link map: %zu layers, %zu heads, expected at most %d of each", map->layer_count,
                         map->head_count, LARGEST);
    plan p;
    gaze_texts texts = {0};
    gaze_svg svg = gaze_svg_writer(out);
    make_plan(&p, map);
    gaze_link_map_compose(&texts, map);
    gaze_status status = gaze_texts_status(&texts, err);
    if (!status) status = draw(&svg, &p, map, &texts, err);
    gaze_texts_deinit(&texts);
    return status;
}
