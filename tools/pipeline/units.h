/* Units: what one row and one column of a figure stand for. A token, or a word joined of its pieces; special
 * tokens are always units by themselves, and may be left out. */
#ifndef GAZE_TOOLS_PIPELINE_UNITS_H
#define GAZE_TOOLS_PIPELINE_UNITS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tokens.h"
#include "tools/pipeline/pipeline.h"
#include "viz/label.h"

typedef enum gaze_unit { GAZE_UNIT_TOKEN, GAZE_UNIT_WORD } gaze_unit;

/* W units in all, of which N are kept. Owned; a zeroed struct is empty. Labels borrow from the tokens and texts. */
typedef struct gaze_units {
    gaze_unit unit;
    size_t all;         /* W */
    size_t *starts;     /* (W+1): unit w is the tokens starts[w] to starts[w+1] - 1 */
    size_t *kept;       /* (N): the units that are drawn, ascending */
    gaze_label *labels; /* (N): of those */
    size_t count;       /* N */
} gaze_units;

/* The label of a word is its slice of the original text; of a word of one piece, and where there is no text, of its
 * token. With `hide`, special tokens are not kept; ARGUMENT when nothing is. */
gaze_status gaze_units_make(gaze_units *units, const gaze_tokens *tokens, const gaze_input *input,
                            gaze_unit unit, bool hide, gaze_error *err);
void gaze_units_deinit(gaze_units *units);

/* The unit among those kept that holds a token; false when it is not kept. */
bool gaze_units_of_token(const gaze_units *units, size_t token, size_t *index);

#endif
