/* Cross-encoders: how well a document answers a query, as sentence-transformers' CrossEncoder scores it. Query and
 * document go through the model together, as a pair, so that every token of one sees those of the other; that is
 * better and slower than comparing two embeddings.
 *
 *     (query, document) -> tokens, cut to max_seq_length -> logit (1) -> activation -> score
 *
 *     gaze_cross_encoder *encoder = NULL;
 *     if (gaze_cross_encoder_open(&encoder, "path/to/ms-marco-MiniLM-L6-v2", &err)) ...
 *     gaze_lines lines = gaze_cross_encoder_lines(encoder, query);         many documents: tools/pipeline/lines.h
 *     ... in lines.put:  gaze_cross_encoder_score(encoder, run, item->sequence);
 *     gaze_cross_encoder_close(encoder);
 */
#ifndef GAZE_TOOLS_PIPELINE_CROSS_ENCODER_H
#define GAZE_TOOLS_PIPELINE_CROSS_ENCODER_H

#include <stddef.h>

#include "core/base/error.h"
#include "tools/pipeline/lines.h"
#include "tools/pipeline/pipeline.h"

/* Immutable; may be shared by threads. */
typedef struct gaze_cross_encoder gaze_cross_encoder;

/* Opens a directory, or a name in the local Hugging Face cache. The activation is that of
 * config_sentence_transformers.json, else sentence_transformers.activation_fn of config.json, else its
 * sbert_ce_default_activation_function, else the sigmoid; a class outside torch counts as none. Errors: those of
 * gaze_sentence_modules_read_cross, gaze_pipeline_open and gaze_require_head; UNSUPPORTED for a model of several labels
 * and, with its name, for another activation. *out is NULL on failure. */
gaze_status gaze_cross_encoder_open(gaze_cross_encoder **out, const char *model, gaze_error *err);
void gaze_cross_encoder_close(gaze_cross_encoder *encoder);

/* Lines with the encoder's pipeline, prompt and truncation, whose texts are documents. The query is borrowed; the
 * caller sets the task. */
gaze_lines gaze_cross_encoder_lines(const gaze_cross_encoder *encoder, const char *query);

/* The score of one sequence of a run with logits. */
double gaze_cross_encoder_score(const gaze_cross_encoder *encoder, const gaze_run *run, size_t sequence);

#endif
