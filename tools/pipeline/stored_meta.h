/* The array "meta" of a stored record: JSON to tokens and texts. See tools/pipeline/stored.h for its fields. */
#ifndef GAZE_TOOLS_PIPELINE_STORED_META_H
#define GAZE_TOOLS_PIPELINE_STORED_META_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "core/base/tokens.h"
#include "tools/pipeline/pipeline.h"

/* One input of the batch. A zeroed struct is empty. */
typedef struct gaze_stored_meta {
    size_t inputs; /* B */
    gaze_tokens tokens;
    gaze_input input;
    const char *model; /* NULL: not said */
    const char *note;  /* likewise */
    gaze_arena memory; /* private */
} gaze_stored_meta;

/* Errors: those of gaze_json_parse; NOT_FOUND (no tokens), SCHEMA, ARGUMENT (no such input), MEMORY. */
gaze_status gaze_stored_meta_read(gaze_stored_meta *meta, const void *json, size_t size, size_t input,
                                  gaze_error *err);
void gaze_stored_meta_deinit(gaze_stored_meta *meta);

#endif
