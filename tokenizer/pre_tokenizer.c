/* The table of pre-tokenizers (Hugging Face tokenizers, src/pre_tokenizers). */
#include "tokenizer/pre_tokenizer.h"

#include "tokenizer/byte_level.h"
#include "tokenizer/unicode.h"

/* What they do ---------------------------------------------------------------------------------------- */

static gaze_status apply_split(const gaze_pre_tokenizer *self, gaze_pieces *pieces, gaze_error *err) {
    return gaze_pieces_split(pieces, &self->as.split, err);
}

static bool cut_by_length(const void *context, gaze_pieces *pieces, const gaze_piece *piece) {
    const gaze_pre_tokenizer *self = context;
    for (size_t start = piece->start, end; start < piece->end; start = end) {
        end = piece->end - start > self->as.length ? start + self->as.length : piece->end;
        if (!gaze_pieces_push(pieces, start, end, GAZE_NO_TOKEN)) return false;
    }
    return true;
}

static gaze_status apply_fixed_length(const gaze_pre_tokenizer *self, gaze_pieces *pieces, gaze_error *err) {
    return gaze_pieces_cut(pieces, cut_by_length, self, err);
}

static gaze_status apply_byte_level(const gaze_pre_tokenizer *self, gaze_pieces *pieces, gaze_error *err) {
    return gaze_byte_level_pre_tokenize(pieces, self->as.byte_level.add_prefix_space,
                                        self->as.byte_level.use_regex, err);
}

static gaze_status apply_metaspace(const gaze_pre_tokenizer *self, gaze_pieces *pieces, gaze_error *err) {
    return gaze_metaspace_pre_tokenize(pieces, &self->as.metaspace, err);
}

/* How they are read ----------------------------------------------------------------------------------- */

/* The list that is being read. */
typedef struct reading {
    gaze_pre_tokenizers *list;
    gaze_arena *arena;
} reading;

typedef gaze_status reader(reading *r, const gaze_json_value *json, gaze_error *err);

static gaze_status add(reading *r, const gaze_pre_tokenizer *item, gaze_error *err) {
    gaze_status status = gaze_component_room(r->list->count, err);
    if (!status) r->list->items[r->list->count++] = *item;
    return status;
}

static gaze_status add_split(reading *r, gaze_split split, gaze_error *err) {
    return add(r, &(gaze_pre_tokenizer){.apply = apply_split, .as.split = split}, err);
}

/* Splits at every char that has one of the properties. */
static gaze_status add_class_split(reading *r, unsigned properties, gaze_split_behavior behavior,
                                   gaze_error *err) {
    return add_split(r, (gaze_split){gaze_pattern_of_class(properties), behavior, false}, err);
}

static gaze_status read_behavior(gaze_split_behavior *out, const gaze_json_value *json, gaze_error *err) {
    static const char *const names[] = {[GAZE_SPLIT_REMOVED] = "Removed",
                                        [GAZE_SPLIT_ISOLATED] = "Isolated",
                                        [GAZE_SPLIT_MERGED_WITH_PREVIOUS] = "MergedWithPrevious",
                                        [GAZE_SPLIT_MERGED_WITH_NEXT] = "MergedWithNext",
                                        [GAZE_SPLIT_CONTIGUOUS] = "Contiguous",
                                        NULL};
    int choice = 0;
    gaze_status status = gaze_field_choice(&choice, json, "behavior", names, err);
    *out = (gaze_split_behavior)choice;
    return status;
}

static gaze_status read_bert(reading *r, const gaze_json_value *json, gaze_error *err) {
    (void)json;
    gaze_status status = add_class_split(r, GAZE_UNICODE_WHITE_SPACE, GAZE_SPLIT_REMOVED, err);
    return status ? status : add_class_split(r, GAZE_UNICODE_PUNCTUATION, GAZE_SPLIT_ISOLATED, err);
}

static gaze_status read_whitespace(reading *r, const gaze_json_value *json, gaze_error *err) {
    (void)json;
    return add_split(r, (gaze_split){gaze_pattern_of_words(), GAZE_SPLIT_REMOVED, true}, err);
}

static gaze_status read_whitespace_split(reading *r, const gaze_json_value *json, gaze_error *err) {
    (void)json;
    return add_class_split(r, GAZE_UNICODE_WHITE_SPACE, GAZE_SPLIT_REMOVED, err);
}

static gaze_status read_punctuation(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_split_behavior behavior = GAZE_SPLIT_ISOLATED;
    gaze_status status = GAZE_OK;
    if (gaze_json_get(json, "behavior")) status = read_behavior(&behavior, json, err);
    return status ? status : add_class_split(r, GAZE_UNICODE_PUNCTUATION, behavior, err);
}

static gaze_status read_digits(reading *r, const gaze_json_value *json, gaze_error *err) {
    bool individual = false;
    gaze_status status = gaze_field_bool(&individual, json, "individual_digits", err);
    gaze_split_behavior behavior = individual ? GAZE_SPLIT_ISOLATED : GAZE_SPLIT_CONTIGUOUS;
    return status ? status : add_class_split(r, GAZE_UNICODE_NUMERIC, behavior, err);
}

static gaze_status read_char_delimiter(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_literal delimiter = {0};
    gaze_status status = gaze_field_literal(&delimiter, r->arena, json, "delimiter", err);
    if (status) return status;
    if (delimiter.count != 1)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "CharDelimiterSplit: 'delimiter' is %zu chars, expected 1",
                         delimiter.count);
    return add_split(r, (gaze_split){gaze_pattern_of_literal(delimiter), GAZE_SPLIT_REMOVED, false}, err);
}

static gaze_status read_split(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_split split = {0};
    gaze_status status = gaze_pattern_read(&split.pattern, r->arena, gaze_json_get(json, "pattern"), err);
    if (!status) status = read_behavior(&split.behavior, json, err);
    if (!status) status = gaze_field_bool(&split.invert, json, "invert", err);
    return status ? status : add_split(r, split, err);
}

static gaze_status read_fixed_length(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_pre_tokenizer item = {.apply = apply_fixed_length, .as.length = 5};
    gaze_status status = GAZE_OK;
    if (gaze_json_get(json, "length")) status = gaze_field_size(&item.as.length, json, "length", err);
    if (status) return status;
    if (!item.as.length)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "FixedLength: 'length' is 0, expected 1 or more");
    return add(r, &item, err);
}

static gaze_status read_byte_level(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_pre_tokenizer item = {.apply = apply_byte_level, .as.byte_level.use_regex = true};
    gaze_status status = gaze_field_bool(&item.as.byte_level.add_prefix_space, json, "add_prefix_space", err);
    if (!status && gaze_json_get(json, "use_regex"))
        status = gaze_field_bool(&item.as.byte_level.use_regex, json, "use_regex", err);
    return status ? status : add(r, &item, err);
}

static gaze_status read_metaspace(reading *r, const gaze_json_value *json, gaze_error *err) {
    gaze_pre_tokenizer item = {.apply = apply_metaspace};
    gaze_status status = gaze_metaspace_read(&item.as.metaspace, r->arena, json, err);
    return status ? status : add(r, &item, err);
}

static const struct {
    const char *type;
    reader *read;
} kinds[] = {
    {"BertPreTokenizer", read_bert},
    {"ByteLevel", read_byte_level},
    {"CharDelimiterSplit", read_char_delimiter},
    {"Digits", read_digits},
    {"FixedLength", read_fixed_length},
    {"Metaspace", read_metaspace},
    {"Punctuation", read_punctuation},
    {"Split", read_split},
    {"Whitespace", read_whitespace},
    {"WhitespaceSplit", read_whitespace_split},
};

static gaze_status read_one(void *context, const gaze_json_value *json, gaze_error *err) {
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (gaze_json_equals(gaze_json_get(json, "type"), kinds[i].type))
            return kinds[i].read(context, json, err);
    return gaze_component_unknown(json, err);
}

gaze_status gaze_pre_tokenizers_read(gaze_pre_tokenizers *list, gaze_arena *arena,
                                     const gaze_json_value *json, gaze_error *err) {
    static const gaze_stage stage = {"pre_tokenizer", "pretokenizers"};
    *list = (gaze_pre_tokenizers){0};
    return gaze_components_walk(json, &stage, read_one, &(reading){list, arena}, err);
}

gaze_status gaze_pre_tokenizers_apply(const gaze_pre_tokenizers *list, gaze_pieces *pieces, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < list->count && !status; i++)
        status = list->items[i].apply(&list->items[i], pieces, err);
    return status;
}
