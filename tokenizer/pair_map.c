#include "tokenizer/pair_map.h"

#include "core/base/memory.h"

static bool grow(gaze_pair_map *map) {
    gaze_pair_map larger = {.capacity = map->capacity ? 2 * map->capacity : 64, .count = map->count};
    larger.slots = gaze_alloc(larger.capacity, sizeof *larger.slots);
    if (!larger.slots) return false;
    for (size_t i = 0; i < larger.capacity; i++) larger.slots[i].key.first = GAZE_PAIR_NONE;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key.first != GAZE_PAIR_NONE)
            larger.slots[gaze_pair_slot(&larger, map->slots[i].key)] = map->slots[i];
    gaze_free(map->slots);
    *map = larger;
    return true;
}

gaze_pair *gaze_pair_map_at(gaze_pair_map *map, gaze_pair key) {
    if (2 * (map->count + 1) > map->capacity && !grow(map)) return NULL;
    gaze_pair_entry *entry = &map->slots[gaze_pair_slot(map, key)];
    if (entry->key.first == GAZE_PAIR_NONE) {
        *entry = (gaze_pair_entry){key, {GAZE_PAIR_NONE, GAZE_PAIR_NONE}};
        map->count++;
    }
    return &entry->value;
}

void gaze_pair_map_deinit(gaze_pair_map *map) {
    gaze_free(map->slots);
    *map = (gaze_pair_map){0};
}
