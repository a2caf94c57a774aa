/* The text view: the passage itself, wrapped, with the attention from or to a token as a mark behind each word. It
 * reads at 512 tokens, where a matrix no longer does.
 */
#ifndef GAZE_VIZ_TEXT_VIEW_H
#define GAZE_VIZ_TEXT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "viz/figure.h"
#include "viz/label.h"

/* One token or word, as it stands in the passage. */
typedef struct gaze_text_piece {
    gaze_label label; /* its name in captions, its segment, whether it is special */
    const char *text; /* what is written: "cats", "##s" without its mark, "[SEP]"; borrowed */
    size_t length;
    bool after_blank; /* something parts it from the piece before: a blank, the end of a line */
    float weight;     /* from the chosen ones to it, or from it to them */
    bool chosen;
    bool hidden; /* takes no room and counts in no sum: special tokens of a page, whose script can bring them back */
} gaze_text_piece;

/* Tells equal names apart: fills label.nth of pieces[count], as gaze_labels_number does, by what is written, since that
 * is what a view of text calls them; 'He' and 'he' are two words. */
void gaze_text_pieces_number(gaze_text_piece *pieces, size_t count);

typedef struct gaze_text_view {
    gaze_figure figure;
    const gaze_text_piece *pieces;
    size_t count; /* at least 1 */
    bool
        received; /* weights go to the chosen ones, which are keys; else they are queries, and a row sums to 1 */
    gaze_panel panel; /* layer and head; its weights are not looked at */
} gaze_text_view;

/* Appends the figure, a whole SVG file. Errors: ARGUMENT (no piece), LIMIT (more than 1500), MEMORY. */
gaze_status gaze_text_view_svg(gaze_buffer *out, const gaze_text_view *view, gaze_error *err);

#endif
