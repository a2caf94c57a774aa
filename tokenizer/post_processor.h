/* Post-processors: putting special tokens around the sequences, and giving out type ids.
 *
 * Each of Hugging Face's post-processors is a template here, one for a single text and one for a pair:
 *
 *     TemplateProcessing, BertProcessing     [CLS]:0 A:0 [SEP]:0     [CLS]:0 A:0 [SEP]:0 B:1 [SEP]:1
 *     RobertaProcessing                      <s>:0 A:0 </s>:0        <s>:0 A:0 </s>:0 </s>:0 B:0 </s>:0
 *     none, ByteLevel                        A:0                     A:0 B:1
 *
 * RobertaProcessing and ByteLevel trim offsets as well (trim.h).
 */
#ifndef GAZE_TOKENIZER_POST_PROCESSOR_H
#define GAZE_TOKENIZER_POST_PROCESSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/memory.h"
#include "core/base/tokens.h"
#include "tokenizer/sequence.h"
#include "tokenizer/trim.h"
#include "tokenizer/truncation.h"
#include "tokenizer/vocabulary.h"

#define GAZE_MAX_TEMPLATE_SEQUENCES 8 /* places of a template where a sequence goes */

/* One place of a template: a sequence, or one special token. */
typedef struct gaze_template_item {
    int sequence; /* 0: the text, 1: the pair, -1: a special token */
    int32_t type_id;
    int32_t id; /* of the special token */
    const char *string;
    size_t string_length;
} gaze_template_item;

typedef struct gaze_template {
    const gaze_template_item *items;
    size_t count;
    size_t added; /* special tokens among them */
} gaze_template;

typedef struct gaze_post_processor {
    gaze_template single, pair;
    bool windows_like_first; /* overflow windows have the template's type ids too (RobertaProcessing) */
    gaze_trims trims;
} gaze_post_processor;

/* `json` is the value of "post_processor" (NULL: none). Strings are copied into the arena. Errors: SCHEMA,
 * MEMORY; UNSUPPORTED for a post-processor that is not known here. */
gaze_status gaze_post_processor_read(gaze_post_processor *processor, gaze_arena *arena,
                                     const gaze_json_value *json, gaze_error *err);

/* What is put together: the sequences that the model tokenized (the second is NULL without a pair), the
 * windows that truncation left of them, and the vocabulary for the strings. */
typedef struct gaze_assembly {
    const gaze_post_processor *processor;
    const gaze_template *template; /* of the two, the one that is used */
    const gaze_sequence *sequences[2];
    gaze_windows windows[2];
    const gaze_vocabulary *vocabulary;
    bool no_special_tokens;
} gaze_assembly;

/* Fills *out with the first windows, and its overflow with every other combination of windows, in Hugging
 * Face's order. Errors: MEMORY. */
gaze_status gaze_apply_template(gaze_tokens *out, const gaze_assembly *assembly, gaze_error *err);

#endif
