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

static bool same_labels(const gaze_units *a, const gaze_units *b) {
    if (a->count != b->count) return false;
    for (size_t i = 0; i < a->count; i++) {
        const gaze_label *x = &a->labels[i], *y = &b->labels[i];
        if (x->length != y->length || memcmp(x->text, y->text, x->length) != 0) return false;
    }
    return true;
}

static gaze_status subtract(gaze_compare_picture *picture, gaze_error *err) {
    size_t N = picture->sides[0].units.count;
    const float *a = picture->sides[0].panels[0].weights, *b = picture->sides[1].panels[0].weights;
    picture->limit = 1;
    if (!same_labels(&picture->sides[0].units, &picture->sides[1].units)) return GAZE_OK;
    float *scratch = gaze_alloc(N * N, sizeof *scratch);
    picture->difference = gaze_alloc(N * N, sizeof *picture->difference);
    bool enough = scratch && picture->difference;
    for (size_t i = 0; i < N * N && enough; i++) picture->difference[i] = a[i] - b[i];
    if (enough) picture->limit = gaze_percentile_abs(scratch, picture->difference, N * N, 0.99);
    if (!(picture->limit > 0)) picture->limit = 1;
    gaze_free(scratch);
    return enough ? GAZE_OK : gaze_fail_memory(err);
}

static bool same_string(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_bytes(const char *a, size_t a_length, const char *b, size_t b_length) {
    return a && b ? a_length == b_length && memcmp(a, b, a_length) == 0 : a == b;
}

gaze_status gaze_compare_picture_make(gaze_compare_picture *picture, gaze_source *const sources[2],
                                      const gaze_picture_options options[2], gaze_error *err) {
    *picture = (gaze_compare_picture){0};
    gaze_status status = make_sides(picture, sources, options, err);
    if (!status) status = check_panels(picture, err);
    if (!status) status = subtract(picture, err);
    if (status) {
        gaze_compare_picture_deinit(picture);
        return status;
    }
    const gaze_figure *a = &picture->sides[0].figure, *b = &picture->sides[1].figure;
    picture->same_model = same_string(a->model, b->model);
    picture->same_text = same_bytes(a->text, a->text_length, b->text, b->text_length) &&
                         same_bytes(a->pair, a->pair_length, b->pair, b->pair_length);
    return GAZE_OK;
}

void gaze_compare_picture_deinit(gaze_compare_picture *picture) {
    gaze_picture_deinit(&picture->sides[0]);
    gaze_picture_deinit(&picture->sides[1]);
    gaze_free(picture->difference);
    *picture = (gaze_compare_picture){0};
}

gaze_compare gaze_compare_picture_view(const gaze_compare_picture *picture) {
    gaze_compare compare = {
        .figure = picture->sides[0].figure, .difference = picture->difference, .limit = picture->limit};
    if (!picture->same_model) compare.figure.model = NULL;
    if (!picture->same_text) compare.figure.text = compare.figure.pair = NULL;
    for (size_t i = 0; i < 2; i++) {
        const gaze_picture *side = &picture->sides[i];
        compare.sides[i] = (gaze_compare_side){.panel = side->panels[0],
                                               .labels = side->units.labels,
                                               .count = side->units.count,
                                               .figure = side->figure};
    }
    return compare;
}
