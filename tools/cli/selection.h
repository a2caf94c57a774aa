/* --layer and --head: which matrices of a model are meant. */
#ifndef GAZE_TOOLS_CLI_SELECTION_H
#define GAZE_TOOLS_CLI_SELECTION_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

typedef enum cli_selection_kind { CLI_ONE, CLI_MEAN, CLI_MAX, CLI_ALL } cli_selection_kind;

typedef struct cli_selection {
    cli_selection_kind kind;
    size_t index; /* of CLI_ONE, from 0 */
} cli_selection;

/* Reads "3", "-1" (the last), "last", "mean", "max" or "all" for things counted 0 .. count-1. NULL takes
 * `fallback`. ARGUMENT names the word and the range; `what` is "layer" or "head". */
gaze_status cli_select(cli_selection *selection, const char *word, const char *fallback, const char *what,
                       size_t count, gaze_error *err);

/* Reads a list such as "0,2,5-7,-1" into flags[count]; NULL sets all of them. */
gaze_status cli_select_list(bool *flags, const char *list, const char *what, size_t count, gaze_error *err);

#endif
