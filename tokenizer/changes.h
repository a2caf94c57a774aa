/* A list of changes (normalized.h), which a normalizer writes from left to right. */
#ifndef GAZE_TOKENIZER_CHANGES_H
#define GAZE_TOKENIZER_CHANGES_H

#include <stdbool.h>

#include "core/base/memory.h"
#include "tokenizer/grow.h"
#include "tokenizer/normalized.h"

/* A zeroed struct is empty; `items` is freed with gaze_free. */
typedef struct gaze_changes {
    gaze_change *items;
    size_t count, capacity;
} gaze_changes;

/* False: out of memory. */
static inline bool gaze_changes_push(gaze_changes *list, uint32_t code_point, int32_t change) {
    gaze_change *items = gaze_grow(list->items, &list->capacity, list->count + 1, sizeof *items);
    if (!items) return false;
    list->items = items;
    items[list->count++] = (gaze_change){code_point, change};
    return true;
}

#endif
