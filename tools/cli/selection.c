#include "tools/cli/selection.h"

#include <stdlib.h>
#include <string.h>

/* A whole number at *at, which moves behind it; negative ones count from the end. */
static gaze_status read_index(size_t *index, const char **at, const char *what, size_t count,
                              gaze_error *err) {
    char *end;
    long number = strtol(*at, &end, 10);
    if (end == *at)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s' is no %s; expected a number", *at, what);
    long from_start = number < 0 ? number + (long)count : number;
    if (from_start < 0 || (size_t)from_start >= count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "there is no %s %ld; the model has 0 to %zu", what, number,
                         count - 1);
    *index = (size_t)from_start;
    *at = end;
    return GAZE_OK;
}

gaze_status cli_select(cli_selection *selection, const char *word, const char *fallback, const char *what,
                       size_t count, gaze_error *err) {
    if (!word) word = fallback;
    *selection = (cli_selection){.kind = CLI_ONE, .index = count - 1};
    if (strcmp(word, "last") == 0) return GAZE_OK;
    if (strcmp(word, "mean") == 0) selection->kind = CLI_MEAN;
    if (strcmp(word, "max") == 0) selection->kind = CLI_MAX;
    if (strcmp(word, "all") == 0) selection->kind = CLI_ALL;
    if (selection->kind != CLI_ONE) return GAZE_OK;
    const char *at = word;
    gaze_status status = read_index(&selection->index, &at, what, count, err);
    if (!status && *at)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s' is no %s; expected a number, mean, max, last or all",
                         word, what);
    return status;
}

gaze_status cli_select_list(bool *flags, const char *list, const char *what, size_t count,
                            gaze_error *err) {
    for (size_t i = 0; i < count; i++) flags[i] = list == NULL;
    for (const char *at = list; at;) {
        size_t first, last;
        gaze_status status = read_index(&first, &at, what, count, err);
        last = first;
        if (!status && *at == '-') {
            at++;
            status = read_index(&last, &at, what, count, err);
        }
        if (status) return status;
        if (*at && *at != ',')
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s': expected a list of %ss such as 0,2,5-7", list,
                             what);
        for (size_t i = first; i <= last; i++) flags[i] = true;
        at = *at ? at + 1 : NULL;
    }
    return GAZE_OK;
}
