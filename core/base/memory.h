/* Memory: the one door through which the library allocates, and checked arithmetic for sizes.
 *
 * Sizes that come from a file or a caller are multiplied with gaze_size_mul before anything is
 * allocated. A test hook can make any allocation fail.
 */
#ifndef GAZE_CORE_BASE_MEMORY_H
#define GAZE_CORE_BASE_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* *out = a * b, or a + b. Return false, and leave *out alone, when the result does not fit. */
bool gaze_size_mul(size_t a, size_t b, size_t *out);
bool gaze_size_add(size_t a, size_t b, size_t *out);

/* Room for `count` things of `size` bytes. NULL when there is none or the product overflows; never
 * NULL for a count of 0. gaze_alloc's bytes are undefined, gaze_alloc_zero's are 0. Free with gaze_free. */
void *gaze_alloc(size_t count, size_t size);
void *gaze_alloc_zero(size_t count, size_t size);

/* Room for a matrix, (rows,columns), of undefined numbers. NULL as above. */
float *gaze_alloc_floats(size_t rows, size_t columns);

/* Grows or shrinks. On failure returns NULL and the old block stays valid. */
void *gaze_realloc(void *block, size_t count, size_t size);

/* A copy of `length` bytes with a NUL put behind them. */
char *gaze_copy_string(const char *bytes, size_t length);

/* free(NULL) is fine here too. */
void gaze_free(void *block);

/* Test hook: asked before every allocation; the allocation fails when it returns false. NULL removes it.
 * Not for use while other threads allocate. */
typedef bool gaze_memory_hook(void *context);
void gaze_memory_set_hook(gaze_memory_hook *hook, void *context);

/* An arena: many small pieces that are freed together. Pieces are aligned for any type.
 * A zeroed struct is an empty arena. */
typedef struct gaze_arena {
    struct gaze_arena_block *blocks; /* newest first */
} gaze_arena;

void *gaze_arena_alloc(gaze_arena *arena, size_t count, size_t size);
char *gaze_arena_copy_string(gaze_arena *arena, const char *bytes, size_t length);
void gaze_arena_deinit(gaze_arena *arena);

#endif
