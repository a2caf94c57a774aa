/* The writer of terminal pictures: text in columns, and colours (ECMA-48: CSI ... m, and G to go to a column). */
#ifndef GAZE_VIZ_TERMINAL_WRITE_H
#define GAZE_VIZ_TERMINAL_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/color.h"
#include "viz/terminal.h"

typedef struct gaze_tty {
    gaze_buffer *out;
    gaze_terminal_colors colors;
    size_t columns;       /* of the terminal */
    size_t column;        /* where the next character stands, from 0 */
    bool uncertain;       /* the line holds text whose width terminals disagree about */
    unsigned long ink;    /* private: colours in force */
    unsigned long ground; /* private */
} gaze_tty;

typedef enum gaze_tty_style { GAZE_TTY_NORMAL, GAZE_TTY_BOLD, GAZE_TTY_MUTED } gaze_tty_style;

gaze_tty gaze_tty_writer(gaze_buffer *out, const gaze_terminal *terminal);

/* Text from anywhere, cut in the middle to at most `columns`. */
void gaze_tty_text(gaze_tty *tty, const char *text, size_t length, size_t columns);
/* Text of ours, as wide as it is. */
void gaze_tty_puts(gaze_tty *tty, const char *text);
void gaze_tty_fill(gaze_tty *tty, const char *sign, size_t times); /* a sign of one column */
void gaze_tty_goto(gaze_tty *tty, size_t column);                  /* blanks up to there */
void gaze_tty_newline(gaze_tty *tty);                              /* back to the terminal's own colours */
/* Our text in lines as wide as the terminal. */
void gaze_tty_paragraph(gaze_tty *tty, const char *text, size_t length);

void gaze_tty_style_set(gaze_tty *tty, gaze_tty_style style);
/* Nothing in a plain terminal. */
void gaze_tty_ink(gaze_tty *tty, gaze_rgb color);
void gaze_tty_ground(gaze_tty *tty, gaze_rgb color);
void gaze_tty_reset(gaze_tty *tty);

/* Columns of a whole text. */
size_t gaze_tty_width(const char *text, size_t length);
/* The number of the colour among the 256 of xterm that is nearest: 16 to 255. */
unsigned gaze_tty_nearest_of_256(gaze_rgb color);

#endif
