/* Reading post-processors (Hugging Face tokenizers, src/processors). */
#include "tokenizer/post_processor.h"

#include <string.h>

#include "tokenizer/component.h"

/* Templates ------------------------------------------------------------------------------------------- */

/* A template while it is read. */
typedef struct builder {
    gaze_arena *arena;
    gaze_template_item *items;
    size_t count, capacity;
    size_t sequences;
} builder;

static gaze_status add_item(builder *b, gaze_template_item item, gaze_error *err) {
    if (b->count == b->capacity) { /* the arena keeps the smaller array too; templates are short */
        size_t capacity = b->capacity ? 2 * b->capacity : 8;
        gaze_template_item *items = gaze_arena_alloc(b->arena, capacity, sizeof *items);
        if (!items) return gaze_fail_memory(err);
        for (size_t i = 0; i < b->count; i++) items[i] = b->items[i];
        b->items = items;
        b->capacity = capacity;
    }
    b->items[b->count++] = item;
    return GAZE_OK;
}

static gaze_status add_sequence(builder *b, int sequence, int32_t type_id, gaze_error *err) {
    if (++b->sequences > GAZE_MAX_TEMPLATE_SEQUENCES)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "more than %d sequences in a template",
                         GAZE_MAX_TEMPLATE_SEQUENCES);
    return add_item(b, (gaze_template_item){.sequence = sequence, .type_id = type_id}, err);
}

/* `string` and `id` are values of the file. */
static gaze_status add_special(builder *b, const gaze_json_value *string, const gaze_json_value *id,
                               int32_t type_id, gaze_error *err) {
    uint64_t number;
    if (string->type != GAZE_JSON_STRING || !gaze_json_uint64(id, &number) || number > GAZE_MAX_ID)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "special token: %s and %s, expected a string and an id",
                         gaze_json_kind(string), gaze_json_kind(id));
    const char *copy = gaze_arena_copy_string(b->arena, string->as.text, string->length);
    if (!copy) return gaze_fail_memory(err);
    return add_item(b, (gaze_template_item){-1, type_id, (int32_t)number, copy, string->length}, err);
}

static gaze_template finish(const builder *b) {
    return (gaze_template){b->items, b->count, b->count - b->sequences};
}

/* TemplateProcessing ---------------------------------------------------------------------------------- */

/* {"Sequence": {"id": "A", "type_id": 0}}. There is no B in the template of a single text. */
static gaze_status read_sequence(builder *b, const gaze_json_value *json, bool pair, gaze_error *err) {
    static const char *const names[] = {"A", "B", NULL};
    int sequence = 0;
    int32_t type_id = 0;
    gaze_status status = gaze_field_choice(&sequence, json, "id", names, err);
    if (!status) status = gaze_field_id(&type_id, json, "type_id", err);
    if (status) return status;
    if (sequence == 1 && !pair)
        return gaze_fail(err, GAZE_ERROR_SCHEMA,
                         "the template 'single' has the sequence B, expected A alone");
    return add_sequence(b, sequence, type_id, err);
}

/* {"SpecialToken": {"id": "[CLS]", "type_id": 0}}, where `tokens` explains what [CLS] stands for:
 * {"[CLS]": {"id": "[CLS]", "ids": [101], "tokens": ["[CLS]"]}}; it may be several tokens. */
static gaze_status read_special(builder *b, const gaze_json_value *json, const gaze_json_value *tokens,
                                gaze_error *err) {
    const gaze_json_value *name = NULL;
    int32_t type_id = 0;
    gaze_status status = gaze_field_string(&name, json, "id", err);
    if (!status) status = gaze_field_id(&type_id, json, "type_id", err);
    if (status) return status;
    const gaze_json_value *token = gaze_field_named(tokens, name);
    const gaze_json_value *id = gaze_json_first(gaze_json_get(token, "ids"));
    const gaze_json_value *string = gaze_json_first(gaze_json_get(token, "tokens"));
    for (; id && string && !status; id = id->next, string = string->next)
        status = add_special(b, string, id, type_id, err);
    if (!status && (!token || id || string))
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "special token '%.*s': expected as many 'ids' as 'tokens'",
                         GAZE_QUOTED(name), name->as.text);
    return status;
}

/* A list of such places; there is one, for by its fields the component was known (read_one). */
static gaze_status read_template(gaze_template *out, gaze_arena *arena, const gaze_json_value *json,
                                 const char *key, gaze_error *err) {
    builder b = {.arena = arena};
    const gaze_json_value *list = gaze_json_get(json, key), *tokens = gaze_json_get(json, "special_tokens");
    const bool pair = strcmp(key, "pair") == 0;
    gaze_status status = GAZE_OK;
    if (list->type != GAZE_JSON_ARRAY)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'%s' is %s, expected an array", key, gaze_json_kind(list));
    for (const gaze_json_value *place = gaze_json_first(list); place && !status; place = place->next) {
        const gaze_json_value *sequence = gaze_json_get(place, "Sequence");
        const gaze_json_value *special = gaze_json_get(place, "SpecialToken");
        if (sequence)
            status = read_sequence(&b, sequence, pair, err);
        else if (special)
            status = read_special(&b, special, tokens, err);
        else
            status = gaze_fail(err, GAZE_ERROR_SCHEMA,
                               "'%s': expected {\"Sequence\": ...} or {\"SpecialToken\": ...}", key);
    }
    *out = finish(&b);
    return status;
}

static gaze_status read_template_processing(gaze_post_processor *out, gaze_arena *arena,
                                            const gaze_json_value *json, gaze_error *err) {
    gaze_status status = read_template(&out->single, arena, json, "single", err);
    return status ? status : read_template(&out->pair, arena, json, "pair", err);
}

/* BertProcessing -------------------------------------------------------------------------------------- */

/* ["[SEP]", 102] */
static gaze_status add_named(builder *b, const gaze_json_value *json, const char *key, int32_t type_id,
                             gaze_error *err) {
    const gaze_json_value *string = gaze_json_first(gaze_json_get(json, key));
    if (!string || string->type != GAZE_JSON_STRING || !string->next)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'%s': expected [token, id]", key);
    return add_special(b, string, string->next, type_id, err);
}

/* [CLS] A [SEP], and for a pair B [SEP] of type 1. */
static gaze_status read_bert_template(gaze_template *out, gaze_arena *arena, const gaze_json_value *json,
                                      bool pair, gaze_error *err) {
    builder b = {.arena = arena};
    gaze_status status = add_named(&b, json, "cls", 0, err);
    if (!status) status = add_sequence(&b, 0, 0, err);
    if (!status) status = add_named(&b, json, "sep", 0, err);
    if (!status && pair) status = add_sequence(&b, 1, 1, err);
    if (!status && pair) status = add_named(&b, json, "sep", 1, err);
    *out = finish(&b);
    return status;
}

static gaze_status read_bert_processing(gaze_post_processor *out, gaze_arena *arena,
                                        const gaze_json_value *json, gaze_error *err) {
    gaze_status status = read_bert_template(&out->single, arena, json, false, err);
    return status ? status : read_bert_template(&out->pair, arena, json, true, err);
}

/* RobertaProcessing and ByteLevel --------------------------------------------------------------------- */

/* {"trim_offsets": true, "add_prefix_space": false} */
static gaze_status read_trim(gaze_post_processor *out, const gaze_json_value *json, gaze_error *err) {
    bool trim = false, add_prefix_space = false;
    gaze_status status = gaze_field_bool(&trim, json, "trim_offsets", err);
    if (!status) status = gaze_field_bool(&add_prefix_space, json, "add_prefix_space", err);
    if (status || !trim) return status;
    if (out->trims.count == GAZE_MAX_TRIMS)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "offsets are trimmed more than %d times", GAZE_MAX_TRIMS);
    out->trims.add_prefix_space[out->trims.count++] = add_prefix_space;
    return GAZE_OK;
}

/* <s> A </s>, and for a pair </s> B </s>, all of type 0. */
static gaze_status read_roberta_template(gaze_template *out, gaze_arena *arena, const gaze_json_value *json,
                                         bool pair, gaze_error *err) {
    builder b = {.arena = arena};
    gaze_status status = add_named(&b, json, "cls", 0, err);
    if (!status) status = add_sequence(&b, 0, 0, err);
    if (!status) status = add_named(&b, json, "sep", 0, err);
    if (!status && pair) status = add_named(&b, json, "sep", 0, err);
    if (!status && pair) status = add_sequence(&b, 1, 0, err);
    if (!status && pair) status = add_named(&b, json, "sep", 0, err);
    *out = finish(&b);
    return status;
}

static gaze_status read_roberta_processing(gaze_post_processor *out, gaze_arena *arena,
                                           const gaze_json_value *json, gaze_error *err) {
    out->windows_like_first = true;
    gaze_status status = read_trim(out, json, err);
    if (!status) status = read_roberta_template(&out->single, arena, json, false, err);
    return status ? status : read_roberta_template(&out->pair, arena, json, true, err);
}

/* The list -------------------------------------------------------------------------------------------- */

/* Those that add special tokens. Their fields decide, whatever "type" says: the first whose fields are all
 * there. `encloses`: a sequence and its special tokens are one from there on, with common numbers. */
static const struct {
    const char *fields[5]; /* ends with NULL */
    bool encloses;
    gaze_status (*read)(gaze_post_processor *out, gaze_arena *arena, const gaze_json_value *json,
                        gaze_error *err);
} kinds[] = {
    {{"sep", "cls", "trim_offsets", "add_prefix_space"}, true, read_roberta_processing},
    {{"sep", "cls"}, true, read_bert_processing},
    {{"single", "pair", "special_tokens"}, false, read_template_processing},
};
#define KIND_COUNT (sizeof kinds / sizeof *kinds)

/* The list that is being read. */
typedef struct reading {
    gaze_post_processor *processor;
    gaze_arena *arena;
    bool has_template, has_enclosed;
} reading;

static gaze_status read_byte_level(reading *r, const gaze_json_value *json, gaze_error *err) {
    const size_t before = r->processor->trims.count;
    gaze_status status = read_trim(r->processor, json, err);
    if (status || !r->has_enclosed || r->processor->trims.count == before) return status;
    return gaze_fail(
        err, GAZE_ERROR_UNSUPPORTED,
        "ByteLevel with 'trim_offsets' after BertProcessing or RobertaProcessing is not supported");
}

static gaze_status read_one(void *context, const gaze_json_value *json, gaze_error *err) {
    reading *r = context;
    size_t i = 0;
    while (i < KIND_COUNT && !gaze_field_all(json, kinds[i].fields)) i++;
    if (i == KIND_COUNT && gaze_json_equals(gaze_json_get(json, "type"), "ByteLevel"))
        return read_byte_level(r, json, err);
    if (i == KIND_COUNT) return gaze_component_unknown(json, err);
    if (r->has_template)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "two of a sequence add special tokens, expected one");
    r->has_template = true;
    r->has_enclosed = kinds[i].encloses;
    return kinds[i].read(r->processor, r->arena, json, err);
}

gaze_status gaze_post_processor_read(gaze_post_processor *processor, gaze_arena *arena,
                                     const gaze_json_value *json, gaze_error *err) {
    static const gaze_stage stage = {"post_processor", "processors"};
    static const gaze_template_item plain[] = {{.sequence = 0, .type_id = 0}, {.sequence = 1, .type_id = 1}};
    *processor = (gaze_post_processor){.single = {plain, 1, 0}, .pair = {plain, 2, 0}};
    return gaze_components_walk(json, &stage, read_one, &(reading){.processor = processor, .arena = arena},
                                err);
}
