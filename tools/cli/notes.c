#include "tools/cli/notes.h"

#include <stdio.h>

enum { MOST_NOTES = 10 };

void cli_note(cli_notes *notes, const gaze_line_item *item) {
    if (notes->count++ >= MOST_NOTES) return;
    gaze_buffer_puts(&notes->text, "gaze: ");
    if (!notes->alone) gaze_buffer_printf(&notes->text, "input %zu: ", item->number);
    gaze_buffer_printf(&notes->text, "%s\n", item->error);
}

void cli_notes_print(cli_notes *notes) {
    if (notes->text.data) fputs(notes->text.data, stderr);
    if (notes->count > MOST_NOTES) fprintf(stderr, "gaze: and %zu more inputs\n", notes->count - MOST_NOTES);
    gaze_buffer_deinit(&notes->text);
    *notes = (cli_notes){0};
}
