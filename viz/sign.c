#include "viz/sign.h"

#include <stdbool.h>

#include "core/base/utf8.h"

static bool is_forbidden(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c <= 0x9F) || (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF) ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

const char *gaze_sign_instead(uint32_t c) {
    switch (c) {
    case '\t': return "\xE2\x87\xA5"; /* U+21E5 */
    case '\n':
    case '\r':
    case 0x2028:
    case 0x2029: return "\xE2\x8F\x8E"; /* U+23CE */
    default: return is_forbidden(c) ? "\xEF\xBF\xBD" : NULL;
    }
}

void gaze_sign_put(gaze_buffer *out, const char *text, size_t length) {
    for (size_t at = 0, n; at < length; at += n) {
        uint32_t c;
        bool valid;
        n = gaze_utf8_decode(text + at, length - at, &c, &valid);
        const char *instead = valid ? gaze_sign_instead(c) : "\xEF\xBF\xBD";
        if (instead)
            gaze_buffer_puts(out, instead);
        else
            gaze_buffer_append(out, text + at, n);
    }
}
