/* core/base/utf8 and the two escapers: steps of 1 to 4 bytes, round trips, well-formed results. */
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "viz/svg.h"

/* Decodes all of it; returns whether it is well-formed. */
static bool walk(const char *text, size_t length) {
    size_t count = 0, bad = length;
    for (size_t at = 0, n; at < length; at += n, count++) {
        uint32_t c;
        bool valid;
        char back[4];
        n = gaze_utf8_decode(text + at, length - at, &c, &valid);
        MUST(n >= 1 && n <= 4 && n <= length - at);
        if (valid) MUST(gaze_utf8_encode(c, back) == n && memcmp(back, text + at, n) == 0);
        if (!valid) MUST(c == GAZE_REPLACEMENT_CHARACTER && n <= 3);
        if (!valid && bad == length) bad = at;
    }
    size_t found = length;
    MUST(gaze_utf8_count(text, length) == count);
    MUST(gaze_utf8_valid(text, length, &found) == (bad == length) && found == bad);
    return bad == length;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *text = (const char *)data;
    gaze_buffer json = {0}, xml = {0};
    walk(text, size);
    gaze_buffer_put_json_string(&json, text, size);
    gaze_xml_escape(&xml, text, size);
    MUST(walk(json.data, json.length));
    MUST(json.length >= 2 && !memchr(json.data, '<', json.length) && !memchr(json.data, '\n', json.length));
    for (size_t i = 0; i < xml.length; i++)
        MUST(!strchr("<>\"'", xml.data[i]) && (unsigned char)xml.data[i] >= 0x20);
    if (xml.length) MUST(walk(xml.data, xml.length));
    gaze_buffer_deinit(&json);
    gaze_buffer_deinit(&xml);
    return 0;
}
