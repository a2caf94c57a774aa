/* A bounded JSON reader (RFC 8259): the whole text becomes a tree that owns its strings.
 *
 * Safe on hostile input: depth is limited and no recursion is used, nothing relies on a terminating NUL,
 * and a number that no double can hold is refused. Every error has a byte offset. Integers are exact.
 *
 *     gaze_json *json = NULL;
 *     if (gaze_json_parse(&json, text, length, NULL, err)) return ...;
 *     const gaze_json_value *size = gaze_json_get(gaze_json_root(json), "hidden_size");
 *     ...
 *     gaze_json_free(json);
 */
#ifndef GAZE_CORE_BASE_JSON_H
#define GAZE_CORE_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"

typedef enum gaze_json_type {
    GAZE_JSON_NULL,
    GAZE_JSON_FALSE,
    GAZE_JSON_TRUE,
    GAZE_JSON_NUMBER,
    GAZE_JSON_STRING,
    GAZE_JSON_ARRAY,
    GAZE_JSON_OBJECT
} gaze_json_type;

/* One value. An object's members follow it as pairs key, value; see the iterator below.
 * All pointers are borrowed from the tree and live as long as it does. */
typedef struct gaze_json_value {
    gaze_json_type type;
    uint32_t count;     /* arrays: elements; objects: members; otherwise 0 */
    size_t offset;      /* where the value begins in the input, in bytes */
    size_t length;      /* strings: bytes after unescaping; numbers: bytes as written */
    union {
        const char *text;                    /* strings, numbers; not terminated; may hold NUL */
        const struct gaze_json_value *child; /* first element, or first key; NULL when empty */
    } as;
    const struct gaze_json_value *next; /* next element, or the key's value, or the next key */
} gaze_json_value;

typedef struct gaze_json gaze_json;

/* Zero fields take the default. */
typedef struct gaze_json_options {
    size_t max_depth; /* containers inside each other; default 64 */
    /* For text that people send: ill-formed UTF-8 inside strings is kept as it stands (the tokenizer reads
     * it as U+FFFD) and a lone surrogate escape (\ud800) becomes U+FFFD, instead of errors. */
    bool lenient_text;
} gaze_json_options;

/* Parses `length` bytes, which may be freed afterwards: the tree keeps its own copy of what it needs.
 * Errors: UTF8, JSON_EOF, JSON_SYNTAX, JSON_DEPTH, MEMORY. `options` may be NULL. *out is NULL on failure.
 * White space may stand on both sides of the value; a byte order mark may not. */
gaze_status gaze_json_parse(gaze_json **out, const char *text, size_t length,
                            const gaze_json_options *options, gaze_error *err);
void gaze_json_free(gaze_json *json);
const gaze_json_value *gaze_json_root(const gaze_json *json);

/* Member of an object by key; the last one when the key stands twice, as Python's and serde's maps do.
 * NULL when `object` is NULL or no object, or has no such key. Linear in the number of members. */
const gaze_json_value *gaze_json_get(const gaze_json_value *object, const char *key);

/* Walks arrays and objects:  for (v = gaze_json_first(a); v; v = v->next)
 *                            for (key = gaze_json_first(o); key; key = gaze_json_next_key(key)) use key, key->next */
const gaze_json_value *gaze_json_first(const gaze_json_value *container);
const gaze_json_value *gaze_json_next_key(const gaze_json_value *key);

/* The first key of `object` that stands there twice (compared after unescaping): the later key.
 * *found is NULL when there is none. GAZE_ERROR_MEMORY when the set of keys cannot be built. */
gaze_status gaze_json_find_duplicate(const gaze_json_value *object, const gaze_json_value **found,
                                     gaze_error *err);

/* Exact conversions: false when the value is no number, is written with a fraction or an exponent, or
 * does not fit. "-0" is no unsigned number. */
bool gaze_json_uint64(const gaze_json_value *value, uint64_t *out);
bool gaze_json_int64(const gaze_json_value *value, int64_t *out);
/* Nearest double to the number as written, in any locale. False when the value is no number. */
bool gaze_json_double(const gaze_json_value *value, double *out);
/* False when the value is neither true nor false. */
bool gaze_json_bool(const gaze_json_value *value, bool *out);
/* True when the value is a string equal to the C string. */
bool gaze_json_equals(const gaze_json_value *value, const char *string);

/* "null", "a number", "an object": for messages. `value` may be NULL ("nothing"). */
const char *gaze_json_kind(const gaze_json_value *value);

#endif
