/* The parts of a text view. */
#ifndef GAZE_VIZ_TEXT_VIEW_DRAW_H
#define GAZE_VIZ_TEXT_VIEW_DRAW_H

#include "viz/caption.h"
#include "viz/page.h"
#include "viz/scale.h"
#include "viz/svg.h"
#include "viz/text_view/text_view.h"
#include "viz/words.h"

/* Where one piece stands. */
typedef struct gaze_text_place {
    double x, y, width; /* top left corner of its mark */
} gaze_text_place;

typedef struct gaze_text_layout {
    gaze_text_place *places; /* (count) */
    bool numbers;            /* weights under the words: the passage is short */
    double room, slack;      /* a line's length, and how much longer it may be where that ends its text */
    double longest_em;       /* a piece that is longer is cut */
    double line;             /* from one line to the next */
    double second_y;         /* top of the first line of the second text; 0 when there is none */
    double readout_y;        /* baseline of the line under the title */
    double left, first_y;    /* where lines begin */
    double bottom, width, legend_x, legend_y, legend_height;
} gaze_text_layout;

#define GAZE_TEXT_VIEW_FONT 16.0
#define GAZE_TEXT_VIEW_MARK 24.0 /* height of a mark */

#define GAZE_TEXT_VIEW_LETTER    26.0 /* room of the letters A and B */
#define GAZE_TEXT_VIEW_ROOM      780.0
#define GAZE_TEXT_VIEW_SLACK     80.0
#define GAZE_TEXT_VIEW_BLANK     5.0 /* between two words, and between the pieces of one */
#define GAZE_TEXT_VIEW_TOUCHING  1.0
#define GAZE_TEXT_VIEW_TEXT_GAP  14.0 /* more than a line: before the second text */

typedef struct gaze_text_drawing {
    gaze_svg *svg;
    const gaze_text_view *view;
    const gaze_text_layout *layout;
    const gaze_palette *palette;
    const gaze_words *words;
    gaze_row_scale scale;
    bool live; /* of a page: the marks can be chosen */
} gaze_text_drawing;

/* layout.c. `live`: below a page's controls, and with room for any hiding. Errors: MEMORY. Free `places`. */
gaze_status gaze_text_layout_make(gaze_text_layout *layout, const gaze_text_view *view, bool live, gaze_error *err);
bool gaze_text_may_break_before(const gaze_text_piece *piece);
double gaze_text_piece_width(const gaze_text_layout *layout, const gaze_text_piece *piece);

/* captions.c: title, description and caption. */
void gaze_text_view_compose(gaze_texts *texts, const gaze_text_view *view);
/* A piece as the text writes it, where the vocabulary has no capitals: "'The' (1)". */
void gaze_text_piece_name(gaze_buffer *out, const gaze_text_piece *piece, const gaze_words *words);
/* The strongest three, for the line under a figure's title; nothing where no piece has a number. */
void gaze_text_view_strongest(gaze_buffer *out, const gaze_text_view *view);
/* "'it' attends to 'cat' .49, ...", for a page, where others can be chosen. */
void gaze_text_view_readout(gaze_buffer *out, const gaze_text_view *view);

/* text_view.c. Errors: those of gaze_text_view_svg. */
gaze_status gaze_text_view_check(const gaze_text_view *view, gaze_error *err);
/* The scale of the visible weights taken as one row, and in figure->top where it ends. Errors: MEMORY. */
gaze_status gaze_text_view_scale(gaze_row_scale *scale, gaze_figure *figure, const gaze_text_view *view,
                                 gaze_error *err);
/* Letters, marks, words, numbers, frames, colour bar. */
void gaze_text_view_draw(const gaze_text_drawing *d);

#endif
