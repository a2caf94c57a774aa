#include "tools/pipeline/text_page.h"

#include "tools/pipeline/text_picture.h"
#include "tools/pipeline/token_choice.h"

/* What a row is divided by, in sums[N]: 1 without renormalising. */
static void sum_rows(double *sums, const gaze_all_heads *heads, bool renormalise) {
    size_t N = heads->all.units.count;
    for (size_t t = 0; t < N; t++) {
        sums[t] = 0;
        for (size_t k = 0; k < heads->seen_count; k++) sums[t] += (double)heads->first[t * N + heads->seen[k]];
        if (!renormalise || !(sums[t] > 0)) sums[t] = 1;
    }
}

static void weigh_pieces(gaze_text_scene *scene, const double *sums, size_t chosen_count, bool received) {
    size_t N = scene->heads.all.units.count;
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t p = 0; p < N; p++) {
            size_t t = received ? i : p, s = received ? p : i;
            if (scene->pieces[p].chosen) sum += (double)scene->heads.first[t * N + s] / sums[t];
        }
        scene->pieces[i].weight = (float)(sum / (double)chosen_count);
    }
}

static gaze_status choose(gaze_text_scene *scene, size_t *chosen, size_t *count, const gaze_source *source,
                          const char *tokens, bool received, gaze_error *err) {
    const gaze_units *units = &scene->heads.all.units;
    size_t from, to;
    gaze_token_choose_strongest(&from, &to, units, scene->heads.first);
    chosen[0] = received ? to : from;
    *count = 1;
    gaze_status status = tokens ? gaze_token_choose_list(chosen, count, tokens, units, source, err) : GAZE_OK;
    for (size_t c = 0; c < *count && !status; c++) {
        gaze_text_piece *piece = &scene->pieces[chosen[c]];
        if (piece->hidden)
            status = gaze_fail(err, GAZE_ERROR_ARGUMENT, "--token %s: a special token, which is hidden",
                               tokens ? tokens : "");
        piece->chosen = true;
    }
    return status;
}

static gaze_status make_pieces(gaze_text_scene *scene, const gaze_source *source, const gaze_picture_options *options,
                               const char *tokens, bool received, gaze_error *err) {
    size_t N = scene->heads.all.units.count, count = 0, *chosen = gaze_alloc(N, sizeof *chosen);
    double *sums = gaze_alloc(N, sizeof *sums);
    scene->pieces = gaze_alloc(N, sizeof *scene->pieces);
    gaze_status status = chosen && sums && scene->pieces ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < N && !status; i++) {
        scene->pieces[i] = gaze_text_piece_of(source, &scene->heads.all.units, i);
        scene->pieces[i].hidden = options->special == GAZE_SPECIAL_HIDE && scene->pieces[i].label.special;
    }
    if (!status) gaze_text_pieces_number(scene->pieces, N);
    if (!status) status = choose(scene, chosen, &count, source, tokens, received, err);
    if (!status) sum_rows(sums, &scene->heads, options->renormalise);
    if (!status) weigh_pieces(scene, sums, count, received);
    gaze_free(chosen);
    gaze_free(sums);
    return status;
}

static void fill_page(gaze_text_scene *scene, bool received, unsigned bits) {
    const gaze_all_heads *heads = &scene->heads;
    const gaze_selection *layer = &heads->all.layer, *head = &heads->all.head;
    scene->page = (gaze_text_page){.view = {.figure = heads->all.figure,
                                            .pieces = scene->pieces,
                                            .count = heads->all.units.count,
                                            .received = received,
                                            .panel = heads->panel},
                                   .weights = heads->matrices,
                                   .layers = layer->indices,
                                   .layer_count = layer->count,
                                   .heads = head->indices,
                                   .head_count = head->count,
                                   .head = heads->head,
                                   .layer = heads->layer,
                                   .bits = bits};
}

gaze_status gaze_text_scene_make(gaze_text_scene *scene, gaze_source *source, const gaze_picture_options *options,
                                 const char *tokens, bool received, unsigned bits, gaze_error *err) {
    *scene = (gaze_text_scene){0};
    gaze_status status = gaze_all_heads_make(&scene->heads, source, options, bits, false, err);
    if (!status) status = make_pieces(scene, source, options, tokens, received, err);
    if (status)
        gaze_text_scene_deinit(scene);
    else
        fill_page(scene, received, bits);
    return status;
}

void gaze_text_scene_deinit(gaze_text_scene *scene) {
    gaze_all_heads_deinit(&scene->heads);
    gaze_free(scene->pieces);
    *scene = (gaze_text_scene){0};
}
