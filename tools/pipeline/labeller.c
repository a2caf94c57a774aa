#include "tools/pipeline/labeller.h"

#include <string.h>

#include "tools/pipeline/labelled_tokens.h"

static size_t label_count(const gaze_labeller *l) {
    return gaze_model_config(gaze_pipeline_model(l->pipeline))->num_labels;
}

gaze_status gaze_labeller_init(gaze_labeller *l, const gaze_pipeline *pipeline, gaze_aggregation aggregation,
                               gaze_error *err) {
    *l = (gaze_labeller){.pipeline = pipeline, .aggregation = aggregation};
    const size_t C = label_count(l);
    l->labels = gaze_alloc(C, sizeof *l->labels);
    if (!l->labels) return gaze_fail_memory(err);
    for (size_t c = 0; c < C; c++) l->labels[c] = gaze_model_label(gaze_pipeline_model(pipeline), c);
    return GAZE_OK;
}

static void forget(gaze_labeller *l) {
    gaze_arena_deinit(&l->words);
    l->count = l->windows = 0;
}

void gaze_labeller_deinit(gaze_labeller *l) {
    forget(l);
    gaze_free(l->entities);
    gaze_free(l->labels);
    *l = (gaze_labeller){0};
}

/* Strings ------------------------------------------------------------------------------------------------ */

/* A string of the labeller's arena. */
typedef struct string {
    const char *text;
    size_t length;
} string;

/* `count` strings as the tokenizer's decoder puts them together. */
static gaze_status join(string *out, gaze_labeller *l, const char *const *strings, const size_t *lengths,
                        size_t count, gaze_error *err) {
    gaze_buffer text = {0};
    gaze_status status =
        gaze_tokenizer_join(&text, gaze_pipeline_tokenizer(l->pipeline), strings, lengths, count, err);
    if (!status) {
        out->length = text.length;
        out->text = gaze_arena_copy_string(&l->words, text.length ? text.data : "", text.length);
        if (!out->text) status = gaze_fail_memory(err);
    }
    gaze_buffer_deinit(&text);
    return status;
}

/* A window on its way ------------------------------------------------------------------------------------ */

typedef struct window {
    const gaze_tokens *tokens;
    gaze_labelled_tokens labelled;
    gaze_labelled *words;
    const char **strings; /* of the words */
    size_t *lengths;
    size_t count; /* of the words */
    gaze_labelled *entities;
    gaze_arena arena; /* owns all of it */
} window;

static bool whole_words(const gaze_labeller *l) {
    return l->aggregation != GAZE_AGGREGATE_NONE && l->aggregation != GAZE_AGGREGATE_SIMPLE;
}

/* A word that is one token has its string; words that are put together are decoded. */
static gaze_status name_words(window *w, gaze_labeller *l, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < w->count && !status; i++) {
        const size_t first = w->words[i].first, count = w->words[i].end - first;
        string word = {w->labelled.strings[first], w->labelled.lengths[first]};
        if (whole_words(l))
            status = join(&word, l, w->labelled.strings + first, w->labelled.lengths + first, count, err);
        w->strings[i] = word.text;
        w->lengths[i] = word.length;
    }
    return status;
}

static gaze_status make_words(window *w, gaze_labeller *l, gaze_error *err) {
    const gaze_labelled_tokens *t = &w->labelled;
    w->words = gaze_arena_alloc(&w->arena, t->count, sizeof *w->words);
    w->entities = gaze_arena_alloc(&w->arena, t->count, sizeof *w->entities);
    w->strings = gaze_arena_alloc(&w->arena, t->count, sizeof *w->strings);
    w->lengths = gaze_arena_alloc(&w->arena, t->count, sizeof *w->lengths);
    if (!w->words || !w->entities || !w->strings || !w->lengths) return gaze_fail_memory(err);
    w->count = gaze_label_words(w->words, t->scores, t->subword, t->count, label_count(l), l->aggregation);
    return name_words(w, l, err);
}

/* Entities ----------------------------------------------------------------------------------------------- */

static gaze_status append(gaze_labeller *l, const gaze_entity *entity, gaze_error *err) {
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? 2 * l->capacity : 16;
        gaze_entity *entities = gaze_realloc(l->entities, capacity, sizeof *entities);
        if (!entities) return gaze_fail_memory(err);
        l->entities = entities;
        l->capacity = capacity;
    }
    l->entities[l->count++] = *entity;
    return GAZE_OK;
}

/* Words [e.first, e.end) become an entity, unless it is an "O". */
static gaze_status add_entity(gaze_labeller *l, const window *w, const gaze_labelled *e, gaze_error *err) {
    const size_t *index = w->labelled.index;
    const size_t first = index[w->words[e->first].first], last = index[w->words[e->end - 1].end - 1];
    const bool alone = l->aggregation == GAZE_AGGREGATE_NONE;
    string word = {w->strings[e->first], w->lengths[e->first]};
    gaze_status status = GAZE_OK;
    gaze_entity entity = {.label = alone ? l->labels[e->label] : gaze_label_group(l->labels[e->label]),
                          .score = e->score,
                          .index = first,
                          .chars = {w->tokens->chars[first].start, w->tokens->chars[last].end},
                          .bytes = {w->tokens->bytes[first].start, w->tokens->bytes[last].end}};
    if (strcmp(entity.label, "O") == 0) return GAZE_OK;
    if (!alone) status = join(&word, l, w->strings + e->first, w->lengths + e->first, e->end - e->first, err);
    entity.word = word.text;
    entity.word_length = word.length;
    return status ? status : append(l, &entity, err);
}

static gaze_status make_entities(gaze_labeller *l, window *w, gaze_error *err) {
    gaze_status status = GAZE_OK;
    size_t count = w->count;
    if (l->aggregation == GAZE_AGGREGATE_NONE)
        for (size_t i = 0; i < count; i++)
            w->entities[i] = (gaze_labelled){i, i + 1, w->words[i].label, w->words[i].score};
    else
        count = gaze_label_entities(w->entities, w->words, w->count, l->labels);
    for (size_t i = 0; i < count && !status; i++) status = add_entity(l, w, &w->entities[i], err);
    return status;
}

gaze_status gaze_labeller_window(gaze_labeller *l, const gaze_input *input, const gaze_tokens *tokens,
                                 const float *logits, bool first, gaze_error *err) {
    window w = {.tokens = tokens};
    if (first) forget(l);
    l->windows++;
    gaze_status status =
        gaze_labelled_tokens_init(&w.labelled, &w.arena, gaze_pipeline_tokenizer(l->pipeline), input, tokens,
                                  logits, label_count(l), err);
    if (!status) status = make_words(&w, l, err);
    if (!status) status = make_entities(l, &w, err);
    gaze_arena_deinit(&w.arena);
    return status;
}

/* Windows together --------------------------------------------------------------------------------------- */

/* By where they begin; equal ones keep their order. Each window's are in order, so there is little to move. */
static void sort(gaze_entity *entities, size_t count) {
    for (size_t i = 1; i < count; i++) {
        const gaze_entity entity = entities[i];
        size_t to = i;
        for (; to > 0 && entities[to - 1].chars.start > entity.chars.start; to--)
            entities[to] = entities[to - 1];
        entities[to] = entity;
    }
}

static bool is_better(const gaze_entity *a, const gaze_entity *b) {
    const size_t length = a->chars.end - a->chars.start, other = b->chars.end - b->chars.start;
    return length > other || (length == other && a->score > b->score);
}

/* The first stands twice when there is no text in it (RoBERTa's Ġ is such a one): transformers compares it with itself
 * and finds that it does not overlap. */
static gaze_status repeat_empty_first(gaze_labeller *l, gaze_error *err) {
    const gaze_entity first = l->entities[0];
    if (first.chars.start < first.chars.end) return GAZE_OK;
    gaze_status status = append(l, &first, err);
    if (!status) sort(l->entities, l->count);
    return status;
}

gaze_status gaze_labeller_finish(gaze_labeller *l, gaze_error *err) {
    size_t kept = 0;
    if (l->windows < 2 || l->count == 0) return GAZE_OK;
    sort(l->entities, l->count);
    gaze_status status = repeat_empty_first(l, err);
    if (status) return status;
    for (size_t i = 1; i < l->count; i++) {
        gaze_entity *last = &l->entities[kept];
        const gaze_entity *entity = &l->entities[i];
        if (entity->chars.start >= last->chars.end)
            l->entities[++kept] = *entity;
        else if (is_better(entity, last))
            *last = *entity;
    }
    l->count = kept + 1;
    return GAZE_OK;
}

/* Results ------------------------------------------------------------------------------------------------ */

static void put_entity(gaze_buffer *out, const gaze_entity *entity, bool alone) {
    gaze_buffer_puts(out, alone ? "{\"entity\":" : "{\"entity_group\":");
    gaze_buffer_put_json_string(out, entity->label, strlen(entity->label));
    gaze_buffer_puts(out, ",\"score\":");
    gaze_buffer_put_float(out, (float)entity->score);
    if (alone) gaze_buffer_printf(out, ",\"index\":%zu", entity->index);
    gaze_buffer_puts(out, ",\"word\":");
    gaze_buffer_put_json_string(out, entity->word, entity->word_length);
    gaze_buffer_printf(out, ",\"start\":%zu,\"end\":%zu}", entity->chars.start, entity->chars.end);
}

void gaze_labeller_put_json(gaze_buffer *out, const gaze_labeller *l) {
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < l->count; i++) {
        if (i) gaze_buffer_putc(out, ',');
        put_entity(out, &l->entities[i], l->aggregation == GAZE_AGGREGATE_NONE);
    }
    gaze_buffer_puts(out, "]\n");
}
