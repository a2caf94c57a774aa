#include "tokenizer/component.h"

#include <stdio.h>
#include <string.h>

#include "core/base/utf8.h"

#define PREFIX_SIZE 96

/* "Strip: ", the component's type for a message, cut off when it is too long; "" when it has none. */
static const char *type_prefix(const gaze_json_value *component, char out[PREFIX_SIZE]) {
    const gaze_json_value *type = gaze_json_get(component, "type");
    out[0] = '\0';
    if (type && type->type == GAZE_JSON_STRING)
        snprintf(out, PREFIX_SIZE, "%.*s: ", GAZE_QUOTED(type), type->as.text);
    return out;
}

static gaze_status walk_sequence(const gaze_json_value *sequence, const gaze_stage *stage,
                                 gaze_component_reader *read, void *context, gaze_error *err) {
    const gaze_json_value *members = gaze_json_get(sequence, stage->members);
    if (!members || members->type != GAZE_JSON_ARRAY)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s: Sequence: '%s' is %s, expected an array", stage->name,
                         stage->members, gaze_json_kind(members));
    gaze_status status = GAZE_OK;
    for (const gaze_json_value *m = gaze_json_first(members); m && !status; m = m->next)
        status = gaze_components_walk(m, stage, read, context, err);
    return status;
}

/* As deep as the JSON is nested, at most: the reader limits that. */
gaze_status gaze_components_walk(const gaze_json_value *list, const gaze_stage *stage,
                                 gaze_component_reader *read, void *context, gaze_error *err) {
    if (!list || list->type == GAZE_JSON_NULL) return GAZE_OK;
    if (list->type != GAZE_JSON_OBJECT)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s: %s, expected an object or null", stage->name,
                         gaze_json_kind(list));
    if (gaze_json_equals(gaze_json_get(list, "type"), "Sequence"))
        return walk_sequence(list, stage, read, context, err);
    gaze_status status = read(context, list, err);
    return status ? gaze_fail_prefix(err, status, "%s", stage->name) : GAZE_OK;
}

gaze_status gaze_component_unknown(const gaze_json_value *component, gaze_error *err) {
    const gaze_json_value *type = NULL;
    gaze_status status = gaze_field_string(&type, component, "type", err);
    return status ? status : gaze_fail_unknown(type->as.text, type->length, err);
}

gaze_status gaze_fail_unknown(const char *name, size_t length, gaze_error *err) {
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "'%.*s' is not one that gaze knows",
                     gaze_quoted(length), name);
}

gaze_status gaze_component_room(size_t count, gaze_error *err) {
    if (count < GAZE_MAX_COMPONENTS) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_LIMIT, "more than %d components", GAZE_MAX_COMPONENTS);
}

/* Fields --------------------------------------------------------------------------------------------- */

static gaze_status wrong_kind(const gaze_json_value *component, const char *key, const char *expected,
                              gaze_error *err) {
    char prefix[PREFIX_SIZE];
    return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s'%s' is %s, expected %s", type_prefix(component, prefix), key,
                     gaze_json_kind(gaze_json_get(component, key)), expected);
}

gaze_status gaze_field_bool(bool *out, const gaze_json_value *component, const char *key, gaze_error *err) {
    if (gaze_json_bool(gaze_json_get(component, key), out)) return GAZE_OK;
    return wrong_kind(component, key, "true or false", err);
}

gaze_status gaze_field_size(size_t *out, const gaze_json_value *component, const char *key, gaze_error *err) {
    uint64_t value;
    if (!gaze_json_uint64(gaze_json_get(component, key), &value) || value > SIZE_MAX)
        return wrong_kind(component, key, "a whole number from 0", err);
    *out = (size_t)value;
    return GAZE_OK;
}

gaze_status gaze_field_id(int32_t *out, const gaze_json_value *component, const char *key, gaze_error *err) {
    uint64_t value;
    if (!gaze_json_uint64(gaze_json_get(component, key), &value) || value > GAZE_MAX_ID)
        return wrong_kind(component, key, "a whole number from 0 to 16777215", err);
    *out = (int32_t)value;
    return GAZE_OK;
}

gaze_status gaze_field_string(const gaze_json_value **out, const gaze_json_value *component, const char *key,
                              gaze_error *err) {
    const gaze_json_value *value = gaze_json_get(component, key);
    if (!value || value->type != GAZE_JSON_STRING) return wrong_kind(component, key, "a string", err);
    *out = value;
    return GAZE_OK;
}

gaze_status gaze_field_literal(gaze_literal *out, gaze_arena *arena, const gaze_json_value *component,
                               const char *key, gaze_error *err) {
    const gaze_json_value *string = NULL;
    gaze_status status = gaze_field_string(&string, component, key, err);
    return status ? status : gaze_literal_read(out, arena, string, err);
}

gaze_status gaze_field_choice(int *out, const gaze_json_value *component, const char *key,
                              const char *const *names, gaze_error *err) {
    const gaze_json_value *value = NULL;
    gaze_status status = gaze_field_string(&value, component, key, err);
    if (status) return status;
    for (int i = 0; names[i]; i++) {
        if (!gaze_json_equals(value, names[i])) continue;
        *out = i;
        return GAZE_OK;
    }
    char prefix[PREFIX_SIZE];
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "%s'%s' is \"%.*s\", which gaze does not know",
                     type_prefix(component, prefix), key, GAZE_QUOTED(value), value->as.text);
}

bool gaze_field_is_absent(const gaze_json_value *component, const char *key) {
    const gaze_json_value *value = gaze_json_get(component, key);
    return !value || value->type == GAZE_JSON_NULL;
}

bool gaze_field_all(const gaze_json_value *component, const char *const *keys) {
    for (; *keys; keys++)
        if (!gaze_json_get(component, *keys)) return false;
    return true;
}

const gaze_json_value *gaze_field_named(const gaze_json_value *object, const gaze_json_value *name) {
    const gaze_json_value *found = NULL;
    if (object->type != GAZE_JSON_OBJECT) return NULL;
    for (const gaze_json_value *key = gaze_json_first(object); key; key = gaze_json_next_key(key))
        if (key->length == name->length && memcmp(key->as.text, name->as.text, name->length) == 0)
            found = key->next;
    return found;
}

gaze_status gaze_literal_read(gaze_literal *out, gaze_arena *arena, const gaze_json_value *string,
                              gaze_error *err) {
    uint32_t *code_points = gaze_arena_alloc(arena, string->length + 1, sizeof *code_points);
    if (!code_points) return gaze_fail_memory(err);
    size_t count = 0;
    for (size_t at = 0; at < string->length; count++)
        at += gaze_utf8_decode(string->as.text + at, string->length - at, &code_points[count], NULL);
    *out = (gaze_literal){code_points, count};
    return GAZE_OK;
}
