#include "weights/text_list.h"

static gaze_status make_room(gaze_text_list *list, gaze_error *err) {
    if (list->count < list->capacity) return GAZE_OK;
    size_t capacity = list->capacity ? list->capacity * 2 : 8;
    const char **items = gaze_realloc(list->items, capacity, sizeof *items);
    if (!items) return gaze_fail_memory(err);
    list->items = items;
    list->capacity = capacity;
    return GAZE_OK;
}

gaze_status gaze_text_list_add(gaze_text_list *list, const char *text, size_t length, gaze_error *err) {
    gaze_status status = make_room(list, err);
    if (status) return status;
    const char *copy = gaze_arena_copy_string(&list->arena, text, length);
    if (!copy) return gaze_fail_memory(err);
    list->items[list->count++] = copy;
    return GAZE_OK;
}

void gaze_text_list_deinit(gaze_text_list *list) {
    gaze_free(list->items);
    gaze_arena_deinit(&list->arena);
    *list = (gaze_text_list){0};
}
