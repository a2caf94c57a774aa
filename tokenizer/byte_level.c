/* ByteLevel (Hugging Face tokenizers, pre_tokenizers/byte_level.rs, normalizers/byte_level.rs). */
#include "tokenizer/byte_level.h"

#include "core/base/utf8.h"
#include "tokenizer/word_patterns.h"

/* The three gaps of the visible bytes, one after the other: 33 + 34 + 1 chars from U+0100. */
uint32_t gaze_byte_to_char(unsigned char byte) {
    if (byte <= 0x20) return 0x100u + byte;
    if (byte >= 0x7F && byte <= 0xA0) return 0x121u + (byte - 0x7Fu);
    return byte == 0xAD ? 0x143u : byte;
}

int gaze_char_to_byte(uint32_t c) {
    if (c >= 0x100 && c <= 0x120) return (int)(c - 0x100);
    if (c >= 0x121 && c <= 0x142) return (int)(c - 0x121 + 0x7F);
    if (c == 0x143) return 0xAD;
    return c <= 0xFF && gaze_byte_to_char((unsigned char)c) == c ? (int)c : -1;
}

/* Writing bytes as chars ------------------------------------------------------------------------------ */

static void write_bytes(const void *context, gaze_normalized *out, const gaze_char *chars, size_t count) {
    char bytes[4];
    (void)context;
    for (size_t i = 0; i < count; i++) {
        size_t length = gaze_utf8_encode(chars[i].code_point, bytes);
        for (size_t k = 0; k < length; k++)
            gaze_normalized_push(out, gaze_byte_to_char((unsigned char)bytes[k]), chars[i].start,
                                 chars[i].end);
    }
}

gaze_status gaze_byte_level_normalize(gaze_normalized *text, gaze_error *err) {
    gaze_normalized result = {0};
    write_bytes(NULL, &result, text->chars, text->count);
    return gaze_normalized_replace(text, &result, err);
}

/* The prepended space shares the alignment of the char behind it. */
static void write_with_space(const void *context, gaze_normalized *out, const gaze_char *chars,
                             size_t count) {
    (void)context;
    if (chars[0].code_point != ' ') gaze_normalized_push(out, ' ', chars[0].start, chars[0].end);
    gaze_normalized_append(out, chars, count);
}

gaze_status gaze_byte_level_pre_tokenize(gaze_pieces *pieces, bool add_prefix_space, bool use_regex,
                                         gaze_error *err) {
    const gaze_split words = {.pattern.find = gaze_find_gpt2_word, .behavior = GAZE_SPLIT_ISOLATED};
    gaze_status status = GAZE_OK;
    if (add_prefix_space) status = gaze_pieces_rewrite(pieces, write_with_space, NULL, err);
    if (!status && use_regex) status = gaze_pieces_split(pieces, &words, err);
    return status ? status : gaze_pieces_rewrite(pieces, write_bytes, NULL, err);
}

/* Reading chars as bytes ------------------------------------------------------------------------------ */

/* Appends the bytes that a token stands for. False, and nothing is appended: one of its chars is no byte. */
static bool append_bytes(gaze_buffer *out, gaze_string token) {
    const size_t start = out->length;
    for (size_t at = 0; at < token.length;) {
        uint32_t c;
        at += gaze_utf8_decode(token.text + at, token.length - at, &c, NULL);
        int byte = gaze_char_to_byte(c);
        if (byte < 0) {
            out->length = start;
            return false;
        }
        gaze_buffer_putc(out, (char)byte);
    }
    return true;
}

static void append_as_utf8(gaze_buffer *out, const gaze_buffer *bytes) {
    char utf8[4];
    uint32_t c;
    for (size_t at = 0; at < bytes->length;) {
        at += gaze_utf8_decode(bytes->data + at, bytes->length - at, &c, NULL);
        gaze_buffer_append(out, utf8, gaze_utf8_encode(c, utf8));
    }
}

void gaze_byte_level_decode(gaze_strings *out, const gaze_strings *in) {
    gaze_buffer bytes = {0};
    for (size_t i = 0; i < in->count; i++) {
        gaze_string token = gaze_strings_at(in, i);
        if (!append_bytes(&bytes, token)) gaze_buffer_append(&bytes, token.text, token.length);
    }
    append_as_utf8(&out->bytes, &bytes);
    gaze_strings_end(out);
    out->bytes.failed |= bytes.failed;
    gaze_buffer_deinit(&bytes);
}
