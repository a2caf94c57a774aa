#include "tests/support/json_patch.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

static void write_scalar(gaze_buffer *out, const gaze_json_value *value) {
    switch (value->type) {
    case GAZE_JSON_STRING: gaze_buffer_put_json_string(out, value->as.text, value->length); break;
    case GAZE_JSON_NUMBER: gaze_buffer_append(out, value->as.text, value->length); break;
    case GAZE_JSON_TRUE: gaze_buffer_puts(out, "true"); break;
    case GAZE_JSON_FALSE: gaze_buffer_puts(out, "false"); break;
    default: gaze_buffer_puts(out, "null"); break;
    }
}

static void write_key(gaze_buffer *out, const gaze_json_value *key, bool *comma) {
    if (*comma) gaze_buffer_putc(out, ',');
    *comma = true;
    gaze_buffer_put_json_string(out, key->as.text, key->length);
    gaze_buffer_putc(out, ':');
}

/* The member of `object` whose key is the string `key`. */
static const gaze_json_value *member(const gaze_json_value *object, const gaze_json_value *key) {
    const gaze_json_value *found = NULL;
    for (const gaze_json_value *k = gaze_json_first(object); k; k = gaze_json_next_key(k))
        if (k->length == key->length && memcmp(k->as.text, key->as.text, key->length) == 0) found = k->next;
    return found;
}

static void write_array(gaze_buffer *out, const gaze_json_value *array, const gaze_json_value *more) {
    bool comma = false;
    gaze_buffer_putc(out, '[');
    for (int part = 0; part < 2; part++)
        for (const gaze_json_value *v = gaze_json_first(part ? more : array); v; v = v->next) {
            if (comma) gaze_buffer_putc(out, ',');
            comma = true;
            json_write(out, v);
        }
    gaze_buffer_putc(out, ']');
}

/* `value` after the merge patch, of which NULL changes nothing. */
static void write_merged(gaze_buffer *out, const gaze_json_value *value, const gaze_json_value *patch) {
    bool comma = false;
    if (patch && patch->type != GAZE_JSON_OBJECT) {
        json_write(out, patch);
        return;
    }
    if (!patch && value->type == GAZE_JSON_ARRAY) {
        write_array(out, value, NULL);
        return;
    }
    if (!patch && value->type != GAZE_JSON_OBJECT) {
        write_scalar(out, value);
        return;
    }
    const gaze_json_value *object = value && value->type == GAZE_JSON_OBJECT ? value : NULL;
    gaze_buffer_putc(out, '{');
    for (const gaze_json_value *key = gaze_json_first(object); key; key = gaze_json_next_key(key)) {
        const gaze_json_value *change = patch ? member(patch, key) : NULL;
        if (change && change->type == GAZE_JSON_NULL) continue;
        write_key(out, key, &comma);
        write_merged(out, key->next, change);
    }
    for (const gaze_json_value *key = gaze_json_first(patch); key; key = gaze_json_next_key(key)) {
        if ((object && member(object, key)) || key->next->type == GAZE_JSON_NULL) continue;
        write_key(out, key, &comma);
        write_merged(out, NULL, key->next);
    }
    gaze_buffer_putc(out, '}');
}

void json_write(gaze_buffer *out, const gaze_json_value *value) {
    write_merged(out, value, NULL);
}

void json_write_changed(gaze_buffer *out, const gaze_json_value *root, const gaze_json_value *patch,
                        const gaze_json_value *set, const gaze_json_value *add_tokens) {
    bool comma = false;
    gaze_buffer_putc(out, '{');
    for (const gaze_json_value *key = gaze_json_first(root); key; key = gaze_json_next_key(key)) {
        const gaze_json_value *value = set ? member(set, key) : NULL;
        write_key(out, key, &comma);
        if (value)
            json_write(out, value);
        else if (add_tokens && gaze_json_equals(key, "added_tokens"))
            write_array(out, key->next, add_tokens);
        else
            write_merged(out, key->next, patch ? member(patch, key) : NULL);
    }
    gaze_buffer_putc(out, '}');
}

/* Other kinds ----------------------------------------------------------------------------------------- */

static const char *const others[] = {"null",       "true",  "false",         "0",     "-1",   "1.5",
                                     "4294967296", "1e300", "\"\"",          "\"x\"", "[]",   "[0]",
                                     "[\"x\"]",    "[0,0]", "[\"x\",\"y\"]", "{}",    "[{}]", "{\"a\":0}"};

/* Writes `value` with the text `other` in place of the value `at`, which is one of its own; NULL leaves it out, a
 * member with its key. */
static void write_replaced(gaze_buffer *out, const gaze_json_value *value, const gaze_json_value *at,
                           const char *other) {
    const bool object = value->type == GAZE_JSON_OBJECT;
    bool comma = false;
    if (value == at) {
        gaze_buffer_puts(out, other);
        return;
    }
    if (!object && value->type != GAZE_JSON_ARRAY) {
        write_scalar(out, value);
        return;
    }
    gaze_buffer_putc(out, object ? '{' : '[');
    for (const gaze_json_value *v = gaze_json_first(value); v; v = v->next) {
        const gaze_json_value *key = v;
        if (object) v = v->next;
        if (v == at && !other) continue;
        if (object)
            write_key(out, key, &comma);
        else if (comma)
            gaze_buffer_putc(out, ',');
        comma = true;
        write_replaced(out, v, at, other);
    }
    gaze_buffer_putc(out, object ? '}' : ']');
}

typedef struct exchange {
    const gaze_json_value *root;
    json_attempt *try_changed;
    void *context;
} exchange;

static void exchange_one(const exchange *e, const gaze_json_value *at, const char *other) {
    gaze_buffer json = {0};
    write_replaced(&json, e->root, at, other);
    e->try_changed(e->context, json.data, json.length);
    gaze_buffer_deinit(&json);
}

static void exchange_below(const exchange *e, const gaze_json_value *value) {
    uint32_t left = value->count > 16 ? 3 : value->count;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) exchange_one(e, value, others[i]);
    if (value != e->root) exchange_one(e, value, NULL);
    for (const gaze_json_value *v = gaze_json_first(value); v && left--; v = v->next) {
        if (value->type == GAZE_JSON_OBJECT) v = v->next;
        exchange_below(e, v);
    }
}

void json_exchange_all(const char *text, size_t length, json_attempt *try_changed, void *context) {
    gaze_json *json;
    gaze_error err = {0};
    if (gaze_json_parse(&json, text, length, NULL, &err)) fail_msg("%s", err.message);
    const exchange e = {gaze_json_root(json), try_changed, context};
    exchange_below(&e, e.root);
    gaze_json_free(json);
}
