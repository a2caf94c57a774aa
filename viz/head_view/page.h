/* The head view as an interactive page: the figure drawn here, the weights of all layers and heads, and the script
 * viz/head_view/head_view.js, which draws other states by the same rules. */
#ifndef GAZE_VIZ_HEAD_VIEW_PAGE_H
#define GAZE_VIZ_HEAD_VIEW_PAGE_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/head_view/head_view.h"

/* What a page needs besides the figure that it begins with; all borrowed. */
typedef struct gaze_head_page {
    gaze_head_view view; /* as it is first shown; its weights rounded to `bits` (viz/html/quantise.h) */
    unsigned bits;       /* 8 or 16 */
    size_t budget;       /* bytes that the weights may take; layers furthest from the first one are left out. 0: all */
    /* the tokens, and the words that are made of them */
    const gaze_label *tokens;
    size_t token_count;       /* T */
    const gaze_label *words;  /* W */
    const size_t *word_starts; /* (W+1): word w is the tokens word_starts[w] to word_starts[w+1] - 1 */
    size_t word_count;
    /* the layers and heads that can be chosen */
    const float *const *attentions; /* of each layer: (model_heads, T, T) */
    const size_t *layers;           /* their numbers */
    size_t layer_count;
    const size_t *heads; /* numbers below model_heads */
    size_t head_count, model_layers, model_heads;
    /* the first state, where the figure does not tell it */
    size_t layer;              /* its number, one of layers; those furthest from it may be left out */
    bool layer_mean;           /* what is shown is the mean over all layers, and `budget` is 0 */
    const char *mode;          /* "each", "mean", "max" */
    const size_t *pinned;      /* tokens */
    size_t pinned_count;
} gaze_head_page;

/* Whether there is a second text. */
bool gaze_head_page_has_pair(const gaze_head_page *page);

/* Appends the page. `dropped`, a buffer or NULL, gets a sentence on what the page does not hold, as the page itself
 * says it; nothing when it holds all. Errors: those of gaze_head_view_svg. */
gaze_status gaze_head_view_html(gaze_buffer *out, gaze_buffer *dropped, const gaze_head_page *page, gaze_error *err);

#endif
