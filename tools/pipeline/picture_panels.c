#include "tools/pipeline/picture_panels.h"

#include <string.h>

#include "core/explain/aggregate.h"
#include "core/explain/entropy.h"
#include "core/explain/subset.h"
#include "core/explain/words.h"
#include "viz/html/quantise.h"

/* What the panels are made with. */
typedef struct workshop {
    gaze_picture *picture;
    const gaze_source *source;
    size_t T;
    const float **sources; /* the matrices of one panel: layers x heads at most */
    unsigned bits;         /* 0: as they are */
    float *rounded;        /* those matrices, when bits are given */
    float *mean;           /* (T,T) */
    float *joined;         /* (W,W) */
    float *largest;        /* (W,W) */
    size_t *columns;       /* (W) */
} workshop;

/* The layers, or heads, of one panel: number `i` of those that are drawn one by one, or all. */
static gaze_selection part(const gaze_selection *selection, size_t i) {
    gaze_selection one = *selection;
    if (selection->reduction != GAZE_EACH) return one;
    one.indices += i;
    one.count = 1;
    return one;
}

static size_t panels_along(const gaze_selection *selection) {
    return selection->reduction == GAZE_EACH ? selection->count : 1;
}

static int32_t number_of(const gaze_selection *selection) {
    if (selection->reduction == GAZE_MEAN) return GAZE_PANEL_MEAN;
    if (selection->reduction == GAZE_MAX) return GAZE_PANEL_MAX;
    return (int32_t)selection->indices[0];
}

/* (T,T) -> (W,W), without a copy where a unit is a token. */
static const float *join(const workshop *w, const float *a, float *out) {
    const gaze_units *units = &w->picture->units;
    if (units->unit == GAZE_UNIT_TOKEN) return a;
    gaze_words_join(out, a, units->starts, units->all);
    return out;
}

static const float *mean_of(const workshop *w, size_t count) {
    if (count > 1) gaze_aggregate_mean(w->mean, w->sources, count, w->T * w->T);
    return join(w, count > 1 ? w->mean : w->sources[0], w->joined);
}

static const float *max_of(const workshop *w, size_t count) {
    size_t size = w->picture->units.all * w->picture->units.all;
    memcpy(w->largest, join(w, w->sources[0], w->joined), size * sizeof *w->largest);
    for (size_t i = 1; i < count; i++) {
        const float *const both[2] = {w->largest, join(w, w->sources[i], w->joined)};
        gaze_aggregate_max(w->largest, both, 2, size);
    }
    return w->largest;
}

/* The units of one kind of special token: "[SEP]" stands twice in a pair. */
static size_t units_of_share(const workshop *w, const gaze_share *share) {
    const gaze_units *units = &w->picture->units;
    const gaze_tokens *tokens = w->source->tokens;
    size_t count = 0;
    for (size_t u = 0; u < units->all; u++) {
        size_t t = units->starts[u];
        if (tokens->special[t] && tokens->string_lengths[t] == share->length &&
            memcmp(tokens->strings[t], share->text, share->length) == 0)
            w->columns[count++] = u;
    }
    return count;
}

static void measure_shares(const workshop *w, const float *a, bool first) {
    const gaze_units *units = &w->picture->units;
    for (size_t i = 0; i < w->picture->share_count; i++) {
        gaze_share *share = &w->picture->shares[i];
        size_t count = units_of_share(w, share);
        double mass = gaze_subset_share(a, units->all, units->kept, units->count, w->columns, count);
        if (first || mass < share->least) share->least = mass;
        if (first || mass > share->most) share->most = mass;
    }
}

/* The matrices of the layers and heads of one panel, in their order. */
static size_t gather(const workshop *w, const gaze_selection *layers, const gaze_selection *heads) {
    size_t count = 0;
    for (size_t l = 0; l < layers->count; l++) {
        const float *attentions = gaze_source_attentions(w->source, layers->indices[l]);
        for (size_t h = 0; h < heads->count; h++)
            w->sources[count++] = attentions + heads->indices[h] * w->T * w->T;
    }
    for (size_t i = 0; i < count && w->bits; i++) {
        float *rounded = w->rounded + i * w->T * w->T;
        gaze_round_weights(rounded, w->sources[i], w->T * w->T, w->bits);
        w->sources[i] = rounded;
    }
    return count;
}

/* One panel; its weights, if nothing is changed, remain those of the source. */
static gaze_status make_panel(const workshop *w, size_t i, bool renormalise, gaze_error *err) {
    const gaze_units *units = &w->picture->units;
    size_t N = units->count, across = panels_along(&w->picture->head);
    gaze_selection layers = part(&w->picture->layer, i / across), heads = part(&w->picture->head, i % across);
    size_t count = gather(w, &layers, &heads);
    bool max = layers.reduction == GAZE_MAX || heads.reduction == GAZE_MAX;
    const float *made = max ? max_of(w, count) : mean_of(w, count);
    measure_shares(w, made, i == 0);
    w->picture->entropies[i] = gaze_entropy_mean(made, units->all, units->all);
    w->picture->panels[i] = (gaze_panel){made, number_of(&layers), number_of(&heads)};
    if (made == w->sources[0] && N == units->all && !renormalise && !w->bits) return GAZE_OK;
    float *out = gaze_arena_alloc(&w->picture->memory, N * N, sizeof *out);
    if (!out) return gaze_fail_memory(err);
    gaze_subset_take(out, made, units->all, units->kept, N);
    if (renormalise) gaze_rows_renormalise(out, N, N);
    w->picture->panels[i].weights = out;
    return GAZE_OK;
}

static size_t matrices_of_a_panel(const gaze_selection *selection) {
    return selection->reduction == GAZE_EACH ? 1 : selection->count;
}

static gaze_status make_workshop(workshop *w, gaze_error *err) {
    size_t T = w->T, W = w->picture->units.all;
    size_t matrices = matrices_of_a_panel(&w->picture->layer) * matrices_of_a_panel(&w->picture->head);
    w->rounded = gaze_alloc(w->bits ? matrices * T * T : 0, sizeof *w->rounded);
    w->sources = gaze_alloc(w->picture->layer.count * w->picture->head.count, sizeof *w->sources);
    w->mean = gaze_alloc(T * T, sizeof *w->mean);
    w->joined = gaze_alloc(W * W, sizeof *w->joined);
    w->largest = gaze_alloc(W * W, sizeof *w->largest);
    w->columns = gaze_alloc(W, sizeof *w->columns);
    bool made = w->sources && w->rounded && w->mean && w->joined && w->largest && w->columns;
    return made ? GAZE_OK : gaze_fail_memory(err);
}

static void free_workshop(workshop *w) {
    gaze_free(w->sources);
    gaze_free(w->rounded);
    gaze_free(w->mean);
    gaze_free(w->joined);
    gaze_free(w->largest);
    gaze_free(w->columns);
}

gaze_status gaze_picture_make_panels(gaze_picture *picture, const gaze_source *source, bool renormalise,
                                     unsigned bits, gaze_error *err) {
    workshop w = {.picture = picture, .source = source, .bits = bits, .T = source->tokens->count};
    picture->panel_count = panels_along(&picture->layer) * panels_along(&picture->head);
    picture->panels = gaze_arena_alloc(&picture->memory, picture->panel_count, sizeof *picture->panels);
    picture->entropies = gaze_arena_alloc(&picture->memory, picture->panel_count, sizeof *picture->entropies);
    gaze_status status = picture->panels && picture->entropies ? make_workshop(&w, err) : gaze_fail_memory(err);
    for (size_t i = 0; i < picture->panel_count && !status; i++) status = make_panel(&w, i, renormalise, err);
    free_workshop(&w);
    return status;
}
