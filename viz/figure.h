/* What every figure says about itself, and how it looks: model, input, title, theme, language. */
#ifndef GAZE_VIZ_FIGURE_H
#define GAZE_VIZ_FIGURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum gaze_theme {
    GAZE_THEME_AUTO, /* light; dark where the reader's screen asks for it (prefers-color-scheme) */
    GAZE_THEME_LIGHT,
    GAZE_THEME_DARK
} gaze_theme;

typedef enum gaze_language { GAZE_LANGUAGE_EN, GAZE_LANGUAGE_ZH } gaze_language;

/* How a weight becomes a colour; the colour bar names it. See viz/scale.h. */
typedef enum gaze_scale {
    GAZE_SCALE_SQRT, /* the same in every figure: what to use unless there is a reason */
    GAZE_SCALE_LINEAR,
    GAZE_SCALE_TIMES_UNIFORM, /* log2(w S): how many times more or less than uniform attention */
    GAZE_SCALE_ROW_MAX,       /* each row to its own largest weight */
    GAZE_SCALE_SIGNED         /* differences, linear to a limit on both sides of 0; chosen by a view, not by a reader */
} gaze_scale;

/* Instead of the number of a layer or head: what the caller made of all of them. */
#define GAZE_PANEL_MEAN (-1)
#define GAZE_PANEL_MAX  (-2)

/* One matrix of attention, and what it is of. */
typedef struct gaze_panel {
    const float *weights; /* (T,S), row-major. Numbers that are no weight (NaN, infinite, below 0,
                             above 1) are drawn as such and counted in the caption. */
    int32_t layer;        /* from 0, or GAZE_PANEL_MEAN, GAZE_PANEL_MAX */
    int32_t head;         /* likewise */
} gaze_panel;

/* What becomes of the rows and columns of special tokens. */
typedef enum gaze_special {
    GAZE_SPECIAL_SHOW,
    GAZE_SPECIAL_DIM, /* drawn faintly */
    GAZE_SPECIAL_HIDE /* the caller has left them out; the caption says what they took */
} gaze_special;

/* What a special token takes of the attention of the rows that are drawn: 0 to 1, over the panels. */
typedef struct gaze_share {
    const char *text; /* "[SEP]"; borrowed */
    size_t length;
    double least, most;
} gaze_share;

/* All strings are borrowed UTF-8 from anywhere: they are escaped, and cut where they are too long for
 * the page. NULL leaves a part out. A zeroed struct is a figure that says nothing of its origin. */
typedef struct gaze_figure {
    const char *title; /* NULL: written by the view ("Layer 4, head 3") */
    const char *model; /* "all-MiniLM-L6-v2" */
    const char *note;  /* a further line under the figure: "random weights" */
    const char *text;  /* the input; may hold NUL */
    size_t text_length;
    const char *pair; /* the second text of a pair */
    size_t pair_length;
    const char *layers; /* which, where a mean or maximum is not over all of them: "0, 2, 5"; else NULL */
    const char *heads;  /* likewise */
    size_t cut; /* tokens that the text was cut to, special ones included; 0: it is whole */
    bool words; /* rows and columns are words, joined of their pieces */
    gaze_special special;
    const gaze_share *shares; /* one for each special token, whatever becomes of it */
    size_t share_count;
    bool renormalised; /* each row was divided by its sum */
    double width; /* pixels; 0: what the view needs. Of views that break their lines */
    gaze_theme theme;
    gaze_scale scale;
    bool fit;   /* the square root's scale may end below 1 where all weights are small: heat map, text view */
    double top; /* and where it ends, as the view has found; 0: at 1 */
    gaze_language language;
} gaze_figure;

#endif
