#include "tools/pipeline/compare_picture.h"

#include <string.h>

#include "core/explain/percentile.h"

/* Both pictures of one source, which is read once. */
static gaze_status make_of_one(gaze_compare_picture *picture, gaze_source *source,
                               const gaze_picture_options options[2], gaze_error *err) {
    gaze_source_options read = options[0].read;
    bool *layers = gaze_alloc_zero(source->layers, sizeof *layers);
    gaze_status status = layers ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < 2 && !status; i++) {
        status = gaze_picture_select(&picture->sides[i], source, &options[i], err);
        if (!status) gaze_picture_want_layers(layers, &picture->sides[i]);
    }
    read.layers = layers;
    read.what |= GAZE_RECORD_ATTENTIONS;
    if (!status) status = gaze_source_read(source, &read, err);
    for (size_t i = 0; i < 2 && !status; i++)
        status = gaze_picture_fill(&picture->sides[i], source, &options[i], err);
    gaze_free(layers);
    return status;
}

static gaze_status make_sides(gaze_compare_picture *picture, gaze_source *const sources[2],
                              const gaze_picture_options options[2], gaze_error *err) {
    gaze_status status;
    if (sources[0] == sources[1]) return make_of_one(picture, sources[0], options, err);
    status = gaze_picture_make(&picture->sides[0], sources[0], &options[0], err);
    return status ? status : gaze_picture_make(&picture->sides[1], sources[1], &options[1], err);
}

static gaze_status check_panels(const gaze_compare_picture *picture, gaze_error *err) {
    for (size_t i = 0; i < 2; i++)
        if (picture->sides[i].panel_count != 1)
            return gaze_fail(
                err, GAZE_ERROR_ARGUMENT,
                "side %c has %zu matrices; expected one: a layer and a head, or mean or max of them",
                i ? 'b' : 'a', picture->sides[i].panel_count);
    return GAZE_OK;
}

static bool same_labels(const gaze_compare_side *a, const gaze_compare_side *b) {
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        const gaze_label *x = &a->labels[i], *y = &b->labels[i];
        if (x->length != y->length || memcmp(x->text, y->text, x->length) != 0) return false;
    }
    return true;
}

gaze_status gaze_compare_subtract(float **difference, double *limit, const gaze_compare_side sides[2],
                                  gaze_error *err) {
    size_t N = sides[0].count;
    const float *a = sides[0].panel.weights, *b = sides[1].panel.weights;
    *difference = NULL;
    *limit = 1;
    if (!same_labels(&sides[0], &sides[1])) return GAZE_OK;
    float *scratch = gaze_alloc(N * N, sizeof *scratch);
    *difference = gaze_alloc(N * N, sizeof **difference);
    bool enough = scratch && *difference;
    for (size_t i = 0; i < N * N && enough; i++) (*difference)[i] = a[i] - b[i];
    if (enough) *limit = gaze_percentile_abs(scratch, *difference, N * N, 0.99);
    if (!(*limit > 0)) *limit = 1;
    gaze_free(scratch);
    return enough ? GAZE_OK : gaze_fail_memory(err);
}

static bool same_string(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length) {
    return a && b ? a_length == b_length && memcmp(a, b, a_length) == 0 : a == b;
}

void gaze_compare_share(gaze_figure *figure, const gaze_figure *a, const gaze_figure *b) {
    *figure = *a;
    if (!same_string(a->model, b->model)) figure->model = NULL;
    if (!same_bytes(a->text, a->text_length, b->text, b->text_length) ||
        !same_bytes(a->pair, a->pair_length, b->pair, b->pair_length))
        figure->text = figure->pair = NULL;
}

static gaze_compare_side side_of(const gaze_picture *side) {
    return (gaze_compare_side){.panel = side->panels[0],
                               .labels = side->units.labels,
                               .count = side->units.count,
                               .figure = side->figure};
}

gaze_status gaze_compare_picture_make(gaze_compare_picture *picture, gaze_source *const sources[2],
                                      const gaze_picture_options options[2], gaze_error *err) {
    *picture = (gaze_compare_picture){0};
    gaze_status status = make_sides(picture, sources, options, err);
    if (!status) status = check_panels(picture, err);
    if (!status) {
        const gaze_compare_side sides[2] = {side_of(&picture->sides[0]), side_of(&picture->sides[1])};
        status = gaze_compare_subtract(&picture->difference, &picture->limit, sides, err);
    }
    if (status) gaze_compare_picture_deinit(picture);
    return status;
}

void gaze_compare_picture_deinit(gaze_compare_picture *picture) {
    gaze_picture_deinit(&picture->sides[0]);
    gaze_picture_deinit(&picture->sides[1]);
    gaze_free(picture->difference);
    *picture = (gaze_compare_picture){0};
}

gaze_compare gaze_compare_picture_view(const gaze_compare_picture *picture) {
    gaze_compare compare = {.sides = {side_of(&picture->sides[0]), side_of(&picture->sides[1])},
                            .difference = picture->difference,
                            .limit = picture->limit};
    gaze_compare_share(&compare.figure, &picture->sides[0].figure, &picture->sides[1].figure);
    return compare;
}
