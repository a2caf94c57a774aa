#include "tokenizer/trim.h"

#include "core/base/utf8.h"
#include "tokenizer/byte_level.h"
#include "tokenizer/unicode.h"

static bool is_space(uint32_t c) {
    return c == GAZE_BYTE_LEVEL_SPACE || gaze_unicode_is(c, GAZE_UNICODE_WHITE_SPACE);
}

/* How many chars at the two ends are white space; all of them, on both sides, when there is nothing else. */
static void count_spaces(const char *token, size_t length, size_t *leading, size_t *trailing) {
    bool only_spaces = true;
    *leading = *trailing = 0;
    for (size_t at = 0; at < length;) {
        uint32_t c;
        at += gaze_utf8_decode(token + at, length - at, &c, NULL);
        const bool space = is_space(c);
        only_spaces = only_spaces && space;
        *leading += only_spaces;
        *trailing = space ? *trailing + 1 : 0;
    }
}

static void trim_once(gaze_span *offsets, size_t leading, size_t trailing, bool spare_one) {
    if (spare_one && leading == 1) leading = 0;
    if (leading > offsets->end - offsets->start) leading = offsets->end - offsets->start;
    offsets->start += leading;
    if (!trailing || trailing > offsets->end) return;
    offsets->end -= trailing;
    if (offsets->end < offsets->start) offsets->end = offsets->start;
}

void gaze_trim(gaze_span *offsets, const gaze_trims *trims, size_t index, const char *token, size_t length) {
    size_t leading, trailing;
    if (!trims->count) return;
    count_spaces(token, length, &leading, &trailing);
    for (size_t i = 0; i < trims->count; i++)
        trim_once(offsets, leading, trailing,
                  trims->add_prefix_space[i] && (index == 0 || offsets->start == 0));
}
