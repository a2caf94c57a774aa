/* Growing an array: what the lists of this room (chars, pieces, tokens) have in common. */
#ifndef GAZE_TOKENIZER_GROW_H
#define GAZE_TOKENIZER_GROW_H

#include <stddef.h>

#include "core/base/memory.h"

/* Makes room for `needed` items of `size` bytes, at least doubling *capacity when it does not suffice.
 * Returns the array, which may have moved; NULL when there is no memory, and then the old array stays. */
static inline void *gaze_grow(void *items, size_t *capacity, size_t needed, size_t size) {
    if (items && needed <= *capacity) return items;
    size_t larger = *capacity < 16 ? 16 : *capacity;
    while (larger < needed)
        if (!gaze_size_mul(larger, 2, &larger)) return NULL;
    void *grown = gaze_realloc(items, larger, size);
    if (grown) *capacity = larger;
    return grown;
}

#endif
