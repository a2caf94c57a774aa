#include "tools/pipeline/inputs.h"

#include <string.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/json.h"

static gaze_status copy(const char **out, gaze_arena *arena, const char *text, size_t length,
                        gaze_error *err) {
    *out = gaze_arena_copy_string(arena, text, length);
    return *out ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status push(gaze_input_list *list, gaze_input input, gaze_error *err) {
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 8;
        gaze_input *items = gaze_realloc(list->items, capacity, sizeof *items);
        if (!items) return gaze_fail_memory(err);
        list->items = items;
        list->capacity = capacity;
    }
    list->items[list->count++] = input;
    return GAZE_OK;
}

gaze_status gaze_input_copy(gaze_input *out, gaze_arena *arena, const gaze_input *input, gaze_error *err) {
    *out = *input;
    gaze_status status = copy(&out->text, arena, input->text, input->text_length, err);
    if (!status && input->pair) status = copy(&out->pair, arena, input->pair, input->pair_length, err);
    return status;
}

gaze_status gaze_input_list_add(gaze_input_list *list, const gaze_input *input, gaze_error *err) {
    gaze_input owned;
    gaze_status status = gaze_input_copy(&owned, &list->arena, input, err);
    return status ? status : push(list, owned, err);
}

/* A JSON string, or an array of one or two of them. */
static gaze_status read_value(gaze_input *input, gaze_arena *arena, const gaze_json_value *value,
                              gaze_error *err) {
    const gaze_json_value *text = value->type == GAZE_JSON_ARRAY ? gaze_json_first(value) : value;
    const gaze_json_value *pair = value->type == GAZE_JSON_ARRAY && text ? text->next : NULL;
    bool fits = text && text->type == GAZE_JSON_STRING &&
                (value->type == GAZE_JSON_STRING || (value->count == 2 && pair->type == GAZE_JSON_STRING));
    if (!fits)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected a string or an array [text, pair]",
                         gaze_json_kind(value));
    *input = (gaze_input){.text_length = text->length, .pair_length = pair ? pair->length : 0};
    gaze_status status = copy(&input->text, arena, text->as.text, text->length, err);
    if (!status && pair) status = copy(&input->pair, arena, pair->as.text, pair->length, err);
    return status;
}

/* A member of an object; *text stays NULL when there is none. */
static gaze_status read_member(const char **text, size_t *length, gaze_arena *arena,
                               const gaze_json_value *object, const char *name, gaze_error *err) {
    const gaze_json_value *value = gaze_json_get(object, name);
    if (!value || value->type == GAZE_JSON_NULL) return GAZE_OK;
    if (value->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "\"%s\": %s, expected a string", name,
                         gaze_json_kind(value));
    *length = value->length;
    return copy(text, arena, value->as.text, value->length, err);
}

/* {"text": ..., "text_pair": ...}, or what read_value reads. */
static gaze_status read_members(gaze_input *input, gaze_arena *arena, const gaze_json_value *value,
                                gaze_error *err) {
    if (value->type != GAZE_JSON_OBJECT) return read_value(input, arena, value, err);
    *input = (gaze_input){0};
    gaze_status status = read_member(&input->text, &input->text_length, arena, value, "text", err);
    if (!status && !input->text)
        status = gaze_fail(err, GAZE_ERROR_SCHEMA,
                           "an object without \"text\", expected a string, an array [text, "
                           "pair] or {\"text\": ..., \"text_pair\": ...}");
    return status ? status : read_member(&input->pair, &input->pair_length, arena, value, "text_pair", err);
}

typedef gaze_status value_reader(gaze_input *input, gaze_arena *arena, const gaze_json_value *value,
                                 gaze_error *err);

static gaze_status parse(gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                         value_reader *read, gaze_error *err) {
    static const gaze_json_options lenient = {.lenient_text = true};
    gaze_json *json = NULL;
    gaze_status status = gaze_json_parse(&json, line, length, &lenient, err);
    if (!status) status = read(input, arena, gaze_json_root(json), err);
    gaze_json_free(json);
    return status;
}

gaze_status gaze_input_parse(gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                             bool plain, gaze_error *err) {
    *input = (gaze_input){.text_length = length};
    return plain ? copy(&input->text, arena, line, length, err)
                 : parse(input, arena, line, length, read_value, err);
}

gaze_status gaze_input_parse_members(gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                                     gaze_error *err) {
    return parse(input, arena, line, length, read_members, err);
}

gaze_status gaze_input_list_read(gaze_input_list *list, const char *path, bool plain, gaze_error *err) {
    gaze_file file;
    bool standard = strcmp(path, "-") == 0;
    const char *name = standard ? "standard input" : path;
    gaze_status status = standard ? gaze_file_read_stream(&file, STDIN_FILENO, name, 0, err)
                                  : gaze_file_open(&file, path, GAZE_FILE_READ, 0, err);
    const char *at = (const char *)file.data, *end = at + file.size;
    for (size_t number = 1; !status && at < end; number++) {
        const char *feed = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((feed ? feed : end) - at);
        gaze_input input;
        status = gaze_input_parse(&input, &list->arena, at, length, plain, err);
        if (!status) status = push(list, input, err);
        if (status) gaze_fail_prefix(err, status, "%s, line %zu", name, number);
        at += length + 1;
    }
    gaze_file_close(&file);
    return status;
}

void gaze_input_list_deinit(gaze_input_list *list) {
    gaze_free(list->items);
    gaze_arena_deinit(&list->arena);
    *list = (gaze_input_list){0};
}
