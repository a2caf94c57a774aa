/* Inputs in a block of exactly their size, so that a sanitizer sees a read one byte too far. */
#ifndef GAZE_TESTS_SUPPORT_EXACT_COPY_H
#define GAZE_TESTS_SUPPORT_EXACT_COPY_H

#include <stdlib.h>
#include <string.h>

/* Free with free(). */
static inline void *exact_copy(const void *bytes, size_t size) {
    void *copy = malloc(size ? size : 1);
    if (copy && size) memcpy(copy, bytes, size);
    return copy;
}

#endif
