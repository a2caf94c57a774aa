#include "tools/pipeline/selection.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

/* A whole number at *at, which moves behind it; negative ones count from the end. */
static gaze_status read_index(size_t *index, const char **at, const char *what, size_t count,
                              gaze_error *err) {
    char *end;
    long number = strtol(*at, &end, 10);
    if (end == *at)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s' is no %s; expected a number", *at, what);
    long from_start = number < 0 ? number + (long)count : number;
    if (from_start < 0 || (size_t)from_start >= count)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "there is no %s %ld; there are 0 to %zu", what, number,
                         count - 1);
    *index = (size_t)from_start;
    *at = end;
    return GAZE_OK;
}

/* One "3" or "5-7" of a list, at *at, which moves behind it. */
static gaze_status read_range(bool *flags, const char **at, const char *what, size_t count, gaze_error *err) {
    size_t first = 0, last;
    gaze_status status = read_index(&first, at, what, count, err);
    last = first;
    if (!status && **at == '-') {
        ++*at;
        status = read_index(&last, at, what, count, err);
        if (!status && last < first)
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "%ss %zu to %zu: expected the lower one first", what, first,
                             last);
    }
    for (size_t i = first; !status && i <= last; i++) flags[i] = true;
    return status;
}

gaze_status gaze_select_list(bool *flags, const char *list, const char *what, size_t count,
                             gaze_error *err) {
    for (size_t i = 0; i < count; i++) flags[i] = list == NULL;
    for (const char *at = list; at; at = *at ? at + 1 : NULL) {
        gaze_status status = read_range(flags, &at, what, count, err);
        if (status) return status;
        if (*at && *at != ',')
            return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s': expected a list of %ss such as 0,2,5-7", list,
                             what);
    }
    return GAZE_OK;
}

/* The list that stands for a word, NULL for all of them. */
static const char *list_of(gaze_reduction *reduction, const char *word, const char *include) {
    *reduction = strcmp(word, "mean") == 0 ? GAZE_MEAN : strcmp(word, "max") == 0 ? GAZE_MAX : GAZE_EACH;
    if (strcmp(word, "last") == 0) return "-1";
    return *reduction != GAZE_EACH || strcmp(word, "all") == 0 ? include : word;
}

gaze_status gaze_select(gaze_selection *selection, const char *word, const char *include, const char *what,
                        size_t count, gaze_error *err) {
    *selection = (gaze_selection){0};
    const char *list = list_of(&selection->reduction, word, include);
    bool *flags = gaze_alloc_zero(count, sizeof *flags);
    selection->indices = gaze_alloc(count, sizeof *selection->indices);
    gaze_status status = flags && selection->indices ? GAZE_OK : gaze_fail_memory(err);
    if (!status) status = gaze_select_list(flags, list, what, count, err);
    if (status == GAZE_ERROR_ARGUMENT && list == word && (word[0] < '0' || word[0] > '9') && word[0] != '-')
        status = gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s' is no %s; expected a number, mean, max, last or all",
                           word, what);
    for (size_t i = 0; i < count && !status; i++)
        if (flags[i]) selection->indices[selection->count++] = i;
    gaze_free(flags);
    if (status) gaze_selection_deinit(selection);
    return status;
}

void gaze_selection_deinit(gaze_selection *selection) {
    gaze_free(selection->indices);
    *selection = (gaze_selection){0};
}
