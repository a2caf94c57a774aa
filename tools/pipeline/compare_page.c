#include "tools/pipeline/compare_page.h"

#include "core/explain/subset.h"

/* The tokens of one side that are seen, and the matrix that is shown first. */
static gaze_status make_side(gaze_compare_scene *scene, size_t which, bool renormalise, gaze_error *err) {
    const gaze_all_heads *heads = &scene->sides[which];
    const gaze_units *units = &heads->all.units;
    size_t N = heads->seen_count;
    scene->labels[which] = gaze_alloc(N, sizeof **scene->labels);
    scene->weights[which] = gaze_alloc(N * N, sizeof **scene->weights);
    if (!scene->labels[which] || !scene->weights[which]) return gaze_fail_memory(err);
    for (size_t i = 0; i < N; i++) scene->labels[which][i] = units->labels[heads->seen[i]];
    gaze_subset_take(scene->weights[which], heads->first, units->count, heads->seen, N);
    if (renormalise) gaze_rows_renormalise(scene->weights[which], N, N);
    return GAZE_OK;
}

static void fill_side(gaze_compare_scene *scene, size_t which) {
    const gaze_all_heads *heads = &scene->sides[which];
    gaze_compare_side *side = &scene->page.view.sides[which];
    *side = (gaze_compare_side){.panel = heads->panel,
                                .labels = scene->labels[which],
                                .count = heads->seen_count,
                                .figure = heads->all.figure};
    side->panel.weights = scene->weights[which];
    scene->page.sides[which] = (gaze_compare_page_side){.weights = heads->matrices,
                                                        .labels = heads->all.units.labels,
                                                        .seen = heads->seen,
                                                        .all = heads->all.units.count,
                                                        .layers = heads->all.layer.indices,
                                                        .layer_count = heads->all.layer.count,
                                                        .heads = heads->all.head.indices,
                                                        .head_count = heads->all.head.count,
                                                        .head = heads->head,
                                                        .layer = heads->layer};
}

static gaze_status make(gaze_compare_scene *scene, gaze_source *const sources[2],
                        const gaze_picture_options options[2], gaze_error *err) {
    gaze_compare *view = &scene->page.view;
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < 2 && !status; i++) {
        status = gaze_all_heads_make(&scene->sides[i], sources[i], &options[i], scene->page.bits,
                                     i && sources[0] == sources[1], err);
        if (!status) status = make_side(scene, i, options[i].renormalise, err);
        if (!status) fill_side(scene, i);
    }
    if (status) return status;
    gaze_compare_share(&view->figure, &view->sides[0].figure, &view->sides[1].figure);
    scene->page.one_source = sources[0] == sources[1];
    status = gaze_compare_subtract(&scene->difference, &view->limit, view->sides, err);
    view->difference = scene->difference;
    return status;
}

gaze_status gaze_compare_scene_make(gaze_compare_scene *scene, gaze_source *const sources[2],
                                    const gaze_picture_options options[2], unsigned bits, gaze_error *err) {
    *scene = (gaze_compare_scene){.page.bits = bits};
    gaze_status status = make(scene, sources, options, err);
    if (status) gaze_compare_scene_deinit(scene);
    return status;
}

void gaze_compare_scene_deinit(gaze_compare_scene *scene) {
    for (size_t i = 0; i < 2; i++) {
        gaze_all_heads_deinit(&scene->sides[i]);
        gaze_free(scene->labels[i]);
        gaze_free(scene->weights[i]);
    }
    gaze_free(scene->difference);
    *scene = (gaze_compare_scene){0};
}
