/* The words that several figures share, in each language that they can be written in.
 *
 * A word of one view alone stands in that view's own table of both languages, beside what draws it:
 *
 *     viz/words.c               layer, head, query, scale, masses, cut texts: any figure
 *     viz/html/terms.c          controls and help of the interactive pages: any page
 *     viz/VIEW/words.c          compare, link_map, model_view, neuron_view, text_view
 *     viz/model_view/page_words.c the model view's page
 *     viz/head_view/page_data.c, viz/statistics/statistics.c and key.c    a few, at their heads
 */
#ifndef GAZE_VIZ_WORDS_H
#define GAZE_VIZ_WORDS_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "viz/figure.h"

/* Strings with {} take values, in order. */
typedef struct gaze_words {
    const char *xml_lang;
    /* what is drawn */
    const char *layer, *layers, *layers_listed, *layer_mean, *layer_max;
    const char *head, *heads, *heads_listed, *head_mean, *head_max;
    const char *comma; /* between the two */
    /* axes and legend */
    const char *query, *attends_from, *attended_to, *row_sum;
    const char *scale_names[5][2]; /* by gaze_scale, in two lines */
    const char *fitted_scale, *fitted; /* the second where the scale ends below 1: {}; and a sentence on it */
    const char *text_a, *text_b;
    /* captions: whole sentences */
    const char *reading, *counting, *segments, *borders;
    const char *sums_to_one, *others_sum_to_one, *sums_between;
    const char *not_numbers, *not_numbers_in_text, *out_of_range, *pooled, *thinned, *thinned_lines;
    const char *thinned_columns, *framed[2]; /* of a heat map; [1]: several cells */
    /* "[SEP] takes 62 % of this head (hidden)." in pieces; [0] of all that is drawn, [1] of one head */
    const char *takes[2], *percent, *percent_range, *of_it[2], *hidden, *dimmed, *neither;
    const char *cut, *joined;
    const char *renormalised;
    const char *no_explanation;
    /* what appears on hover, and what a screen reader says */
    const char *from, *to, *is; /* from 'cat' to 'sat': 0.3712 */
    const char *token_id;
    const char *entropy; /* {of the rows}, {of uniform attention} */
    const char *description, *strongest, *list_comma, *full_stop;
    const char *strongest_link, *strongest_shown; /* before one link, of all or of those that are not hidden */
    const char *next_words;   /* before the next ones between two different tokens that are not special */
    const char *ties;         /* {} cells, {} their weight as it is written */
    const char *hidden_share; /* {} % */
    const char *strong_numbers;                   /* only these are written in cells */
    const char *open_quote, *close_quote, *attends_to; /* 'it' attends to: 'cat' .49 */
    /* lines between tokens */
    const char *key, *attends_from_lines, *attended_to_lines, *weight;
    const char *reading_lines, *lines_description;
    const char *edges_drawn; /* {} of {}, {} % of the mass */
    const char *left_out, *over_tokens, *over_links, *left_out_key, *left_out_bars;
    const char *strip, *strip_heading, *not_drawn, *filtered; /* rows of {}, columns of {} */
    const char *quotes[2];                   /* around a name: 'it', */
    const char *nth;                         /* and behind it, where several are alike: 'the' (2) */
    const char *link;                        /* {} to {} with the weight {} */
    const char *attends[2], *others;         /* [1]: is attended to by */
    const char *mean_of;                     /* before what is the mean of {} */
} gaze_words;

const gaze_words *gaze_words_of(gaze_language language);

/* Appends the template with its {} replaced by values[0], values[1], ... */
void gaze_words_put(gaze_buffer *out, const char *template, const char *const *values);
/* The same for counts; at most 4. */
void gaze_words_put_counts(gaze_buffer *out, const char *template, const size_t *counts, size_t n);

#endif
