#include "tools/pipeline/same_lowered.h"

#include "core/base/utf8.h"
#include "tokenizer/unicode.h"

enum { CAPITAL_SIGMA = 0x3A3, SIGMA = 0x3C3, FINAL_SIGMA = 0x3C2, NOTHING = 0x110000 };

/* A text, read as its lowercase. */
typedef struct lowered {
    const char *text;
    size_t length;
    size_t at;
    uint32_t second;   /* of a character that becomes two; NOTHING: none waits */
    bool after_letter; /* accents and the like do not count */
} lowered;

/* Unicode's Case_Ignorable, but for a few signs: these stand inside a word. */
static bool is_passed_over(uint32_t c) {
    return c == '\'' || c == '.' || c == ':' || c == 0xB7 || c == 0x2019 || c == 0xAD ||
           gaze_unicode_is(c, GAZE_UNICODE_MARK);
}

static bool letter_follows(const lowered *s) {
    for (size_t at = s->at; at < s->length;) {
        uint32_t c;
        at += gaze_utf8_decode(s->text + at, s->length - at, &c, NULL);
        if (!is_passed_over(c)) return gaze_unicode_is(c, GAZE_UNICODE_LETTER);
    }
    return false;
}

/* NOTHING at the end. */
static uint32_t next_lowered(lowered *s) {
    uint32_t c = s->second, out[2];
    s->second = NOTHING;
    if (c != NOTHING || s->at == s->length) return c;
    s->at += gaze_utf8_decode(s->text + s->at, s->length - s->at, &c, NULL);
    const bool inside = s->after_letter;
    if (!is_passed_over(c)) s->after_letter = gaze_unicode_is(c, GAZE_UNICODE_LETTER);
    if (c == CAPITAL_SIGMA) return inside && !letter_follows(s) ? FINAL_SIGMA : SIGMA;
    if (gaze_unicode_lowercase(c, out) == 2) s->second = out[1];
    return out[0];
}

bool gaze_same_lowered(const char *a, size_t a_length, const char *b, size_t b_length) {
    lowered left = {.text = a, .length = a_length, .second = NOTHING};
    lowered right = {.text = b, .length = b_length, .second = NOTHING};
    uint32_t c;
    do {
        c = next_lowered(&left);
        if (c != next_lowered(&right)) return false;
    } while (c != NOTHING);
    return true;
}

uint64_t gaze_lowered_key(const char *text, size_t length) {
    lowered reader = {.text = text, .length = length, .second = NOTHING};
    uint64_t key = 0xCBF29CE484222325;
    for (uint32_t c = next_lowered(&reader); c != NOTHING; c = next_lowered(&reader))
        key = (key ^ c) * 0x100000001B3;
    return key;
}
