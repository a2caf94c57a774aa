/* tools/pipeline/answerer: any line as a question about a context, in small windows. The first four bytes choose. One
 * line of JSON comes out; an answer's place lies where it may. */
#include <string.h>

#include "core/base/json.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/questions.h"

static gaze_status put(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                       gaze_error *err) {
    const gaze_answerer *answerer = context;
    (void)run;
    (void)item;
    MUST(gaze_answerer_finish(context, err) == GAZE_OK);
    MUST(answerer->answers.count >= 1 && answerer->answers.count <= answerer->options.top_k);
    for (size_t i = 0; i < answerer->answers.count; i++) {
        const gaze_answer *a = &answerer->answers.items[i];
        MUST(a->score >= 0 && (i == 0 || a->score <= a[-1].score));
        MUST(answerer->bytes[i].start <= answerer->bytes[i].end);
        MUST(answerer->bytes[i].end <= answerer->context.text_length);
    }
    gaze_answerer_put_json(out, answerer);
    return GAZE_OK;
}

static const gaze_pipeline *pipeline_of(size_t i) {
    static const char *const names[] = {"bert", "bert-left", "roberta"};
    static gaze_pipeline *open[3];
    char directory[64];
    snprintf(directory, sizeof directory, "tests/data/answer/%s", names[i]);
    if (!open[i]) MUST(gaze_pipeline_open(&open[i], directory, NULL) == GAZE_OK);
    return open[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size < 4096 ? size : 4096};
    const gaze_pipeline *pipeline = pipeline_of(fuzz_below(&input, 3));
    const size_t flags = fuzz_below(&input, 8);
    const gaze_answerer_options options = {.handle_impossible_answer = flags & 1,
                                           .inside_words = flags & 2,
                                           .top_k = 1 + fuzz_below(&input, 9),
                                           .max_seq_len = 8 + fuzz_below(&input, 40),
                                           .doc_stride = 1,
                                           .doc_stride_set = flags & 4};
    gaze_answerer answerer;
    gaze_buffer out = {0};
    gaze_json *json = NULL;
    MUST(gaze_answerer_init(&answerer, pipeline, &options, NULL) == GAZE_OK);
    gaze_lines lines = question_lines(pipeline, &answerer, put);
    MUST(gaze_lines_add(&lines, &out, (const char *)input.data, input.size, NULL) == GAZE_OK);
    MUST(gaze_lines_flush(&lines, &out, NULL) == GAZE_OK);
    MUST(out.length && memchr(out.data, '\n', out.length) == out.data + out.length - 1);
    MUST(gaze_json_parse(&json, out.data, out.length, NULL, NULL) == GAZE_OK);
    gaze_json_free(json);
    gaze_lines_deinit(&lines);
    gaze_answerer_deinit(&answerer);
    gaze_buffer_deinit(&out);
    return 0;
}
