/* Progress of long work: one line on standard error, when that is a terminal and the options allow it. */
#ifndef GAZE_TOOLS_CLI_PROGRESS_H
#define GAZE_TOOLS_CLI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>

#include "tools/cli/cli.h"

/* Zeroed but for its settings, it has not begun. */
typedef struct cli_progress {
    const cli_settings *settings;
    /* private */
    double began; /* seconds; 0: not yet */
    double shown;
    bool visible; /* there is a line to wipe out */
} cli_progress;

/* Tells, a few times a second, how many inputs were taken and what part of the file, from 0 to 1 (negative:
 * not known). */
void cli_progress_show(cli_progress *progress, size_t inputs, double part);
/* Wipes the line out: before something else is written, and at the end. */
void cli_progress_wipe(cli_progress *progress);

#endif
