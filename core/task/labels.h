/* Labels of tokens, and what they become when tokens are put together (transformers:
 * TokenClassificationPipeline).
 *
 *     token    "New"   "York"  "##ers"  "cheer"
 *     label    B-ORG   I-ORG   I-PER    O
 *     word     1       2       2        3
 *
 *     none      every token by itself
 *     simple    neighbours of one kind are one entity; a B- begins a new one
 *     first     the same, of words: a word has the label of its first token
 *     average   ... the label whose score is the largest on average over its tokens
 *     max       ... that of the token that is surest
 *
 * Two steps, of which the first is skipped by `none` and `simple`: tokens to words, words to entities.
 */
#ifndef GAZE_CORE_TASK_LABELS_H
#define GAZE_CORE_TASK_LABELS_H

#include <stdbool.h>
#include <stddef.h>

typedef enum gaze_aggregation {
    GAZE_AGGREGATE_NONE,
    GAZE_AGGREGATE_SIMPLE,
    GAZE_AGGREGATE_FIRST,
    GAZE_AGGREGATE_AVERAGE,
    GAZE_AGGREGATE_MAX,
    GAZE_AGGREGATION_COUNT
} gaze_aggregation;

/* "none", ...; false when none has that name. */
bool gaze_aggregation_from_name(const char *name, gaze_aggregation *aggregation);

/* Some neighbouring parts [first, end), and the label they got: a word is made of tokens, an entity of words. */
typedef struct gaze_labelled {
    size_t first;
    size_t end;
    size_t label;
    double score;
} gaze_labelled;

/* words (at most T) of scores (T, C). subword (T) says which tokens belong to the word before them. Returns how
 * many words there are; without aggregation, or with `simple`, every token is one. */
size_t gaze_label_words(gaze_labelled *words, const float *scores, const bool *subword, size_t T, size_t C,
                        gaze_aggregation aggregation);

/* entities (at most `count`) of `count` words: neighbours with the same tag, which a B- interrupts. The score is
 * the mean; the label that of the first word. labels (C) are their names. Returns how many there are. */
size_t gaze_label_entities(gaze_labelled *entities, const gaze_labelled *words, size_t count,
                           const char *const *labels);

/* What an entity is called: the label behind its first hyphen ("PER" of "B-PER"), or all of it. Borrowed. */
const char *gaze_label_group(const char *label);

#endif
