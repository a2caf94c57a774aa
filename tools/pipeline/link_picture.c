#include "tools/pipeline/link_picture.h"

#include <math.h>

#include "core/explain/link.h"
#include "tools/pipeline/token_choice.h"

static gaze_status measure(gaze_link_picture *picture, gaze_error *err) {
    size_t count = picture->heads.panel_count, N = picture->heads.units.count;
    picture->weights = gaze_alloc(count, sizeof *picture->weights);
    picture->differences = gaze_alloc(count, sizeof *picture->differences);
    if (!picture->weights || !picture->differences) return gaze_fail_memory(err);
    picture->limit = 0;
    for (size_t i = 0; i < count; i++) {
        const float *a = picture->heads.panels[i].weights;
        double weight = (double)a[picture->from * N + picture->to];
        double difference = weight - gaze_link_others(a, N, picture->from, picture->to);
        picture->weights[i] = (float)weight;
        picture->differences[i] = (float)difference;
        picture->limit = fmax(picture->limit, fabs(difference));
    }
    if (!(picture->limit > 0)) picture->limit = 1;
    return GAZE_OK;
}

gaze_status gaze_link_picture_make(gaze_link_picture *picture, gaze_source *source,
                                   const gaze_picture_options *options, const char *link, gaze_error *err) {
    gaze_picture_options all = *options;
    *picture = (gaze_link_picture){0};
    all.layer = all.head = "all";
    gaze_status status = gaze_picture_make(&picture->heads, source, &all, err);
    if (!status)
        status =
            gaze_token_choose_link(&picture->from, &picture->to, link, &picture->heads.units, source, err);
    if (!status) status = measure(picture, err);
    if (status) gaze_link_picture_deinit(picture);
    return status;
}

void gaze_link_picture_deinit(gaze_link_picture *picture) {
    gaze_picture_deinit(&picture->heads);
    gaze_free(picture->weights);
    gaze_free(picture->differences);
    *picture = (gaze_link_picture){0};
}

gaze_link_map gaze_link_picture_map(const gaze_link_picture *picture) {
    const gaze_picture *heads = &picture->heads;
    return (gaze_link_map){.figure = heads->figure,
                           .from = heads->units.labels[picture->from],
                           .to = heads->units.labels[picture->to],
                           .weights = picture->weights,
                           .differences = picture->differences,
                           .layer_count = heads->layer.count,
                           .head_count = heads->head.count,
                           .layers = heads->layer.indices,
                           .heads = heads->head.indices,
                           .limit = picture->limit};
}
