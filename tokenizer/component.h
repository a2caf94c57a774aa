/* Components as tokenizer.json writes them: {"type": "Strip", "strip_left": true, ...}.
 *
 * A tokenizer is four lists of components (normalizers, pre-tokenizers, processors, decoders) around one
 * model. A list is a component, a {"type": "Sequence"} of components, or null; sequences inside sequences
 * are flattened, which changes nothing, since both mean "one after the other".
 *
 * The readers of fields name the component and the field in their errors:
 *     tokenizer.json: normalizer: Strip: 'strip_left' is a number, expected true or false
 */
#ifndef GAZE_TOKENIZER_COMPONENT_H
#define GAZE_TOKENIZER_COMPONENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/normalized.h"

#define GAZE_MAX_COMPONENTS 32       /* in one list, sequences flattened */
#define GAZE_MAX_ID         0xFFFFFF /* as the largest vocabulary that a config may have, 2^24 */

/* The precision of "%.*s" for a string of the file in a message: not all of it when it is long. */
#define GAZE_QUOTED(string) gaze_quoted((string)->length)

/* What the four lists differ in, for the walk and for messages. */
typedef struct gaze_stage {
    const char *name;    /* "normalizer" */
    const char *members; /* the key of a Sequence's list: "normalizers" */
} gaze_stage;

/* Reads one component, which is no Sequence. */
typedef gaze_status gaze_component_reader(void *context, const gaze_json_value *component, gaze_error *err);

/* Calls `read` for every component of the list, in order. Fails with SCHEMA when it is no list of
 * components, and with what `read` fails with. */
gaze_status gaze_components_walk(const gaze_json_value *list, const gaze_stage *stage,
                                 gaze_component_reader *read, void *context, gaze_error *err);

/* UNSUPPORTED, by its type: "'UnicodeScripts' is not one that gaze knows". */
gaze_status gaze_component_unknown(const gaze_json_value *component, gaze_error *err);
gaze_status gaze_fail_unknown(const char *name, size_t length, gaze_error *err); /* the same by a name */
/* LIMIT: a list that has `count` components already and is full. */
gaze_status gaze_component_room(size_t count, gaze_error *err);

/* Fields of a component. Each fails with SCHEMA when the field is missing or of another kind. */
gaze_status gaze_field_bool(bool *out, const gaze_json_value *component, const char *key, gaze_error *err);
gaze_status gaze_field_size(size_t *out, const gaze_json_value *component, const char *key, gaze_error *err);
/* 0 to GAZE_MAX_ID. */
gaze_status gaze_field_id(int32_t *out, const gaze_json_value *component, const char *key, gaze_error *err);
gaze_status gaze_field_string(const gaze_json_value **out, const gaze_json_value *component, const char *key,
                              gaze_error *err);
/* A string as code points, copied into the arena. */
gaze_status gaze_field_literal(gaze_literal *out, gaze_arena *arena, const gaze_json_value *component,
                               const char *key, gaze_error *err);
/* A string that is one of `names`, which ends with NULL: its index. */
gaze_status gaze_field_choice(int *out, const gaze_json_value *component, const char *key,
                              const char *const *names, gaze_error *err);

/* No such key, or null. */
bool gaze_field_is_absent(const gaze_json_value *component, const char *key);
/* Whether all keys are there; `keys` ends with NULL. */
bool gaze_field_all(const gaze_json_value *component, const char *const *keys);
/* The member of an object whose key is the JSON string `name`; the last one when it stands twice. */
const gaze_json_value *gaze_field_named(const gaze_json_value *object, const gaze_json_value *name);

/* A JSON string as code points, copied into the arena. */
gaze_status gaze_literal_read(gaze_literal *out, gaze_arena *arena, const gaze_json_value *string,
                              gaze_error *err);

#endif
