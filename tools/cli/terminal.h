/* What the terminal on standard output can show. */
#ifndef GAZE_TOOLS_CLI_TERMINAL_H
#define GAZE_TOOLS_CLI_TERMINAL_H

#include "viz/viz.h"

/* Width: what the terminal says, else COLUMNS, else 80. Colours: none into a pipe or a file, with NO_COLOR, or
 * where TERM is dumb or not set; 24 bits where COLORTERM says so; else 256. */
gaze_terminal cli_terminal(void);

/* The ground of the terminal, as COLORFGBG tells it; GAZE_THEME_AUTO when it does not. */
gaze_theme cli_terminal_theme(void);

#endif
