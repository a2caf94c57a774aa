/* What a text view is drawn from: the pieces of the passage, and one weight for each. */
#ifndef GAZE_TOOLS_PIPELINE_TEXT_PICTURE_H
#define GAZE_TOOLS_PIPELINE_TEXT_PICTURE_H

#include "tools/pipeline/picture.h"
#include "viz/text_view/text_view.h"

/* Owned, apart from what the source lends; a zeroed struct is empty. */
typedef struct gaze_text_picture {
    gaze_picture head;       /* of one panel */
    gaze_text_piece *pieces; /* (N) */
    bool received;
} gaze_text_picture;

/* `tokens` is a list as for gaze_token_choose_list; NULL: one end of the strongest link. `received`: what attends
 * to them instead of what they attend to; of several tokens the mean. Errors: also ARGUMENT when the options choose
 * more than one panel. On failure *picture is left empty. */
gaze_status gaze_text_picture_make(gaze_text_picture *picture, gaze_source *source,
                                   const gaze_picture_options *options, const char *tokens, bool received,
                                   gaze_error *err);
void gaze_text_picture_deinit(gaze_text_picture *picture);

/* The view that the picture is for; title, theme, language and scale are the caller's. */
gaze_text_view gaze_text_picture_view(const gaze_text_picture *picture);

/* The piece that a unit makes, with its text as it stands in the passage; weight 0. Borrows from the source
 * and units. */
gaze_text_piece gaze_text_piece_of(const gaze_source *source, const gaze_units *units, size_t unit);

#endif
