/* Embeddings: a text becomes one vector, as sentence-transformers' encode makes it.
 *
 *     text -> prompt + text -> tokens, cut to max_seq_length -> hidden (T,D) -> pooling -> |v| = 1 -> vector
 *
 *     gaze_embedder *embedder = NULL;
 *     if (gaze_embedder_open(&embedder, "path/to/all-MiniLM-L6-v2", &err)) ...
 *     gaze_lines lines = gaze_embedder_lines(embedder);      many texts: tools/pipeline/lines.h
 *     ... in lines.put:  gaze_embedder_pool(vector, embedder, run, item->sequence);
 *     gaze_embedder_close(embedder);
 */
#ifndef GAZE_TOOLS_PIPELINE_EMBEDDER_H
#define GAZE_TOOLS_PIPELINE_EMBEDDER_H

#include <stddef.h>

#include "core/base/error.h"
#include "tools/pipeline/lines.h"
#include "tools/pipeline/pipeline.h"

/* A model, its tokenizer, and what its directory says about pooling (tools/pipeline/sentence_modules.h).
 * Immutable; may be shared by threads. */
typedef struct gaze_embedder gaze_embedder;

/* Opens a directory, or a name in the local Hugging Face cache. Errors: those of gaze_sentence_modules_read and of
 * gaze_pipeline_open; CONFIG when the pooling is for another size of hidden states. *out is NULL on failure. */
gaze_status gaze_embedder_open(gaze_embedder **out, const char *model, gaze_error *err);
void gaze_embedder_close(gaze_embedder *embedder);

/* Components of a vector, and how many there are before truncate_dim cuts some off: as many, or more. */
size_t gaze_embedder_dimension(const gaze_embedder *embedder);
size_t gaze_embedder_width(const gaze_embedder *embedder);

/* Lines with the embedder's pipeline, prompt and truncation; the caller sets the task. */
gaze_lines gaze_embedder_lines(const gaze_embedder *embedder);

/* vector (gaze_embedder_width) of one sequence of a run; its first gaze_embedder_dimension numbers are the
 * embedding. */
void gaze_embedder_pool(float *vector, const gaze_embedder *embedder, const gaze_run *run, size_t sequence);

#endif
