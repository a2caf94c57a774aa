#include "tests/support/questions.h"

static gaze_status parse(void *context, gaze_input *input, gaze_arena *arena, const char *line, size_t length,
                         gaze_error *err) {
    return gaze_answerer_parse(context, input, arena, line, length, err);
}

static gaze_status take_window(void *context, const gaze_run *run, const gaze_line_item *item,
                               const gaze_tokens *window, gaze_error *err) {
    const float *logits = run->logits + 2 * run->batch.starts[item->sequence];
    return gaze_answerer_window(context, &item->input, window, logits, window == &item->tokens, err);
}

gaze_lines question_lines(const gaze_pipeline *pipeline, gaze_answerer *answerer, gaze_lines_put *put) {
    return (gaze_lines){.pipeline = pipeline,
                        .options = {.truncation = answerer->truncation, .logits = true, .threads = 1},
                        .parse = parse,
                        .window = take_window,
                        .put = put,
                        .context = answerer};
}
