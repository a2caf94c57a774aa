/* The numbers of a picture as files: what is drawn, exactly.
 *
 *     .csv .tsv   one panel:   a row of labels, then for each row its label and its weights
 *                 several:     two columns more at the left, layer and head
 *     .json       {"model", "layer": 4, "head": "mean", "tokens": [...], "matrix": [[...], ...]}
 *                 several:     "layer" and "head" are lists, one element a panel, "matrix" one dimension deeper
 *     .npz        matrix (N,N) or (panels,N,N) float32; meta: the JSON object without its matrix, as bytes
 *
 * Numbers read back as the same float32. What is no number is null in JSON, nan or inf elsewhere.
 */
#ifndef GAZE_TOOLS_PIPELINE_PICTURE_WRITE_H
#define GAZE_TOOLS_PIPELINE_PICTURE_WRITE_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "tools/pipeline/picture.h"

/* Each appends a whole file. Errors: MEMORY. CSV is quoted after RFC 4180, its lines end in LF. */
gaze_status gaze_picture_put_csv(gaze_buffer *out, const gaze_picture *picture, gaze_error *err);
/* Tabs, line ends and backslashes inside a label are written \t, \n, \r and \\. */
gaze_status gaze_picture_put_tsv(gaze_buffer *out, const gaze_picture *picture, gaze_error *err);
gaze_status gaze_picture_put_json(gaze_buffer *out, const gaze_picture *picture, gaze_error *err);
gaze_status gaze_picture_put_npz(gaze_buffer *out, const gaze_picture *picture, gaze_error *err);

#endif
