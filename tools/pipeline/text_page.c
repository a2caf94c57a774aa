#include "tools/pipeline/text_page.h"

#include <string.h>

#include "core/explain/subset.h"
#include "tools/pipeline/text_picture.h"
#include "tools/pipeline/token_choice.h"
#include "viz/html/quantise.h"
#include "viz/sentence.h"

/* What the page begins with. */
typedef struct beginning {
    const gaze_source *source;
    gaze_picture first; /* which layer and head */
    float *a;           /* (N,N) */
    double *sums;       /* (N): what a row is divided by */
    size_t seen_count, chosen_count;
} beginning;

/* Which layer and head ------------------------------------------------------------------------------- */

static gaze_status check_first(const gaze_picture *first, gaze_error *err) {
    const gaze_selection *layer = &first->layer, *head = &first->head;
    if (layer->reduction != GAZE_EACH || layer->count > 1)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "a page begins with one layer; the mean or maximum of layers is drawn as .svg");
    if (head->reduction == GAZE_EACH && head->count > 1)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "%zu heads are chosen; expected one, or mean or max of them", head->count);
    return GAZE_OK;
}

static bool find(size_t *place, const gaze_selection *selection, size_t number) {
    for (size_t i = 0; i < selection->count; i++)
        if (selection->indices[i] == number) {
            *place = i;
            return true;
        }
    return false;
}

static gaze_status place_first(gaze_text_scene *scene, const beginning *b, gaze_error *err) {
    const gaze_selection *head = &b->first.head;
    size_t layer = b->first.layer.indices[0], at;
    char number[GAZE_FIXED_TEXT];
    if (!find(&scene->page.layer, &scene->all.layer, layer) ||
        (head->reduction == GAZE_EACH && !find(&at, &scene->all.head, head->indices[0])))
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "the layer and head that are shown first must be among those of --include-layers and --include-heads");
    const char *name = head->reduction == GAZE_MEAN  ? "mean"
                       : head->reduction == GAZE_MAX ? "max"
                                                     : gaze_fixed_text(number, (double)head->indices[0], 0);
    scene->page.head = gaze_arena_copy_string(&scene->memory, name, strlen(name));
    return scene->page.head ? GAZE_OK : gaze_fail_memory(err);
}

/* Weights -------------------------------------------------------------------------------------------- */

static gaze_status round_all(gaze_text_scene *scene, gaze_error *err) {
    size_t size = scene->all.units.count * scene->all.units.count, count = scene->all.panel_count;
    scene->rounded = gaze_alloc(count, size * sizeof *scene->rounded);
    scene->matrices = gaze_alloc(count, sizeof *scene->matrices);
    if (!scene->rounded || !scene->matrices) return gaze_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        scene->matrices[i] = scene->rounded + i * size;
        gaze_round_weights(scene->rounded + i * size, scene->all.panels[i].weights, size, scene->page.bits);
    }
    return GAZE_OK;
}

/* a (N,N): the head that is shown first, or the mean or maximum of all. */
static void make_first(const gaze_text_scene *scene, const beginning *b) {
    const gaze_selection *head = &b->first.head;
    size_t N = scene->all.units.count, heads = scene->all.head.count, one = 0;
    const float *const *layer = scene->matrices + scene->page.layer * heads;
    if (head->reduction == GAZE_EACH) find(&one, &scene->all.head, head->indices[0]);
    for (size_t i = 0; i < N * N; i++) {
        double sum = 0;
        float most = layer[0][i];
        for (size_t h = 0; h < heads; h++) {
            sum += (double)layer[h][i];
            if (layer[h][i] > most) most = layer[h][i];
        }
        b->a[i] = head->reduction == GAZE_EACH  ? layer[one][i]
                  : head->reduction == GAZE_MAX ? most
                                                : (float)(sum / (double)heads);
    }
}

/* What special tokens take of the rows that are seen. */
static void measure_shares(const gaze_text_scene *scene, const beginning *b) {
    const gaze_picture *all = &scene->all;
    for (size_t k = 0; k < all->share_count; k++) {
        gaze_share *share = &all->shares[k];
        double mass = 0;
        for (size_t s = 0; s < all->units.count; s++) {
            const gaze_label *label = &all->units.labels[s];
            if (label->special && label->length == share->length && memcmp(label->text, share->text, share->length) == 0)
                mass += gaze_subset_share(b->a, all->units.count, scene->seen, b->seen_count, &s, 1);
        }
        share->least = share->most = mass;
    }
}

static void sum_rows(const gaze_text_scene *scene, const beginning *b, bool renormalise) {
    size_t N = scene->all.units.count;
    for (size_t t = 0; t < N; t++) {
        b->sums[t] = 0;
        for (size_t k = 0; k < b->seen_count; k++) b->sums[t] += (double)b->a[t * N + scene->seen[k]];
        if (!renormalise || !(b->sums[t] > 0)) b->sums[t] = 1;
    }
}

static void weigh_pieces(const gaze_text_scene *scene, const beginning *b, bool received) {
    size_t N = scene->all.units.count;
    for (size_t i = 0; i < N; i++) {
        double sum = 0;
        for (size_t p = 0; p < N; p++) {
            size_t t = received ? i : p, s = received ? p : i;
            if (scene->pieces[p].chosen) sum += (double)b->a[t * N + s] / b->sums[t];
        }
        scene->pieces[i].weight = (float)(sum / (double)b->chosen_count);
    }
}

/* Tokens --------------------------------------------------------------------------------------------- */

static gaze_status make_pieces(gaze_text_scene *scene, beginning *b, const gaze_picture_options *options,
                               gaze_error *err) {
    size_t N = scene->all.units.count;
    scene->pieces = gaze_alloc(N, sizeof *scene->pieces);
    scene->chosen = gaze_alloc(N, sizeof *scene->chosen);
    scene->seen = gaze_alloc(N, sizeof *scene->seen);
    b->a = gaze_alloc(N * N, sizeof *b->a);
    b->sums = gaze_alloc(N, sizeof *b->sums);
    if (!scene->pieces || !scene->chosen || !scene->seen || !b->a || !b->sums) return gaze_fail_memory(err);
    for (size_t i = 0; i < N; i++) {
        scene->pieces[i] = gaze_text_piece_of(b->source, &scene->all.units, i);
        scene->pieces[i].hidden = options->special == GAZE_SPECIAL_HIDE && scene->pieces[i].label.special;
        if (!scene->pieces[i].hidden) scene->seen[b->seen_count++] = i;
    }
    return b->seen_count ? GAZE_OK : gaze_fail(err, GAZE_ERROR_ARGUMENT, "all %zu tokens are special, and would be hidden", N);
}

static gaze_status choose(gaze_text_scene *scene, beginning *b, const char *tokens, bool received, gaze_error *err) {
    const gaze_units *units = &scene->all.units;
    size_t count = 1, from, to;
    gaze_token_choose_strongest(&from, &to, units, b->a);
    scene->chosen[0] = received ? to : from;
    gaze_status status = tokens ? gaze_token_choose_list(scene->chosen, &count, tokens, units, b->source, err) : GAZE_OK;
    for (size_t c = 0; c < count && !status; c++) {
        gaze_text_piece *piece = &scene->pieces[scene->chosen[c]];
        if (piece->hidden)
            status = gaze_fail(err, GAZE_ERROR_ARGUMENT, "--token %s: a special token, which is hidden", tokens ? tokens : "");
        piece->chosen = true;
    }
    b->chosen_count = count;
    return status;
}

/* Everything ----------------------------------------------------------------------------------------- */

static const char *list_heads(gaze_text_scene *scene) {
    gaze_buffer text = {0};
    for (size_t i = 0; i < scene->all.head.count; i++)
        gaze_buffer_printf(&text, "%s%zu", i ? ", " : "", scene->all.head.indices[i]);
    const char *list = text.failed ? NULL : gaze_arena_copy_string(&scene->memory, text.data, text.length);
    gaze_buffer_deinit(&text);
    return list;
}

static gaze_status fill_page(gaze_text_scene *scene, const beginning *b, const gaze_picture_options *options,
                             bool received, gaze_error *err) {
    const gaze_picture *all = &scene->all;
    gaze_text_page *page = &scene->page;
    gaze_text_view *view = &page->view;
    *view = (gaze_text_view){.figure = all->figure, .pieces = scene->pieces, .count = all->units.count, .received = received};
    view->figure.special = options->special;
    view->figure.renormalised = options->renormalise;
    view->panel.layer = (int32_t)all->layer.indices[page->layer];
    view->panel.head = b->first.head.reduction == GAZE_MEAN  ? GAZE_PANEL_MEAN
                       : b->first.head.reduction == GAZE_MAX ? GAZE_PANEL_MAX
                                                             : (int32_t)b->first.head.indices[0];
    page->weights = scene->matrices;
    page->layers = all->layer.indices;
    page->layer_count = all->layer.count;
    page->heads = all->head.indices;
    page->head_count = all->head.count;
    if (all->head.count == b->source->heads) return GAZE_OK;
    view->figure.heads = list_heads(scene);
    return view->figure.heads ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status make(gaze_text_scene *scene, beginning *b, gaze_source *source, const gaze_picture_options *options,
                        const char *tokens, bool received, gaze_error *err) {
    gaze_picture_options each = *options;
    each.layer = each.head = "all";
    each.special = GAZE_SPECIAL_SHOW;
    each.renormalise = false;
    each.bits = 0; /* words are joined of exact weights, then rounded */
    gaze_status status = gaze_picture_select(&b->first, source, options, err);
    if (!status) status = check_first(&b->first, err);
    if (!status) status = gaze_picture_make(&scene->all, source, &each, err);
    if (!status) status = place_first(scene, b, err);
    if (!status) status = round_all(scene, err);
    if (!status) status = make_pieces(scene, b, options, err);
    if (status) return status;
    make_first(scene, b);
    status = choose(scene, b, tokens, received, err);
    if (status) return status;
    sum_rows(scene, b, options->renormalise);
    weigh_pieces(scene, b, received);
    measure_shares(scene, b);
    return fill_page(scene, b, options, received, err);
}

gaze_status gaze_text_scene_make(gaze_text_scene *scene, gaze_source *source, const gaze_picture_options *options,
                                 const char *tokens, bool received, unsigned bits, gaze_error *err) {
    beginning b = {.source = source};
    *scene = (gaze_text_scene){.page.bits = bits};
    gaze_status status = make(scene, &b, source, options, tokens, received, err);
    if (b.first.layer.indices) gaze_picture_deinit(&b.first);
    gaze_free(b.a);
    gaze_free(b.sums);
    if (status) gaze_text_scene_deinit(scene);
    return status;
}

void gaze_text_scene_deinit(gaze_text_scene *scene) {
    gaze_picture_deinit(&scene->all);
    gaze_free(scene->pieces);
    gaze_free(scene->rounded);
    gaze_free(scene->matrices);
    gaze_free(scene->chosen);
    gaze_free(scene->seen);
    gaze_arena_deinit(&scene->memory);
    *scene = (gaze_text_scene){0};
}
