/* Metaspace (Hugging Face tokenizers, pre_tokenizers/metaspace.rs). */
#include "tokenizer/metaspace.h"

#include "core/base/utf8.h"
#include "tokenizer/component.h"

/* Pre-tokenizing -------------------------------------------------------------------------------------- */

static uint32_t replacement_of(const gaze_metaspace *settings) {
    return settings->replacement.code_points[0];
}

/* A prepended char shares the alignment of the char behind it. */
static void write_visibly(const void *context, gaze_normalized *out, const gaze_char *chars, size_t count) {
    const gaze_metaspace *settings = context;
    const uint32_t replacement = replacement_of(settings);
    const bool has_one = chars[0].code_point == ' ' || chars[0].code_point == replacement;
    const bool wanted = settings->prepend_scheme == GAZE_PREPEND_ALWAYS ||
                        (settings->prepend_scheme == GAZE_PREPEND_FIRST && chars[0].start == 0);
    if (wanted && !has_one) gaze_normalized_push(out, replacement, chars[0].start, chars[0].end);
    for (size_t i = 0; i < count; i++) {
        const uint32_t c = chars[i].code_point;
        gaze_normalized_push(out, c == ' ' ? replacement : c, chars[i].start, chars[i].end);
    }
}

gaze_status gaze_metaspace_pre_tokenize(gaze_pieces *pieces, const gaze_metaspace *settings,
                                        gaze_error *err) {
    const gaze_split words = {.pattern = gaze_pattern_of_literal(settings->replacement),
                              .behavior = GAZE_SPLIT_MERGED_WITH_NEXT};
    gaze_status status = gaze_pieces_rewrite(pieces, write_visibly, settings, err);
    return status || !settings->split ? status : gaze_pieces_split(pieces, &words, err);
}

/* Decoding -------------------------------------------------------------------------------------------- */

void gaze_metaspace_decode(gaze_strings *out, const gaze_strings *in, const gaze_metaspace *settings) {
    for (size_t i = 0; i < in->count; i++) {
        const gaze_string token = gaze_strings_at(in, i);
        const bool drop = i == 0 && settings->prepend_scheme != GAZE_PREPEND_NEVER;
        for (size_t at = 0, length; at < token.length; at += length) {
            uint32_t c;
            length = gaze_utf8_decode(token.text + at, token.length - at, &c, NULL);
            if (c != replacement_of(settings))
                gaze_buffer_append(&out->bytes, token.text + at, length);
            else if (!drop)
                gaze_buffer_putc(&out->bytes, ' ');
        }
        gaze_strings_end(out);
    }
}

/* Reading --------------------------------------------------------------------------------------------- */

/* "prepend_scheme", or in old files "add_prefix_space", which says nothing when it is true. */
static gaze_status read_scheme(gaze_prepend_scheme *out, const gaze_json_value *json, gaze_error *err) {
    static const char *const names[] = {[GAZE_PREPEND_ALWAYS] = "always",
                                        [GAZE_PREPEND_FIRST] = "first",
                                        [GAZE_PREPEND_NEVER] = "never",
                                        NULL};
    const bool named = gaze_json_get(json, "prepend_scheme") != NULL;
    int choice = GAZE_PREPEND_ALWAYS;
    bool prefix = true;
    gaze_status status = GAZE_OK;
    if (named) status = gaze_field_choice(&choice, json, "prepend_scheme", names, err);
    if (!status && !gaze_field_is_absent(json, "add_prefix_space"))
        status = gaze_field_bool(&prefix, json, "add_prefix_space", err);
    if (!status && !prefix && named && choice != GAZE_PREPEND_NEVER)
        return gaze_fail(err, GAZE_ERROR_SCHEMA,
                         "Metaspace: 'add_prefix_space' is false, but 'prepend_scheme' is not \"never\"");
    *out = prefix ? (gaze_prepend_scheme)choice : GAZE_PREPEND_NEVER;
    return status;
}

gaze_status gaze_metaspace_read(gaze_metaspace *out, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    out->split = true;
    gaze_status status = gaze_field_literal(&out->replacement, arena, json, "replacement", err);
    if (!status && out->replacement.count != 1)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "Metaspace: 'replacement' is %zu chars, expected 1",
                         out->replacement.count);
    if (!status) status = read_scheme(&out->prepend_scheme, json, err);
    if (!status && !gaze_field_is_absent(json, "split"))
        status = gaze_field_bool(&out->split, json, "split", err);
    return status;
}
