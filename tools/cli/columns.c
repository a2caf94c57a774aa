#include "tools/cli/columns.h"

#include <stdint.h>

#include "core/base/utf8.h"
#include "viz/sign.h"
#include "viz/terminal_write.h"

void cli_put_number(gaze_buffer *out, double value, int decimals, int width) {
    gaze_buffer number = {0};
    gaze_buffer_put_fixed(&number, value, decimals);
    gaze_buffer_printf(out, "%*s", width, number.data ? number.data : "");
    out->failed |= number.failed;
    gaze_buffer_deinit(&number);
}

void cli_put_score(gaze_buffer *out, double score) {
    int exponent = 0;
    if (!(score > 0 && score < 0.00005)) {
        cli_put_number(out, score, 4, 8);
        return;
    }
    for (; score < 0.995 && exponent < 99; exponent++) score *= 10;
    cli_put_number(out, score, 1, 4);
    gaze_buffer_printf(out, "e-%02d", exponent);
}

void cli_put_text(gaze_buffer *out, const char *text, size_t length, size_t most) {
    size_t at = 0;
    uint32_t c;
    for (size_t i = 0; i < most && at < length; i++) at += gaze_utf8_decode(text + at, length - at, &c, NULL);
    gaze_sign_put(out, text, at);
    if (at < length) gaze_buffer_puts(out, "...");
}

void cli_put_padded(gaze_buffer *out, const char *text, size_t length, size_t columns) {
    gaze_sign_put(out, text, length);
    for (size_t taken = gaze_tty_width(text, length); taken < columns; taken++) gaze_buffer_putc(out, ' ');
}
