#include "tokenizer/strings.h"

#include "tokenizer/grow.h"

void gaze_strings_deinit(gaze_strings *strings) {
    gaze_buffer_deinit(&strings->bytes);
    gaze_free(strings->ends);
    *strings = (gaze_strings){0};
}

void gaze_strings_end(gaze_strings *strings) {
    size_t *ends = gaze_grow(strings->ends, &strings->capacity, strings->count + 1, sizeof *ends);
    if (!ends) {
        strings->bytes.failed = true;
        return;
    }
    strings->ends = ends;
    ends[strings->count++] = strings->bytes.length;
}

gaze_string gaze_strings_at(const gaze_strings *strings, size_t i) {
    size_t start = i ? strings->ends[i - 1] : 0;
    if (start == strings->ends[i]) return (gaze_string){"", 0};
    return (gaze_string){strings->bytes.data + start, strings->ends[i] - start};
}
