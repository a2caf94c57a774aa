#include "core/base/memory.h"

#include <stdlib.h>
#include <string.h>

static gaze_memory_hook *hook;
static void *hook_context;

void gaze_memory_set_hook(gaze_memory_hook *new_hook, void *context) {
    hook = new_hook;
    hook_context = context;
}

bool gaze_size_mul(size_t a, size_t b, size_t *out) {
    if (b != 0 && a > SIZE_MAX / b) return false;
    *out = a * b;
    return true;
}

bool gaze_size_add(size_t a, size_t b, size_t *out) {
    if (a > SIZE_MAX - b) return false;
    *out = a + b;
    return true;
}

/* The size in bytes of an allocation that may go ahead; false when it must fail. Never 0 bytes, so that
 * NULL always means failure; never above PTRDIFF_MAX, which pointer arithmetic could not span. */
static bool permitted(size_t count, size_t size, size_t *bytes) {
    if (!gaze_size_mul(count, size, bytes) || *bytes > PTRDIFF_MAX) return false;
    if (*bytes == 0) *bytes = 1;
    return !hook || hook(hook_context);
}

void *gaze_alloc(size_t count, size_t size) {
    size_t bytes;
    return permitted(count, size, &bytes) ? malloc(bytes) : NULL;
}

void *gaze_alloc_zero(size_t count, size_t size) {
    size_t bytes;
    return permitted(count, size, &bytes) ? calloc(1, bytes) : NULL;
}

float *gaze_alloc_floats(size_t rows, size_t columns) {
    size_t count;
    return gaze_size_mul(rows, columns, &count) ? gaze_alloc(count, sizeof(float)) : NULL;
}

void *gaze_realloc(void *block, size_t count, size_t size) {
    size_t bytes;
    return permitted(count, size, &bytes) ? realloc(block, bytes) : NULL;
}

void gaze_free(void *block) {
    free(block);
}

char *gaze_copy_string(const char *bytes, size_t length) {
    size_t size;
    if (!gaze_size_add(length, 1, &size)) return NULL;
    char *copy = gaze_alloc(size, 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

/* Arena: pieces are cut from blocks of ARENA_BLOCK bytes; a larger piece gets a block of its own, put
 * behind the current one so that the current one's rest stays in use. */
#define ARENA_BLOCK 16384

struct gaze_arena_block {
    struct gaze_arena_block *next;
    size_t used;
    size_t size;
    max_align_t data[];
};

static struct gaze_arena_block *new_block(size_t size) {
    size_t bytes;
    if (!gaze_size_add(size, offsetof(struct gaze_arena_block, data), &bytes)) return NULL;
    struct gaze_arena_block *block = gaze_alloc(bytes, 1);
    if (!block) return NULL;
    *block = (struct gaze_arena_block){.next = NULL, .used = 0, .size = size};
    return block;
}

/* A block with room for `bytes`, linked into the arena. */
static struct gaze_arena_block *block_with_room(gaze_arena *arena, size_t bytes) {
    struct gaze_arena_block *current = arena->blocks;
    if (current && current->size - current->used >= bytes) return current;
    bool large = bytes > ARENA_BLOCK / 4;
    struct gaze_arena_block *block = new_block(large ? bytes : ARENA_BLOCK);
    if (!block) return NULL;
    if (large && current) {
        block->next = current->next;
        current->next = block;
    } else {
        block->next = current;
        arena->blocks = block;
    }
    return block;
}

void *gaze_arena_alloc(gaze_arena *arena, size_t count, size_t size) {
    size_t bytes;
    const size_t align = sizeof(max_align_t);
    if (!gaze_size_mul(count, size, &bytes) || !gaze_size_add(bytes, align - 1, &bytes)) return NULL;
    bytes = bytes / align * align;
    if (bytes == 0) bytes = align;
    struct gaze_arena_block *block = block_with_room(arena, bytes);
    if (!block) return NULL;
    void *piece = (char *)block->data + block->used;
    block->used += bytes;
    return piece;
}

char *gaze_arena_copy_string(gaze_arena *arena, const char *bytes, size_t length) {
    size_t size;
    if (!gaze_size_add(length, 1, &size)) return NULL;
    char *copy = gaze_arena_alloc(arena, size, 1);
    if (!copy) return NULL;
    if (length) memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

void gaze_arena_deinit(gaze_arena *arena) {
    struct gaze_arena_block *block = arena->blocks;
    while (block) {
        struct gaze_arena_block *next = block->next;
        gaze_free(block);
        block = next;
    }
    arena->blocks = NULL;
}
