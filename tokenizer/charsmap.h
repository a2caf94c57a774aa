/* A precompiled map of characters, as SentencePiece stores its normalization rules.
 *
 * In base64: the size of a trie in bytes (u32), the trie, and the replacements, each ended by a NUL. The
 * trie is a Darts double array: an array of u32 in which the child of a node for byte c lies at
 *
 *     child = (node ^ offset(unit[node])) ^ c,    and is there when label(unit[child]) == c
 *
 * If a unit has a leaf, the value of the key so far lies at node ^ offset: where its replacement begins.
 */
#ifndef GAZE_TOKENIZER_CHARSMAP_H
#define GAZE_TOKENIZER_CHARSMAP_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "tokenizer/strings.h"

typedef struct gaze_charsmap {
    const unsigned char *units; /* little-endian */
    size_t unit_count;
    gaze_string replacements;
} gaze_charsmap;

/* `base64` is a JSON string; what it encodes is kept in the arena. Errors: MEMORY; SCHEMA, FORMAT or UTF8
 * when it is not such a map. */
gaze_status gaze_charsmap_read(gaze_charsmap *map, gaze_arena *arena, const gaze_json_value *base64,
                               gaze_error *err);

/* What replaces the key: of all rules for its beginnings, the shortest counts, as in the library. False:
 * there is none. */
bool gaze_charsmap_find(const gaze_charsmap *map, const char *key, size_t length, gaze_string *replacement);

#endif
