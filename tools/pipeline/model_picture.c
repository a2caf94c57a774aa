#include "tools/pipeline/model_picture.h"

#include "core/explain/aggregate.h"
#include "core/explain/head_statistics.h"

/* What statistics are taken with. */
typedef struct desk {
    const gaze_source *source;
    size_t T;
    uint8_t *kinds;      /* (T) */
    float *mean;         /* (T,T) */
    const float **heads; /* the matrices of one layer */
} desk;

/* The badge's values and names stand in the order of the statistics and labels. */
static gaze_badge badge_of(const desk *d, const float *a) {
    static const gaze_badge_name names[] = {
        [GAZE_HEAD_UNLABELLED] = GAZE_BADGE_UNNAMED,
        [GAZE_HEAD_NEXT] = GAZE_BADGE_IS_NEXT,
        [GAZE_HEAD_PREVIOUS] = GAZE_BADGE_IS_PREVIOUS,
        [GAZE_HEAD_BROAD] = GAZE_BADGE_IS_BROAD,
        [GAZE_HEAD_CLS] = GAZE_BADGE_IS_CLS,
        [GAZE_HEAD_SEP] = GAZE_BADGE_IS_SEP,
        [GAZE_HEAD_PUNCTUATION] = GAZE_BADGE_IS_PUNCTUATION,
    };
    static const gaze_badge_value places[GAZE_STATISTICS] = {
        [GAZE_STATISTIC_ENTROPY] = GAZE_BADGE_ENTROPY,
        [GAZE_STATISTIC_RELATIVE_ENTROPY] = GAZE_BADGE_RELATIVE_ENTROPY,
        [GAZE_STATISTIC_PREVIOUS] = GAZE_BADGE_PREVIOUS,
        [GAZE_STATISTIC_NEXT] = GAZE_BADGE_NEXT,
        [GAZE_STATISTIC_SELF] = GAZE_BADGE_SELF,
        [GAZE_STATISTIC_CLS] = GAZE_BADGE_CLS,
        [GAZE_STATISTIC_SEP] = GAZE_BADGE_SEP,
        [GAZE_STATISTIC_PUNCTUATION] = GAZE_BADGE_PUNCTUATION,
    };
    double values[GAZE_STATISTICS];
    gaze_head_statistics(values, a, d->kinds, d->T);
    gaze_badge badge = {.name = names[gaze_head_label_of(values)]};
    for (size_t i = 0; i < GAZE_STATISTICS; i++) badge.values[places[i]] = values[i];
    return badge;
}

static void measure_layer(gaze_model_picture *picture, const desk *d, size_t l) {
    const gaze_selection *layers = &picture->heads.layer, *heads = &picture->heads.head;
    const float *attentions = gaze_source_attentions(d->source, layers->indices[l]);
    for (size_t h = 0; h < heads->count; h++) {
        d->heads[h] = attentions + heads->indices[h] * d->T * d->T;
        picture->badges[l * heads->count + h] = badge_of(d, d->heads[h]);
    }
    gaze_aggregate_mean(d->mean, d->heads, heads->count, d->T * d->T);
    picture->mean_badges[l] = badge_of(d, d->mean);
}

static gaze_status measure(gaze_model_picture *picture, const gaze_source *source, gaze_error *err) {
    size_t layers = picture->heads.layer.count, T = source->tokens->count;
    desk d = {.source = source, .T = T};
    d.kinds = gaze_alloc(T, sizeof *d.kinds);
    d.mean = gaze_alloc(T * T, sizeof *d.mean);
    d.heads = gaze_alloc(picture->heads.head.count, sizeof *d.heads);
    picture->badges = gaze_alloc(picture->heads.panel_count, sizeof *picture->badges);
    picture->mean_badges = gaze_alloc(layers, sizeof *picture->mean_badges);
    bool enough = d.kinds && d.mean && d.heads && picture->badges && picture->mean_badges;
    if (enough) gaze_token_kinds(d.kinds, source->tokens);
    for (size_t l = 0; l < layers && enough; l++) measure_layer(picture, &d, l);
    gaze_free(d.kinds);
    gaze_free(d.mean);
    gaze_free(d.heads);
    return enough ? GAZE_OK : gaze_fail_memory(err);
}

gaze_status gaze_model_picture_make(gaze_model_picture *picture, gaze_source *source,
                                    const gaze_picture_options *options, gaze_error *err) {
    gaze_picture_options each = *options, mean = *options;
    *picture = (gaze_model_picture){0};
    each.layer = each.head = mean.layer = "all";
    mean.head = "mean";
    gaze_status status = gaze_picture_make(&picture->heads, source, &each, err);
    if (!status) status = gaze_picture_select(&picture->means, source, &mean, err);
    if (!status) status = gaze_picture_fill(&picture->means, source, &mean, err);
    if (!status) status = measure(picture, source, err);
    if (status) gaze_model_picture_deinit(picture);
    return status;
}

void gaze_model_picture_deinit(gaze_model_picture *picture) {
    gaze_picture_deinit(&picture->heads);
    gaze_picture_deinit(&picture->means);
    gaze_free(picture->badges);
    gaze_free(picture->mean_badges);
    *picture = (gaze_model_picture){0};
}

gaze_model_view gaze_model_picture_view(const gaze_model_picture *picture) {
    return (gaze_model_view){.figure = picture->heads.figure,
                             .labels = picture->heads.units.labels,
                             .count = picture->heads.units.count,
                             .panels = picture->heads.panels,
                             .badges = picture->badges,
                             .panel_count = picture->heads.panel_count,
                             .head_count = picture->heads.head.count,
                             .means = picture->means.panels,
                             .mean_badges = picture->mean_badges};
}
