/* Inputs from a file: one a line, as JSON (a string, or an array [text, pair]) or as plain text. */
#ifndef GAZE_TOOLS_PIPELINE_INPUTS_H
#define GAZE_TOOLS_PIPELINE_INPUTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "tools/pipeline/pipeline.h"

typedef struct gaze_input_list {
    gaze_input *items;
    size_t count;
    size_t capacity; /* private */
    gaze_arena arena; /* private: owns the texts */
} gaze_input_list;

/* Copies an input's texts into the arena. Errors: MEMORY. */
gaze_status gaze_input_copy(gaze_input *out, gaze_arena *arena, const gaze_input *input, gaze_error *err);

/* Appends a copy of the input. */
gaze_status gaze_input_list_add(gaze_input_list *list, const gaze_input *input, gaze_error *err);

/* Reads one line, without its line feed, into *input, whose bytes belong to the arena. `plain`: the line is
 * a text as it stands. Otherwise JSON_..., SCHEMA, or MEMORY. */
gaze_status gaze_input_parse(gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                             bool plain, gaze_error *err);

/* The same, or {"text": ..., "text_pair": ...}, as transformers' pipelines take a pair. */
gaze_status gaze_input_parse_members(gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                                     gaze_error *err);

/* Appends every line of a file ("-" is standard input); the message of a failure names file and line. */
gaze_status gaze_input_list_read(gaze_input_list *list, const char *path, bool plain, gaze_error *err);
void gaze_input_list_deinit(gaze_input_list *list);

#endif
