#define _DEFAULT_SOURCE /* struct winsize */
#include "tools/cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static size_t width(void) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    const char *columns = getenv("COLUMNS");
    long number = columns ? strtol(columns, NULL, 10) : 0;
    return number > 0 && number <= 10000 ? (size_t)number : 0;
}

static bool has(const char *name) {
    const char *value = getenv(name);
    return value && *value;
}

static gaze_terminal_colors colors(void) {
    const char *term = getenv("TERM"), *colorterm = getenv("COLORTERM");
    if (!isatty(STDOUT_FILENO) || has("NO_COLOR") || !term || !*term || strcmp(term, "dumb") == 0)
        return GAZE_TERMINAL_PLAIN;
    if (colorterm && (strcmp(colorterm, "truecolor") == 0 || strcmp(colorterm, "24bit") == 0))
        return GAZE_TERMINAL_TRUE;
    return strstr(term, "direct") ? GAZE_TERMINAL_TRUE : GAZE_TERMINAL_256;
}

gaze_terminal cli_terminal(void) {
    return (gaze_terminal){.columns = width(), .colors = colors()};
}

/* "15;0" or "15;default;0": the last number is the ground; 7 and 9 to 15 are light. */
gaze_theme cli_terminal_theme(void) {
    const char *value = getenv("COLORFGBG"), *last = value ? strrchr(value, ';') : NULL;
    if (!last || last[1] < '0' || last[1] > '9') return GAZE_THEME_AUTO;
    long ground = strtol(last + 1, NULL, 10);
    return ground == 7 || ground > 8 ? GAZE_THEME_LIGHT : GAZE_THEME_DARK;
}
