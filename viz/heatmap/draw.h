/* The parts of a heat map, each drawn by a file of its own. */
#ifndef GAZE_VIZ_HEATMAP_DRAW_H
#define GAZE_VIZ_HEATMAP_DRAW_H

#include "core/base/error.h"
#include "viz/heatmap/heatmap.h"
#include "viz/heatmap/facts.h"
#include "viz/heatmap/layout.h"
#include "viz/page.h"
#include "viz/svg.h"
#include "viz/words.h"

/* What all parts share; all borrowed. */
typedef struct gaze_heatmap_drawing {
    gaze_svg *svg;
    const gaze_heatmap *map;
    const gaze_heatmap_layout *layout;
    const gaze_palette *palette;
    const gaze_words *words;
} gaze_heatmap_drawing;

/* heatmap.c: whether the counts can be drawn. Errors: ARGUMENT, LIMIT. */
gaze_status gaze_heatmap_check(const gaze_heatmap *map, gaze_error *err);
/* The same with its colours fitted, where the figure may be: figure.top is set. */
gaze_heatmap gaze_heatmap_fit(const gaze_heatmap *map);
/* labels.c: the tokens beside the rows and above the columns. */
void gaze_heatmap_draw_labels(const gaze_heatmap_drawing *d);
/* axes.c: titles of axes and panels, bands of a pair, row sums. */
void gaze_heatmap_draw_axes(const gaze_heatmap_drawing *d);
/* Lines through the panels where the first text of a pair ends. */
void gaze_heatmap_draw_borders(const gaze_heatmap_drawing *d);
/* A veil over the rows and columns of special tokens, where they are dimmed. */
void gaze_heatmap_draw_veil(const gaze_heatmap_drawing *d);
/* cells.c: one panel, a rectangle a cell. */
void gaze_heatmap_draw_cells(const gaze_heatmap_drawing *d, size_t panel);
/* The numbers that stand on the veil. */
void gaze_heatmap_draw_dimmed_numbers(const gaze_heatmap_drawing *d);
/* raster.c: one panel, a picture. Errors: MEMORY. */
gaze_status gaze_heatmap_draw_raster(const gaze_heatmap_drawing *d, size_t panel, gaze_error *err);

/* marks.c: frames around the links that the headline names, and their names where cells are dots. */
void gaze_heatmap_draw_marks(const gaze_heatmap_drawing *d);
/* hover.c: the strongest links of each row under the mouse, for a single picture. */
void gaze_heatmap_draw_hovers(const gaze_heatmap_drawing *d);

/* captions.c: what is said in words, as plain text. */
void gaze_heatmap_heading(gaze_buffer *out, const gaze_words *words, const gaze_panel *panel,
                          gaze_heading what);
void gaze_heatmap_title(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words);
/* "Strongest: 'it' → '[CLS]' .98.", how many cells show that number, the strongest between two words, what is
 * hidden; nothing where no cell holds a number. */
void gaze_heatmap_headline(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                           const gaze_heatmap_facts *facts);
/* "'it' → 'cat' .49"; of several panels which. */
void gaze_heatmap_put_link(gaze_buffer *out, const gaze_heatmap *map, const gaze_link *link, const gaze_words *words);
void gaze_heatmap_description(gaze_buffer *out, const gaze_heatmap *map, const gaze_words *words,
                              const gaze_heatmap_facts *facts);
void gaze_heatmap_caption(gaze_buffer *out, const gaze_heatmap *map, const gaze_heatmap_layout *layout,
                          const gaze_words *words, const gaze_heatmap_facts *facts);

#endif
