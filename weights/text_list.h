/* A list of strings that owns its strings: names of missing tensors, shards, notices. */
#ifndef GAZE_WEIGHTS_TEXT_LIST_H
#define GAZE_WEIGHTS_TEXT_LIST_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"

/* A zeroed struct is an empty list. */
typedef struct gaze_text_list {
    const char **items; /* terminated */
    size_t count;
    size_t capacity;
    gaze_arena arena;
} gaze_text_list;

/* Appends a copy of `length` bytes. */
gaze_status gaze_text_list_add(gaze_text_list *list, const char *text, size_t length, gaze_error *err);
void gaze_text_list_deinit(gaze_text_list *list);

#endif
