#include "core/base/strmap.h"

#include <string.h>

#include "core/base/memory.h"

/* FNV-1a with a final mix, so that the low bits, which choose the slot, depend on all bytes. */
static uint32_t hash_bytes(const char *key, size_t length) {
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < length; i++) hash = (hash ^ (unsigned char)key[i]) * 16777619u;
    hash ^= hash >> 15;
    hash *= 0x2C1B3C6Du;
    hash ^= hash >> 12;
    return hash;
}

/* The slot that holds the key, or the free one where it would go. There is always a free slot. */
static gaze_strmap_entry *find_slot(gaze_strmap_entry *slots, size_t capacity, const char *key,
                                    size_t length, uint32_t hash) {
    for (size_t i = hash & (capacity - 1);; i = (i + 1) & (capacity - 1)) {
        gaze_strmap_entry *slot = &slots[i];
        if (!slot->key) return slot;
        if (slot->hash == hash && slot->length == length && memcmp(slot->key, key, length) == 0)
            return slot;
    }
}

static bool rehash(gaze_strmap *map, size_t capacity) {
    gaze_strmap_entry *slots = gaze_alloc_zero(capacity, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < map->capacity; i++) {
        const gaze_strmap_entry *old = &map->slots[i];
        if (old->key) *find_slot(slots, capacity, old->key, old->length, old->hash) = *old;
    }
    gaze_free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

bool gaze_strmap_reserve(gaze_strmap *map, size_t count) {
    size_t needed;
    if (!gaze_size_mul(count, 2, &needed)) return false;
    size_t capacity = map->capacity ? map->capacity : 16;
    while (capacity < needed)
        if (!gaze_size_mul(capacity, 2, &capacity)) return false;
    return capacity == map->capacity || rehash(map, capacity);
}

bool gaze_strmap_set(gaze_strmap *map, const char *key, size_t length, int32_t value, bool *replaced) {
    if (length > UINT32_MAX || !gaze_strmap_reserve(map, map->count + 1)) return false;
    uint32_t hash = hash_bytes(key, length);
    gaze_strmap_entry *slot = find_slot(map->slots, map->capacity, key, length, hash);
    bool was_there = slot->key != NULL;
    if (!was_there) {
        *slot = (gaze_strmap_entry){.key = key, .length = (uint32_t)length, .hash = hash};
        map->count++;
    }
    slot->value = value;
    if (replaced) *replaced = was_there;
    return true;
}

bool gaze_strmap_get(const gaze_strmap *map, const char *key, size_t length, int32_t *value) {
    if (!map->count) return false;
    const gaze_strmap_entry *slot =
        find_slot(map->slots, map->capacity, key, length, hash_bytes(key, length));
    if (!slot->key) return false;
    if (value) *value = slot->value;
    return true;
}

void gaze_strmap_deinit(gaze_strmap *map) {
    gaze_free(map->slots);
    *map = (gaze_strmap){0};
}
