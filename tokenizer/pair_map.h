/* A map from pairs of numbers to pairs of numbers: the merges of BPE, (left id, right id) -> (rank, merged id).
 * Open addressing, linear probing. */
#ifndef GAZE_TOKENIZER_PAIR_MAP_H
#define GAZE_TOKENIZER_PAIR_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GAZE_PAIR_NONE UINT32_MAX

typedef struct gaze_pair {
    uint32_t first, second;
} gaze_pair;

typedef struct gaze_pair_entry {
    gaze_pair key; /* key.first GAZE_PAIR_NONE: free slot */
    gaze_pair value;
} gaze_pair_entry;

/* A zeroed struct is an empty map. */
typedef struct gaze_pair_map {
    gaze_pair_entry *slots; /* a power of two of them, at least twice the keys */
    size_t capacity;
    size_t count;
} gaze_pair_map;

/* The value of a key, which is added with (GAZE_PAIR_NONE, GAZE_PAIR_NONE) when it is new. The pointer lives
 * until the next call. NULL: out of memory. key.first must not be GAZE_PAIR_NONE. */
gaze_pair *gaze_pair_map_at(gaze_pair_map *map, gaze_pair key);
void gaze_pair_map_deinit(gaze_pair_map *map);

/* Where a key is, or would be. */
static inline size_t gaze_pair_slot(const gaze_pair_map *map, gaze_pair key) {
    uint64_t hash = ((uint64_t)key.first << 32 | key.second) * 0x9E3779B97F4A7C15u; /* 2^64 / golden ratio */
    size_t slot = (size_t)(hash >> 32) & (map->capacity - 1);
    while (map->slots[slot].key.first != GAZE_PAIR_NONE &&
           (map->slots[slot].key.first != key.first || map->slots[slot].key.second != key.second))
        slot = (slot + 1) & (map->capacity - 1);
    return slot;
}

/* The value of a key; (GAZE_PAIR_NONE, GAZE_PAIR_NONE) when it is not there. */
static inline gaze_pair gaze_pair_map_get(const gaze_pair_map *map, uint32_t first, uint32_t second) {
    const gaze_pair none = {GAZE_PAIR_NONE, GAZE_PAIR_NONE};
    if (!map->count) return none;
    const gaze_pair_entry *entry = &map->slots[gaze_pair_slot(map, (gaze_pair){first, second})];
    return entry->key.first == GAZE_PAIR_NONE ? none : entry->value;
}

#endif
