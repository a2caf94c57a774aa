#include "tools/cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define EVERY 0.2 /* seconds */

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

void cli_progress_show(cli_progress *p, size_t inputs, double part) {
    if (p->settings->quiet || p->settings->no_progress || !isatty(STDERR_FILENO)) return;
    const double time = now();
    if (p->began == 0) p->began = p->shown = time;
    if (time - p->shown < EVERY) return;
    p->shown = time;
    p->visible = true;
    fprintf(stderr, "\r\033[Kgaze %s: %zu inputs, %.0f a second", p->settings->command->name, inputs,
            (double)inputs / (time - p->began));
    if (part >= 0) fprintf(stderr, ", %.0f %%", 100 * part);
}

void cli_progress_wipe(cli_progress *p) {
    if (p->visible) fputs("\r\033[K", stderr);
    p->visible = false;
}
