#include "tokenizer/normalized.h"

#include <assert.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "tokenizer/grow.h"

void gaze_normalized_deinit(gaze_normalized *text) {
    gaze_free(text->chars);
    *text = (gaze_normalized){0};
}

static bool reserve(gaze_normalized *text, size_t more) {
    size_t needed;
    if (text->failed) return false;
    if (text->count + more <= text->capacity && text->chars) return true;
    gaze_char *chars = NULL;
    if (gaze_size_add(text->count, more, &needed))
        chars = gaze_grow(text->chars, &text->capacity, needed, sizeof *chars);
    if (chars) text->chars = chars;
    text->failed = !chars;
    return chars != NULL;
}

void gaze_normalized_push(gaze_normalized *text, uint32_t code_point, uint32_t start, uint32_t end) {
    if (!reserve(text, 1)) return;
    text->chars[text->count++] = (gaze_char){code_point, start, end};
}

void gaze_normalized_append(gaze_normalized *text, const gaze_char *chars, size_t count) {
    if (!count || !reserve(text, count)) return;
    memcpy(text->chars + text->count, chars, count * sizeof *chars);
    text->count += count;
}

gaze_status gaze_normalized_status(const gaze_normalized *text, gaze_error *err) {
    return text->failed ? gaze_fail_memory(err) : GAZE_OK;
}

gaze_status gaze_normalized_replace(gaze_normalized *text, gaze_normalized *result, gaze_error *err) {
    gaze_status status = gaze_normalized_status(result, err);
    if (status) {
        gaze_normalized_deinit(result);
        return status;
    }
    gaze_normalized_deinit(text);
    *text = *result;
    *result = (gaze_normalized){0};
    return GAZE_OK;
}

gaze_status gaze_normalized_decode(gaze_normalized *text, uint32_t **byte_at, const char *bytes,
                                   size_t length, gaze_error *err) {
    *byte_at = NULL;
    if (length > INT32_MAX) /* places and word ids are 32-bit numbers */
        return gaze_fail(err, GAZE_ERROR_LIMIT, "text of %zu bytes, less than 2 GiB is tokenized", length);
    uint32_t *starts = gaze_alloc(length + 1, sizeof *starts);
    if (!starts || !reserve(text, length)) { /* as many chars as bytes, or fewer */
        gaze_free(starts);
        return gaze_fail_memory(err);
    }
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        gaze_char *c = &text->chars[count];
        *c = (gaze_char){0, (uint32_t)count, (uint32_t)count + 1};
        starts[count] = (uint32_t)at;
        at += gaze_utf8_decode(bytes + at, length - at, &c->code_point, NULL);
    }
    starts[count] = (uint32_t)length;
    text->count = count;
    *byte_at = starts;
    return GAZE_OK;
}

void gaze_chars_encode(gaze_buffer *out, const gaze_char *chars, size_t count) {
    char bytes[4];
    for (size_t i = 0; i < count; i++)
        gaze_buffer_append(out, bytes, gaze_utf8_encode(chars[i].code_point, bytes));
}

gaze_status gaze_normalized_transform(gaze_normalized *text, const gaze_change *changes, size_t count,
                                      gaze_error *err) {
    gaze_normalized result = {0};
    size_t source = 0;
    for (size_t i = 0; i < count; i++) {
        bool inserted = changes[i].change > 0;
        assert(inserted ? source > 0 : source < text->count);
        const gaze_char *c = &text->chars[inserted ? source - 1 : source];
        gaze_normalized_push(&result, changes[i].code_point, c->start, c->end);
        if (!inserted) source += 1 + (size_t)-changes[i].change;
    }
    return gaze_normalized_replace(text, &result, err);
}
