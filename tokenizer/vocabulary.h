/* A vocabulary: token strings and their ids, both ways. */
#ifndef GAZE_TOKENIZER_VOCABULARY_H
#define GAZE_TOKENIZER_VOCABULARY_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/strmap.h"

typedef struct gaze_vocabulary_entry {
    const char *string; /* terminated; NULL: no token has this id */
    size_t length;
} gaze_vocabulary_entry;

/* The strings lie in the arena that it was read into. */
typedef struct gaze_vocabulary {
    gaze_strmap ids;
    gaze_vocabulary_entry *entries; /* [size], by id */
    size_t size;                    /* largest id + 1; there may be holes */
    size_t count;                   /* entries: the first id that is new, where none is given */
} gaze_vocabulary;

/* {"token": id, ...}; of a token that stands twice, the last id counts. Errors: SCHEMA (no object, empty,
 * an id that is negative or no integer), LIMIT (an id of 2^24 or more), DUPLICATE (two tokens, one id). */
gaze_status gaze_vocabulary_read(gaze_vocabulary *vocabulary, gaze_arena *arena, const gaze_json_value *json,
                                 gaze_error *err);
/* [["token", ...], ...], the ids being the places; of a token that stands twice, the last id counts. */
gaze_status gaze_vocabulary_read_list(gaze_vocabulary *vocabulary, gaze_arena *arena,
                                      const gaze_json_value *json, gaze_error *err);
void gaze_vocabulary_deinit(gaze_vocabulary *vocabulary);

/* The id of a token, or -1. */
int32_t gaze_vocabulary_id(const gaze_vocabulary *vocabulary, const char *token, size_t length);
/* The token that has the id; its string is NULL when there is none. */
gaze_vocabulary_entry gaze_vocabulary_token(const gaze_vocabulary *vocabulary, int32_t id);

#endif
