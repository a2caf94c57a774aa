/* --token and --link: which row or column of a figure is meant.
 *
 *     it        the first token (or word, where units are words) of that text
 *     it#2      its second occurrence, counted as the labels of the figure show them
 *     6  -1     by number from 0, special tokens counted even where they are hidden; negative ones from the end
 *     7#1       the text "7": a bare number is an index
 *
 * A word is looked for among the labels as they stand ("##ing", "[CLS]"), then without their marks ("ing") and among
 * the slices of the text ("It"), then among all of these without regard to the case of a-z.
 * In lists a comma parts two names; a comma at a name's front belongs to it, so ",,cat" is "," and "cat".
 */
#ifndef GAZE_TOOLS_PIPELINE_TOKEN_CHOICE_H
#define GAZE_TOOLS_PIPELINE_TOKEN_CHOICE_H

#include <stddef.h>

#include "core/base/error.h"
#include "tools/pipeline/source.h"
#include "tools/pipeline/units.h"

/* *unit is below units->count. ARGUMENT: there is none, or it is hidden, or it is a word of several pieces where the
 * units are tokens; the message says which. */
gaze_status gaze_token_choose(size_t *unit, const char *name, const gaze_units *units,
                              const gaze_source *source, gaze_error *err);

/* "it,cat": chosen[units->count] gets the units in the order of the list, each once; *count at least 1. */
gaze_status gaze_token_choose_list(size_t *chosen, size_t *count, const char *list, const gaze_units *units,
                                   const gaze_source *source, gaze_error *err);

/* "FROM,TO". Errors: also ARGUMENT when there are not two names. */
gaze_status gaze_token_choose_link(size_t *from, size_t *to, const char *link, const gaze_units *units,
                                   const gaze_source *source, gaze_error *err);

/* Where nobody chooses: the largest weight (of (N,N)) between two different units that are not special; of equal ones
 * the first. The first unit twice when there are no two such. */
void gaze_token_choose_strongest(size_t *from, size_t *to, const gaze_units *units, const float *weights);

#endif
