/* A program of a user of the library: prints how much the second token attends to each other one. */
#include <gaze.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    gaze_error err = {0};
    gaze_pipeline *pipeline = NULL;
    gaze_run run = {0};
    gaze_input input = {.text = argc > 2 ? argv[2] : "", .text_length = argc > 2 ? strlen(argv[2]) : 0};
    gaze_run_options options = {.what = GAZE_RECORD_ATTENTIONS};
    if (argc < 3 || gaze_pipeline_open(&pipeline, argv[1], &err) ||
        gaze_pipeline_run(&run, pipeline, &input, 1, &options, &err)) {
        fprintf(stderr, "%s\n", argc < 3 ? "example MODEL TEXT" : err.message);
        return 1;
    }
    size_t T = run.tokens->count;
    const float *row = gaze_record_attentions(run.record, 0, 0) + T; /* layer 0, head 0, token 1 */
    for (size_t s = 0; s < T; s++) printf("%s %.3f\n", run.tokens->strings[s], (double)row[s]);
    gaze_run_deinit(&run);
    gaze_pipeline_close(pipeline);
    return 0;
}
