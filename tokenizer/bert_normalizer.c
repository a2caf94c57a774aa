/* BertNormalizer (Hugging Face tokenizers, normalizers/bert.rs): four steps, each only if switched on.
 *
 *     clean_text            control and format characters go, every white space becomes U+0020
 *     handle_chinese_chars  a space on both sides of every ideograph, so that each is a word
 *     strip_accents         NFD, then non-spacing marks go
 *     lowercase             char by char
 *
 *     "  Héllo\t博x"  ->  "  hello  博 x"
 *
 * The order matters: vertical tab and U+0085 are control characters and vanish before they could become
 * spaces, and U+0130 is split into I and a dot before it is lowered, so that the dot goes.
 */
#include "tokenizer/normal_form.h"
#include "tokenizer/normalizer.h"
#include "tokenizer/unicode.h"

void gaze_normalized_remove(gaze_normalized *text, unsigned properties) {
    size_t kept = 0;
    for (size_t i = 0; i < text->count; i++) {
        text->chars[kept] = text->chars[i];
        kept += !gaze_unicode_is(text->chars[i].code_point, properties);
    }
    text->count = kept;
}

/* What is left to do where a lowercase is two chars. */
static gaze_status expand_lowercase(gaze_normalized *text, gaze_error *err) {
    gaze_normalized result = {0};
    uint32_t lower[2];
    for (size_t i = 0; i < text->count; i++) {
        const gaze_char *c = &text->chars[i];
        size_t count = gaze_unicode_lowercase(c->code_point, lower);
        for (size_t k = 0; k < count; k++) gaze_normalized_push(&result, lower[k], c->start, c->end);
    }
    return gaze_normalized_replace(text, &result, err);
}

gaze_status gaze_normalized_lowercase(gaze_normalized *text, gaze_error *err) {
    uint32_t lower[2];
    bool expands = false;
    for (size_t i = 0; i < text->count; i++) {
        if (gaze_unicode_lowercase(text->chars[i].code_point, lower) == 1)
            text->chars[i].code_point = lower[0];
        else
            expands = true;
    }
    return expands ? expand_lowercase(text, err) : GAZE_OK;
}

static void clean_text(gaze_normalized *text) {
    size_t kept = 0;
    for (size_t i = 0; i < text->count; i++) {
        gaze_char c = text->chars[i];
        unsigned properties = gaze_unicode_properties(c.code_point);
        if (properties & GAZE_UNICODE_REMOVED) continue;
        if (properties & GAZE_UNICODE_WHITE_SPACE) c.code_point = ' ';
        text->chars[kept++] = c;
    }
    text->count = kept;
}

/* The spaces share the alignment of their ideograph. */
static gaze_status space_out_chinese(gaze_normalized *text, gaze_error *err) {
    gaze_normalized result = {0};
    for (size_t i = 0; i < text->count; i++) {
        const gaze_char *c = &text->chars[i];
        bool chinese = gaze_unicode_is(c->code_point, GAZE_UNICODE_CHINESE);
        if (chinese) gaze_normalized_push(&result, ' ', c->start, c->end);
        gaze_normalized_push(&result, c->code_point, c->start, c->end);
        if (chinese) gaze_normalized_push(&result, ' ', c->start, c->end);
    }
    return gaze_normalized_replace(text, &result, err);
}

static bool has_chinese(const gaze_normalized *text) {
    for (size_t i = 0; i < text->count; i++)
        if (gaze_unicode_is(text->chars[i].code_point, GAZE_UNICODE_CHINESE)) return true;
    return false;
}

gaze_status gaze_bert_normalize(const gaze_bert_normalizer *settings, gaze_normalized *text,
                                gaze_error *err) {
    gaze_status status = GAZE_OK;
    if (settings->clean_text) clean_text(text);
    if (settings->handle_chinese_chars && has_chinese(text)) status = space_out_chinese(text, err);
    if (!status && settings->strip_accents) {
        status = gaze_normal_form(text, GAZE_CANONICAL, false, err);
        gaze_normalized_remove(text, GAZE_UNICODE_ACCENT);
    }
    if (!status && settings->lowercase) status = gaze_normalized_lowercase(text, err);
    return status;
}
