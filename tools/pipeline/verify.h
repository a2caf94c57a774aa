/* Verification: this implementation against arrays that another one wrote (Hugging Face's, through
 * tools/export_hf.py), tensor by tensor.
 *
 * The model runs on the file's own input_ids, so the comparison says nothing about the tokenizer, which has
 * tests of its own. Places of padding are not compared.
 *
 * A place agrees when |ours - reference| <= tolerance, where the tolerance of a tensor is
 *
 *     attentions           1e-5
 *     pooler_output        1e-5 max(1, largest finite |reference|)
 *     everything else      4e-6 max(1, largest finite |reference|) up to 12 layers, 8e-6 up to 24, and so on
 *
 * or when both are the same infinity. NaN agrees with nothing.
 */
#ifndef GAZE_TOOLS_PIPELINE_VERIFY_H
#define GAZE_TOOLS_PIPELINE_VERIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"
#include "core/base/tensor.h"
#include "weights/model.h"
#include "weights/named_tensor.h"

#define GAZE_VERIFY_AUTO (-1.0) /* tolerance: the rule above */

typedef struct gaze_verify_row {
    char name[64];
    size_t rank;
    size_t shape[GAZE_MAX_RANK];
    double max_abs;           /* largest |difference|; NaN when one side has a NaN */
    size_t at[GAZE_MAX_RANK]; /* where it is */
    double max_rel;           /* largest |difference| / |reference|, over references that are not 0 */
    double tolerance;
    size_t compared; /* places, those of padding left out */
    bool ok;
} gaze_verify_row;

typedef struct gaze_verify_report {
    gaze_verify_row *rows;
    size_t count;
    bool ok; /* all rows */
} gaze_verify_report;

/* Compares every array of `reference`, whose data is in host byte order; "meta" is passed over. Fails with
 * NOT_FOUND when there are no input_ids or nothing to compare, ARGUMENT for a name that gaze does not
 * compute, SHAPE for a shape other than ours, and as the run itself does. A tensor out of tolerance is no
 * failure: report->ok tells. Free with gaze_verify_report_deinit. */
gaze_status gaze_verify(gaze_verify_report *report, const gaze_model *model,
                        const gaze_named_tensor *reference, size_t count, double tolerance, int threads,
                        gaze_error *err);
void gaze_verify_report_deinit(gaze_verify_report *report);

#endif
