/* The table of normalizers, and those that are a few lines (Hugging Face tokenizers, src/normalizers). */
#include "tokenizer/normalizer.h"

#include <string.h>

#include "tokenizer/byte_level.h"
#include "tokenizer/normal_form.h"
#include "tokenizer/precompiled.h"
#include "tokenizer/unicode.h"

/* What they do ---------------------------------------------------------------------------------------- */

static gaze_status apply_bert(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    return gaze_bert_normalize(&self->as.bert, text, err);
}

static gaze_status apply_byte_level(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    return gaze_byte_level_normalize(text, err);
}

static gaze_status apply_nfc(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    return gaze_normal_form(text, GAZE_CANONICAL, true, err);
}

static gaze_status apply_nfd(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    return gaze_normal_form(text, GAZE_CANONICAL, false, err);
}

static gaze_status apply_nfkc(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    return gaze_normal_form(text, GAZE_COMPATIBILITY, true, err);
}

static gaze_status apply_nfkd(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    return gaze_normal_form(text, GAZE_COMPATIBILITY, false, err);
}

static gaze_status apply_lowercase(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    return gaze_normalized_lowercase(text, err);
}

/* Marks of every kind, and without decomposing first: a precomposed letter keeps its accent. */
static gaze_status apply_strip_accents(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    (void)err;
    gaze_normalized_remove(text, GAZE_UNICODE_MARK);
    return GAZE_OK;
}

static gaze_status apply_strip(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)err;
    size_t start = 0, end = text->count;
    while (self->as.strip.left && start < end &&
           gaze_unicode_is(text->chars[start].code_point, GAZE_UNICODE_WHITE_SPACE))
        start++;
    while (self->as.strip.right && end > start &&
           gaze_unicode_is(text->chars[end - 1].code_point, GAZE_UNICODE_WHITE_SPACE))
        end--;
    text->count = end - start;
    if (start) memmove(text->chars, text->chars + start, text->count * sizeof *text->chars);
    return GAZE_OK;
}

static bool is_nmt_control(uint32_t c) {
    return (c >= 0x1 && c <= 0x8) || c == 0xB || (c >= 0xE && c <= 0x1F) || c == 0x7F || c == 0x8F ||
           c == 0x9F;
}

static bool is_nmt_space(uint32_t c) {
    return c == 0x9 || c == 0xA || c == 0xC || c == 0xD || c == 0x1680 || (c >= 0x200B && c <= 0x200F) ||
           c == 0x2028 || c == 0x2029 || c == 0x2581 || c == 0xFEFF || c == 0xFFFD;
}

/* Of the NMT systems from which SentencePiece came: some controls go, some chars become spaces. */
static gaze_status apply_nmt(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    (void)self;
    (void)err;
    size_t kept = 0;
    for (size_t i = 0; i < text->count; i++) {
        gaze_char c = text->chars[i];
        if (is_nmt_control(c.code_point)) continue;
        if (is_nmt_space(c.code_point)) c.code_point = ' ';
        text->chars[kept++] = c;
    }
    text->count = kept;
    return GAZE_OK;
}

/* The prepended chars share the alignment of the first one. */
static gaze_status apply_prepend(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    gaze_normalized result = {0};
    const gaze_literal *prepend = &self->as.prepend;
    if (!text->count) return GAZE_OK;
    for (size_t i = 0; i < prepend->count; i++)
        gaze_normalized_push(&result, prepend->code_points[i], text->chars[0].start, text->chars[0].end);
    gaze_normalized_append(&result, text->chars, text->count);
    return gaze_normalized_replace(text, &result, err);
}

/* Each char of the content gets the alignment of the last char of the match. */
static gaze_status apply_replace(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    gaze_normalized result = {0};
    const gaze_pattern *pattern = &self->as.replace.pattern;
    const gaze_literal *content = &self->as.replace.content;
    size_t at, from = 0, length;
    while ((length = pattern->find(pattern, text->chars, text->count, from, &at)) > 0) {
        const gaze_char *last = &text->chars[at + length - 1];
        gaze_normalized_append(&result, text->chars + from, at - from);
        for (size_t i = 0; i < content->count; i++)
            gaze_normalized_push(&result, content->code_points[i], last->start, last->end);
        from = at + length;
    }
    if (!from) return GAZE_OK; /* no match */
    gaze_normalized_append(&result, text->chars + from, text->count - from);
    return gaze_normalized_replace(text, &result, err);
}

static gaze_status apply_precompiled(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err) {
    return gaze_precompiled_normalize(&self->as.charsmap, text, err);
}

/* How they are read ----------------------------------------------------------------------------------- */

typedef gaze_status reader(gaze_normalizer *out, gaze_arena *arena, const gaze_json_value *json,
                           gaze_error *err);

/* strip_accents null or absent: as lowercase. */
static gaze_status read_bert(gaze_normalizer *out, gaze_arena *arena, const gaze_json_value *json,
                             gaze_error *err) {
    (void)arena;
    gaze_bert_normalizer *bert = &out->as.bert;
    gaze_status status = gaze_field_bool(&bert->clean_text, json, "clean_text", err);
    if (!status) status = gaze_field_bool(&bert->handle_chinese_chars, json, "handle_chinese_chars", err);
    if (!status) status = gaze_field_bool(&bert->lowercase, json, "lowercase", err);
    bert->strip_accents = bert->lowercase;
    if (!status && !gaze_field_is_absent(json, "strip_accents"))
        status = gaze_field_bool(&bert->strip_accents, json, "strip_accents", err);
    return status;
}

static gaze_status read_strip(gaze_normalizer *out, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err) {
    (void)arena;
    gaze_status status = gaze_field_bool(&out->as.strip.left, json, "strip_left", err);
    return status ? status : gaze_field_bool(&out->as.strip.right, json, "strip_right", err);
}

static gaze_status read_prepend(gaze_normalizer *out, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    gaze_status status = gaze_field_literal(&out->as.prepend, arena, json, "prepend", err);
    if (!status && !out->as.prepend.count)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "Prepend: an empty 'prepend' is not supported");
    return status;
}

static gaze_status read_replace(gaze_normalizer *out, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    gaze_status status = gaze_field_literal(&out->as.replace.content, arena, json, "content", err);
    if (status) return status;
    return gaze_pattern_read(&out->as.replace.pattern, arena, gaze_json_get(json, "pattern"), err);
}

static gaze_status read_precompiled(gaze_normalizer *out, gaze_arena *arena, const gaze_json_value *json,
                                    gaze_error *err) {
    return gaze_charsmap_read(&out->as.charsmap, arena, gaze_json_get(json, "precompiled_charsmap"), err);
}

static const struct {
    const char *type;
    gaze_status (*apply)(const gaze_normalizer *self, gaze_normalized *text, gaze_error *err);
    reader *read; /* NULL: it has no settings */
} kinds[] = {
    {"BertNormalizer", apply_bert, read_bert},
    {"ByteLevel", apply_byte_level, NULL},
    {"Lowercase", apply_lowercase, NULL},
    {"NFC", apply_nfc, NULL},
    {"NFD", apply_nfd, NULL},
    {"NFKC", apply_nfkc, NULL},
    {"NFKD", apply_nfkd, NULL},
    {"Nmt", apply_nmt, NULL},
    {"Precompiled", apply_precompiled, read_precompiled},
    {"Prepend", apply_prepend, read_prepend},
    {"Replace", apply_replace, read_replace},
    {"Strip", apply_strip, read_strip},
    {"StripAccents", apply_strip_accents, NULL},
};

/* The list that is being read. */
typedef struct reading {
    gaze_normalizers *list;
    gaze_arena *arena;
} reading;

static gaze_status read_one(void *context, const gaze_json_value *json, gaze_error *err) {
    reading *r = context;
    gaze_status status = gaze_component_room(r->list->count, err);
    if (status) return status;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!gaze_json_equals(gaze_json_get(json, "type"), kinds[i].type)) continue;
        gaze_normalizer *out = &r->list->items[r->list->count++];
        out->apply = kinds[i].apply;
        return kinds[i].read ? kinds[i].read(out, r->arena, json, err) : GAZE_OK;
    }
    return gaze_component_unknown(json, err);
}

gaze_status gaze_normalizers_read(gaze_normalizers *list, gaze_arena *arena, const gaze_json_value *json,
                                  gaze_error *err) {
    static const gaze_stage stage = {"normalizer", "normalizers"};
    *list = (gaze_normalizers){0};
    return gaze_components_walk(json, &stage, read_one, &(reading){list, arena}, err);
}

gaze_status gaze_normalizers_lower_case(gaze_normalizers *list, gaze_error *err) {
    gaze_status status = gaze_component_room(list->count, err);
    if (status) return status;
    memmove(list->items + 1, list->items, list->count * sizeof *list->items);
    list->items[0] = (gaze_normalizer){.apply = apply_lowercase};
    list->count++;
    return GAZE_OK;
}

gaze_status gaze_normalizers_apply(const gaze_normalizers *list, gaze_normalized *text, gaze_error *err) {
    gaze_status status = gaze_normalized_status(text, err);
    for (size_t i = 0; i < list->count && !status; i++)
        status = list->items[i].apply(&list->items[i], text, err);
    return status;
}
