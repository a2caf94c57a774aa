/* What the data of several pages have in common: members of one JSON object, the first of which the caller writes.
 * A buffer keeps its own failure (gaze_buffer_status). */
#ifndef GAZE_VIZ_HTML_DATA_H
#define GAZE_VIZ_HTML_DATA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/color.h"
#include "viz/figure.h"
#include "viz/label.h"
#include "viz/words.h"

/* ,"name": */
void gaze_data_name(gaze_buffer *out, const char *name);
void gaze_data_string(gaze_buffer *out, const char *name, const char *value); /* NULL: null */
void gaze_data_number(gaze_buffer *out, const char *name, double value);
void gaze_data_flag(gaze_buffer *out, const char *name, bool value);
void gaze_data_color(gaze_buffer *out, const char *name, gaze_rgb color); /* "#f1fdfe" */
void gaze_data_numbers(gaze_buffer *out, const char *name, const size_t *numbers, size_t count);
void gaze_data_strings(gaze_buffer *out, const char *name, const char *const *strings, size_t count);

/* "scale": "sqrt", "special": "show", "renormalise": false. */
void gaze_data_figure(gaze_buffer *out, const gaze_figure *figure);

/* One of the templates that a script fills, so that it says what the figure in C says. */
typedef struct gaze_data_word {
    const char *name, *text;
} gaze_data_word;

/* "words": {"language": "en", "layer": "layer {}", ... Further members may follow; the caller writes the last brace. */
void gaze_data_begin_words(gaze_buffer *out, const gaze_words *words, const gaze_data_word *list, size_t count);

/* A ramp's 256 colours, "f1fdfe..."; and for each what is written on it: 1 black, and 2 black on a dark screen, where
 * the figure turns dark. */
void gaze_data_ramp(gaze_buffer *out, const char *name, const gaze_rgb *ramp);
void gaze_data_inks(gaze_buffer *out, const char *name, const gaze_rgb *ramp, bool turns_dark);

/* A string, without a name before it: a label as a sentence has it. */
void gaze_data_label(gaze_buffer *out, const gaze_label *label);

/* "layerNames": {"3": "layer 3", ...}; and "headNames": {"mean": "mean over heads", "max": ..., "1": "head 1", ...},
 * "heads": ["1", ...]. `listed`: the heads of a mean, as in gaze_figure. */
void gaze_data_layer_names(gaze_buffer *out, const gaze_words *words, const size_t *layers, size_t count);
void gaze_data_head_names(gaze_buffer *out, const gaze_words *words, const size_t *heads, size_t count,
                          const char *listed);

/* The attention of a model over one text. All borrowed. */
typedef struct gaze_data_layers {
    const float *const *weights; /* layers x heads, each `size` numbers, rounded by gaze_round_weights */
    const size_t *layers;        /* their numbers in the model */
    size_t layer_count, head_count, size;
    unsigned bits; /* of a weight: 8 or 16 */
    size_t budget; /* bytes that all may take; 0: any number */
} gaze_data_layers;

/* "weights": {"3": [a string for each head], ...}: the two layers (places in `layers`, which may be the same) that are
 * shown first, then from the last one backwards while there is room. held[layer_count] becomes true for those that are
 * in it. Errors: MEMORY. */
gaze_status gaze_data_weights(gaze_buffer *out, bool *held, const gaze_data_layers *layers,
                              const size_t first[2], gaze_error *err);

#endif
