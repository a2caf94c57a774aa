#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/support/component.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/pre_tokenizer.h"

/* Normalizes into *chars, which the caller frees. */
static gaze_status normalize(gaze_normalized *chars, const gaze_json_value *json, const char *text,
                             size_t length, gaze_error *err) {
    gaze_arena arena = {0};
    gaze_normalizers list;
    uint32_t *byte_at = NULL;
    gaze_status status = gaze_normalizers_read(&list, &arena, json, err);
    if (!status) status = gaze_normalized_decode(chars, &byte_at, text, length, err);
    if (!status) status = gaze_normalizers_apply(&list, chars, err);
    gaze_free(byte_at);
    gaze_arena_deinit(&arena);
    return status;
}

gaze_status apply_normalizer(gaze_buffer *out, const gaze_json_value *json, const char *text, size_t length,
                             gaze_error *err) {
    gaze_normalized chars = {0};
    gaze_status status = normalize(&chars, json, text, length, err);
    if (!status) gaze_chars_encode(out, chars.chars, chars.count);
    gaze_normalized_deinit(&chars);
    return status;
}

gaze_status apply_normalizer_aligned(gaze_buffer *out, const gaze_json_value *json, const char *text,
                                     size_t length, gaze_error *err) {
    gaze_normalized chars = {0};
    gaze_status status = normalize(&chars, json, text, length, err);
    for (size_t i = 0; i < chars.count && !status; i++) {
        gaze_chars_encode(out, &chars.chars[i], 1);
        gaze_buffer_printf(out, "(%u,%u)", chars.chars[i].start, chars.chars[i].end);
    }
    gaze_normalized_deinit(&chars);
    return status;
}

static void put_piece(gaze_buffer *out, const gaze_pieces *pieces, const gaze_piece *piece) {
    const gaze_char *chars = pieces->text.chars;
    gaze_buffer string = {0};
    gaze_chars_encode(&string, chars + piece->start, piece->end - piece->start);
    gaze_buffer_putc(out, '[');
    gaze_buffer_put_json_string(out, string.data, string.length);
    gaze_buffer_printf(out, ",[%u,%u]]", chars[piece->start].start, chars[piece->end - 1].end);
    gaze_buffer_deinit(&string);
}

gaze_status apply_pre_tokenizer(gaze_buffer *out, const gaze_json_value *json, const char *text,
                                size_t length, gaze_error *err) {
    gaze_arena arena = {0};
    gaze_pre_tokenizers list;
    gaze_pieces pieces = {0};
    uint32_t *byte_at = NULL;
    gaze_status status = gaze_pre_tokenizers_read(&list, &arena, json, err);
    if (!status) status = gaze_normalized_decode(&pieces.text, &byte_at, text, length, err);
    if (!status) assert_true(gaze_pieces_push(&pieces, 0, pieces.text.count, GAZE_NO_TOKEN));
    if (!status) status = gaze_pre_tokenizers_apply(&list, &pieces, err);
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < pieces.count && !status; i++) {
        if (i > 0) gaze_buffer_putc(out, ',');
        put_piece(out, &pieces, &pieces.items[i]);
    }
    gaze_buffer_putc(out, ']');
    gaze_pieces_deinit(&pieces);
    gaze_free(byte_at);
    gaze_arena_deinit(&arena);
    return status;
}

void expect_component(component_applier *apply, const char *component, const char *text, const char *want) {
    gaze_json *json;
    gaze_buffer out = {0};
    gaze_error err;
    assert_int_equal(gaze_json_parse(&json, component, strlen(component), NULL, NULL), GAZE_OK);
    if (apply(&out, gaze_json_root(json), text, strlen(text), &err)) {
        gaze_buffer_clear(&out);
        gaze_buffer_puts(&out, err.message);
    }
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
    gaze_json_free(json);
}
