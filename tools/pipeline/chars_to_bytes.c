#include "tools/pipeline/chars_to_bytes.h"

#include "core/base/memory.h"
#include "core/base/utf8.h"

gaze_status gaze_char_starts_init(gaze_char_starts *places, const char *text, size_t length,
                                  gaze_error *err) {
    size_t count = gaze_utf8_count(text, length), at = 0;
    *places = (gaze_char_starts){.count = count, .starts = gaze_alloc(count + 1, sizeof(size_t))};
    if (!places->starts) return gaze_fail_memory(err);
    for (size_t i = 0; i < count; i++) {
        uint32_t c;
        places->starts[i] = at;
        at += gaze_utf8_decode(text + at, length - at, &c, NULL);
    }
    places->starts[count] = length;
    return GAZE_OK;
}

void gaze_char_starts_deinit(gaze_char_starts *places) {
    gaze_free(places->starts);
    *places = (gaze_char_starts){0};
}

gaze_span gaze_chars_to_bytes(const gaze_char_starts *places, gaze_span span) {
    size_t end = span.end < places->count ? span.end : places->count;
    size_t start = span.start < end ? span.start : end;
    return (gaze_span){places->starts[start], places->starts[end]};
}
