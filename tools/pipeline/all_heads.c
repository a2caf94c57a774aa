#include "tools/pipeline/all_heads.h"

#include <string.h>

#include "core/explain/subset.h"
#include "viz/html/quantise.h"
#include "viz/sentence.h"

/* Which layer and head ------------------------------------------------------------------------------- */

static gaze_status check_first(const gaze_picture *first, gaze_error *err) {
    const gaze_selection *layer = &first->layer, *head = &first->head;
    if (layer->reduction != GAZE_EACH || layer->count > 1)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "a page begins with one layer; the mean or maximum of layers is drawn as .svg");
    if (head->reduction == GAZE_EACH && head->count > 1)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "%zu heads are chosen; expected one, or mean or max of them",
                         head->count);
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

static int32_t number_of(const gaze_selection *head) {
    if (head->reduction == GAZE_MEAN) return GAZE_PANEL_MEAN;
    return head->reduction == GAZE_MAX ? GAZE_PANEL_MAX : (int32_t)head->indices[0];
}

static gaze_status place_first(gaze_all_heads *heads, const gaze_picture *first, size_t *one, gaze_error *err) {
    size_t layer = first->layer.indices[0];
    char number[GAZE_FIXED_TEXT];
    heads->panel.layer = (int32_t)layer;
    heads->panel.head = number_of(&first->head);
    if (!find(&heads->layer, &heads->all.layer, layer) ||
        (heads->panel.head >= 0 && !find(one, &heads->all.head, first->head.indices[0])))
        return gaze_fail(err, GAZE_ERROR_ARGUMENT,
                         "layer %zu, head %d, which is shown first, is not among --include-layers and --include-heads",
                         layer, (int)heads->panel.head);
    const char *name = heads->panel.head == GAZE_PANEL_MEAN  ? "mean"
                       : heads->panel.head == GAZE_PANEL_MAX ? "max"
                                                             : gaze_fixed_text(number, heads->panel.head, 0);
    heads->head = gaze_arena_copy_string(&heads->memory, name, strlen(name));
    return heads->head ? GAZE_OK : gaze_fail_memory(err);
}

/* Weights -------------------------------------------------------------------------------------------- */

static gaze_status allocate(gaze_all_heads *heads, gaze_error *err) {
    size_t N = heads->all.units.count, count = heads->all.panel_count;
    heads->rounded = gaze_alloc(count, N * N * sizeof *heads->rounded);
    heads->matrices = gaze_alloc(count, sizeof *heads->matrices);
    heads->seen = gaze_alloc(N, sizeof *heads->seen);
    heads->first = gaze_alloc(N * N, sizeof *heads->first);
    return heads->rounded && heads->matrices && heads->seen && heads->first ? GAZE_OK : gaze_fail_memory(err);
}

static void round_all(gaze_all_heads *heads, unsigned bits) {
    size_t size = heads->all.units.count * heads->all.units.count;
    for (size_t i = 0; i < heads->all.panel_count; i++) {
        heads->matrices[i] = heads->rounded + i * size;
        gaze_round_weights(heads->rounded + i * size, heads->all.panels[i].weights, size, bits);
    }
}

/* first (N,N): head number `one` of the layer, or the mean or maximum of its heads. */
static void make_first(gaze_all_heads *heads, size_t one) {
    size_t N = heads->all.units.count, count = heads->all.head.count;
    const float *const *layer = heads->matrices + heads->layer * count;
    for (size_t i = 0; i < N * N; i++) {
        double sum = 0;
        float most = layer[0][i];
        for (size_t h = 0; h < count; h++) {
            sum += (double)layer[h][i];
            if (layer[h][i] > most) most = layer[h][i];
        }
        heads->first[i] = heads->panel.head >= 0                ? layer[one][i]
                          : heads->panel.head == GAZE_PANEL_MAX ? most
                                                                : (float)(sum / (double)count);
    }
    heads->panel.weights = heads->first;
}

static gaze_status list_seen(gaze_all_heads *heads, gaze_special special, gaze_error *err) {
    size_t N = heads->all.units.count;
    for (size_t i = 0; i < N; i++)
        if (special != GAZE_SPECIAL_HIDE || !heads->all.units.labels[i].special) heads->seen[heads->seen_count++] = i;
    if (heads->seen_count) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "all %zu tokens are special, and would be hidden", N);
}

/* What special tokens take of the rows that are seen. */
static void measure_shares(gaze_all_heads *heads) {
    const gaze_units *units = &heads->all.units;
    for (size_t k = 0; k < heads->all.share_count; k++) {
        gaze_share *share = &heads->all.shares[k];
        double mass = 0;
        for (size_t s = 0; s < units->count; s++) {
            const gaze_label *label = &units->labels[s];
            if (label->special && label->length == share->length &&
                memcmp(label->text, share->text, share->length) == 0)
                mass += gaze_subset_share(heads->first, units->count, heads->seen, heads->seen_count, &s, 1);
        }
        share->least = share->most = mass;
    }
}

/* Everything ----------------------------------------------------------------------------------------- */

/* "0, 2, 5" where the page does not hold every head. */
static gaze_status list_heads(gaze_all_heads *heads, size_t model_heads, gaze_error *err) {
    const gaze_selection *head = &heads->all.head;
    gaze_buffer text = {0};
    if (head->count == model_heads) return GAZE_OK;
    for (size_t i = 0; i < head->count; i++) gaze_buffer_printf(&text, "%s%zu", i ? ", " : "", head->indices[i]);
    if (!text.failed) heads->all.figure.heads = gaze_arena_copy_string(&heads->memory, text.data, text.length);
    gaze_buffer_deinit(&text);
    return heads->all.figure.heads ? GAZE_OK : gaze_fail_memory(err);
}

/* A source that was read for the other side of a comparison is not read again. */
static gaze_status make_all(gaze_all_heads *heads, gaze_source *source, const gaze_picture_options *each, bool was_read,
                            gaze_error *err) {
    if (!was_read) return gaze_picture_make(&heads->all, source, each, err);
    gaze_status status = gaze_picture_select(&heads->all, source, each, err);
    return status ? status : gaze_picture_fill(&heads->all, source, each, err);
}

static gaze_status make(gaze_all_heads *heads, gaze_picture *first, gaze_source *source,
                        const gaze_picture_options *options, unsigned bits, bool was_read, gaze_error *err) {
    gaze_picture_options each = *options;
    size_t one = 0;
    each.layer = each.head = "all";
    each.special = GAZE_SPECIAL_SHOW;
    each.renormalise = false;
    each.bits = 0; /* words are joined of exact weights, then rounded */
    gaze_status status = gaze_picture_select(first, source, options, err);
    if (!status) status = check_first(first, err);
    if (!status) status = make_all(heads, source, &each, was_read, err);
    if (!status) status = place_first(heads, first, &one, err);
    if (!status) status = allocate(heads, err);
    if (!status) status = list_seen(heads, options->special, err);
    if (status) return status;
    round_all(heads, bits);
    make_first(heads, one);
    measure_shares(heads);
    heads->all.figure.special = options->special;
    heads->all.figure.renormalised = options->renormalise;
    return list_heads(heads, source->heads, err);
}

gaze_status gaze_all_heads_make(gaze_all_heads *heads, gaze_source *source, const gaze_picture_options *options,
                                unsigned bits, bool was_read, gaze_error *err) {
    gaze_picture first = {0};
    *heads = (gaze_all_heads){0};
    gaze_status status = make(heads, &first, source, options, bits, was_read, err);
    gaze_picture_deinit(&first);
    if (status) gaze_all_heads_deinit(heads);
    return status;
}

void gaze_all_heads_deinit(gaze_all_heads *heads) {
    gaze_picture_deinit(&heads->all);
    gaze_free(heads->rounded);
    gaze_free(heads->matrices);
    gaze_free(heads->seen);
    gaze_free(heads->first);
    gaze_arena_deinit(&heads->memory);
    *heads = (gaze_all_heads){0};
}
