/* model.safetensors.index.json: which file of a sharded model holds which tensor.
 *
 *     {"metadata": {"total_size": 438000000},
 *      "weight_map": {"embeddings.word_embeddings.weight": "model-00001-of-00002.safetensors", ...}}
 *
 * A shard's name comes from the file and becomes part of a path, so it must be a bare file name.
 */
#ifndef GAZE_WEIGHTS_SHARDS_H
#define GAZE_WEIGHTS_SHARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/strmap.h"
#include "weights/text_list.h"
#include "weights/weight_files.h"

#define GAZE_SHARDS_MAX_INDEX ((size_t)32 << 20) /* bytes of the index */
#define GAZE_SHARDS_MAX_FILES 1024u

typedef struct gaze_shard_index {
    gaze_text_list files; /* names of the shards, in the order in which they first stand in the map */
    uint64_t total_size;  /* bytes of all tensors, as the index says */
    bool has_total_size;
    gaze_strmap tensors; /* private: a tensor's name -> the index of its file */
    gaze_json *json;     /* private: owns the names */
} gaze_shard_index;

/* Errors: LIMIT (too large, too many shards), UTF8, JSON_*, SCHEMA, DUPLICATE (a tensor twice), NAME (a
 * shard that is no bare file name ending in .safetensors), MEMORY. *index is zeroed on failure. */
gaze_status gaze_shard_index_parse(gaze_shard_index *index, const char *text, size_t length, gaze_error *err);
void gaze_shard_index_deinit(gaze_shard_index *index);

/* Whether the shards hold what the index says: NOT_FOUND for a tensor that its shard lacks, FORMAT for one
 * that the index does not list, or lists for another shard. */
gaze_status gaze_shard_index_check(const gaze_shard_index *index, const gaze_weight_files *files,
                                   gaze_error *err);

#endif
