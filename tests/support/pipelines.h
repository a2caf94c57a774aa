/* Files of tokenizers that together have nearly every component, and everything that can be done with one. */
#ifndef GAZE_TESTS_SUPPORT_PIPELINES_H
#define GAZE_TESTS_SUPPORT_PIPELINES_H

#include <stddef.h>

#include "tokenizer/tokenizer.h"

/* The text of a tokenizer.json. */
typedef struct tokenizer_pipeline {
    const char *json;
    size_t size;
} tokenizer_pipeline;

enum { TOKENIZER_PIPELINES = 4 };
extern const tokenizer_pipeline tokenizer_pipelines[TOKENIZER_PIPELINES];

/* Everything that allocates: opening, encoding with windows, padding, decoding. */
gaze_status tokenizer_do_everything(const gaze_tokenizer_files *files, gaze_error *err);

#endif
