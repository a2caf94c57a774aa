/* Questions that go through the lines of tools/pipeline, one after another. */
#ifndef GAZE_TESTS_SUPPORT_QUESTIONS_H
#define GAZE_TESTS_SUPPORT_QUESTIONS_H

#include "tools/pipeline/answerer.h"
#include "tools/pipeline/lines.h"

/* Lines whose context is the answerer, which takes in their windows; `put` writes what it found. Borrows all. */
gaze_lines question_lines(const gaze_pipeline *pipeline, gaze_answerer *answerer, gaze_lines_put *put);

#endif
