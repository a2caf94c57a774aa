#include "core/base/utf8.h"

#include <string.h>

/* What a lead byte announces: the length of the sequence, and the range of its second byte, which rules
 * out overlong forms (E0, F0), surrogates (ED) and code points above U+10FFFF (F4).
 * Unicode 15, table 3-7 (well-formed UTF-8 byte sequences). Length 0: not a lead byte. */
typedef struct lead {
    size_t length;
    unsigned char second_min;
    unsigned char second_max;
} lead;

/* Of a byte from 0x80: those below it stand alone. */
static lead classify(unsigned char byte) {
    if (byte < 0xC2) return (lead){0, 0, 0};
    if (byte < 0xE0) return (lead){2, 0x80, 0xBF};
    if (byte == 0xE0) return (lead){3, 0xA0, 0xBF};
    if (byte == 0xED) return (lead){3, 0x80, 0x9F};
    if (byte < 0xF0) return (lead){3, 0x80, 0xBF};
    if (byte == 0xF0) return (lead){4, 0x90, 0xBF};
    if (byte < 0xF4) return (lead){4, 0x80, 0xBF};
    if (byte == 0xF4) return (lead){4, 0x80, 0x8F};
    return (lead){0, 0, 0};
}

static size_t decode_long(const unsigned char *at, size_t length, uint32_t *code_point, bool *valid) {
    lead l = classify(at[0]);
    uint32_t value = l.length ? at[0] & (0xFFu >> (l.length + 1)) : 0;
    size_t taken = 1;
    for (; taken < l.length && taken < length; taken++) {
        unsigned char min = taken == 1 ? l.second_min : 0x80, max = taken == 1 ? l.second_max : 0xBF;
        if (at[taken] < min || at[taken] > max) break;
        value = value << 6 | (at[taken] & 0x3Fu);
    }
    *valid = l.length != 0 && taken == l.length;
    *code_point = *valid ? value : GAZE_REPLACEMENT_CHARACTER;
    return taken;
}

size_t gaze_utf8_decode(const char *text, size_t length, uint32_t *code_point, bool *valid) {
    const unsigned char *at = (const unsigned char *)text;
    bool ignored;
    if (!valid) valid = &ignored;
    if (at[0] < 0x80) {
        *code_point = at[0];
        *valid = true;
        return 1;
    }
    return decode_long(at, length, code_point, valid);
}

size_t gaze_utf8_encode(uint32_t c, char out[4]) {
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = GAZE_REPLACEMENT_CHARACTER;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xF00u >> length & 0xF0u) | c); /* C0, E0, F0 and the upper bits */
    return length;
}

/* Number of bytes from the start that are certainly ASCII, in steps of eight. */
static size_t ascii_run(const char *text, size_t length) {
    size_t at = 0;
    for (; length - at >= 8; at += 8) {
        uint64_t eight;
        memcpy(&eight, text + at, sizeof eight);
        if (eight & 0x8080808080808080u) break;
    }
    return at;
}

bool gaze_utf8_valid(const char *text, size_t length, size_t *bad) {
    size_t at = 0;
    while (at < length) {
        at += ascii_run(text + at, length - at);
        if (at == length) break;
        uint32_t code_point;
        bool valid;
        size_t taken = gaze_utf8_decode(text + at, length - at, &code_point, &valid);
        if (!valid) {
            if (bad) *bad = at;
            return false;
        }
        at += taken;
    }
    return true;
}

size_t gaze_utf8_count(const char *text, size_t length) {
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        uint32_t code_point;
        at += gaze_utf8_decode(text + at, length - at, &code_point, NULL);
    }
    return count;
}
