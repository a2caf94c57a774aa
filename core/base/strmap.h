/* A map from byte strings to int32_t: vocabularies, tensor names. Open addressing, linear probing.
 * Keys are borrowed: their bytes must outlive the map. They may hold NUL.
 */
#ifndef GAZE_CORE_BASE_STRMAP_H
#define GAZE_CORE_BASE_STRMAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct gaze_strmap_entry {
    const char *key; /* NULL: free slot */
    uint32_t length;
    uint32_t hash;
    int32_t value;
} gaze_strmap_entry;

/* A zeroed struct is an empty map. */
typedef struct gaze_strmap {
    gaze_strmap_entry *slots; /* a power of two of them */
    size_t capacity;
    size_t count;
} gaze_strmap;

/* Makes room for `count` keys at once; optional. False: out of memory. */
bool gaze_strmap_reserve(gaze_strmap *map, size_t count);
/* Sets key -> value, replacing an older value. *replaced (may be NULL) tells whether there was one.
 * False: out of memory (or a key of 4 GiB). */
bool gaze_strmap_set(gaze_strmap *map, const char *key, size_t length, int32_t value, bool *replaced);
/* True and *value (may be NULL) when the key is there. */
bool gaze_strmap_get(const gaze_strmap *map, const char *key, size_t length, int32_t *value);
void gaze_strmap_deinit(gaze_strmap *map);

#endif
