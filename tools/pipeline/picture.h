/* A picture: what every figure of attention begins with. Out of a source it chooses layers and heads, makes one matrix
 * a panel, joins words, leaves special tokens out, and says in `figure` what it has done.
 *
 *     gaze_source source;
 *     gaze_picture picture;
 *     gaze_picture_options options = {.head = "3", .read.input = {.text = "The cat sat.", .text_length = 12}};
 *     gaze_source_open(&source, "path/to/model", &err);
 *     gaze_picture_make(&picture, &source, &options, &err);
 *     use(picture.units.labels, picture.panels[0].weights);            // (N), (N,N), N = picture.units.count
 *     gaze_picture_deinit(&picture);
 *     gaze_source_close(&source);
 *
 * Two pictures of one source (compare): gaze_picture_select both, gaze_source_read the layers of both once, then
 * gaze_picture_fill both.
 *
 * The order of the steps on the matrices a[l,h] (T,T):
 *
 *     mean over layers and heads, then words      means of sums are sums of means
 *     words, then the maximum over heads          the maximum of what the heads give to a word
 *     special tokens out, then renormalised
 */
#ifndef GAZE_TOOLS_PIPELINE_PICTURE_H
#define GAZE_TOOLS_PIPELINE_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/memory.h"
#include "tools/pipeline/selection.h"
#include "tools/pipeline/source.h"
#include "tools/pipeline/units.h"
#include "viz/figure.h"

/* Zero fields take the default. */
typedef struct gaze_picture_options {
    const char *layer;          /* as --layer; NULL: the last */
    const char *head;           /* as --head; NULL: the mean */
    const char *include_layers; /* what all, mean and max mean; NULL: every one */
    const char *include_heads;
    gaze_unit unit;
    gaze_special special;
    bool renormalise; /* divide each row by its sum */
    unsigned bits;    /* 8, 16: weights rounded as an .html page holds them, so that it begins with what it shows */
    gaze_source_options read; /* the text; what is needed besides the attentions. `layers` is set by the picture */
} gaze_picture_options;

/* Owned, apart from what the source lends; a zeroed struct is empty. */
typedef struct gaze_picture {
    gaze_selection layer, head;
    gaze_units units;    /* N rows and columns, with their labels */
    gaze_panel *panels;  /* each (N,N): the heads of the first layer, then of the second, ... */
    size_t panel_count;  /* layers x heads that are drawn */
    gaze_figure figure;  /* model, note, texts, special tokens; title, theme and language are the caller's */
    double *entropies;   /* of each panel: mean over its rows in nats, before anything was hidden */
    gaze_share *shares;  /* what each kind of special token takes */
    size_t share_count;
    gaze_arena memory; /* private: what panels and figure point to */
} gaze_picture;

/* All three steps below at once. On failure, here and below, *picture is left empty. Errors: those of gaze_select,
 * gaze_source_read and gaze_units_make; MEMORY. */
gaze_status gaze_picture_make(gaze_picture *picture, gaze_source *source, const gaze_picture_options *options,
                              gaze_error *err);
void gaze_picture_deinit(gaze_picture *picture);

/* 1. Which layers and heads. */
gaze_status gaze_picture_select(gaze_picture *picture, const gaze_source *source,
                                const gaze_picture_options *options, gaze_error *err);
/* Sets flags[L] of the layers that the picture needs; leaves the others alone. */
void gaze_picture_want_layers(bool *flags, const gaze_picture *picture);
/* 3. Units, panels and figure, once the source was read with these layers. */
gaze_status gaze_picture_fill(gaze_picture *picture, const gaze_source *source,
                              const gaze_picture_options *options, gaze_error *err);

#endif
