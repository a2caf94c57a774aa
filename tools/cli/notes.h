/* What went wrong with which input, for standard error: a table has no place for it. */
#ifndef GAZE_TOOLS_CLI_NOTES_H
#define GAZE_TOOLS_CLI_NOTES_H

#include "core/base/buffer.h"
#include "tools/pipeline/lines.h"

/* A zeroed struct has no notes. Only the first of them are kept, and all are counted. */
typedef struct cli_notes {
    bool alone; /* there is one input: its number would tell nothing */
    gaze_buffer text;
    size_t count;
} cli_notes;

void cli_note(cli_notes *notes, const gaze_line_item *item);
/* Prints them, and how many more there were; frees them. */
void cli_notes_print(cli_notes *notes);

#endif
