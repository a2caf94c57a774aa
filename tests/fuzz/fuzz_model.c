/* weights/model: any config.json NUL model.safetensors is refused or gives a model that runs. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tools/pipeline/pipeline.h"
#include "weights/model.h"

/* Two sequences through the model: nothing may be read outside its tables. */
static void run(const gaze_model *model) {
    const gaze_config *c = gaze_model_config(model);
    const gaze_run_options options = {.what = GAZE_RECORD_ALL, .pooler = true, .threads = 1};
    gaze_batch batch;
    gaze_run result;
    if (c->hidden_size > 64 || c->num_hidden_layers > 4 || c->intermediate_size > 256) return; /* too slow */
    MUST(gaze_batch_init(&batch, 2, 4, NULL) == GAZE_OK);
    batch.starts[1] = 1;
    batch.starts[2] = 4;
    for (size_t n = 0; n < 4; n++) {
        batch.ids[n] = (int32_t)(n * 3 % c->vocab_size);
        batch.positions[n] = (int32_t)(n % c->max_position_embeddings);
        batch.types[n] = (int32_t)(n % c->type_vocab_size);
    }
    MUST(gaze_pipeline_run_batch(&result, model, &batch, &options, NULL) == GAZE_OK);
    MUST(result.hidden && result.count == 2);
    gaze_run_deinit(&result);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input weights = {data, size}, config = fuzz_part(&weights, 0);
    gaze_model_files files = {config.data, config.size, weights.data, weights.size};
    gaze_model *model = NULL;
    gaze_error err = {0};
    gaze_status status = gaze_model_open_files(&model, &files, &err);
    MUST((status == GAZE_OK) == (model != NULL));
    if (status) {
        MUST(err.code && err.message[0]);
        return 0;
    }
    for (size_t i = 0; i < gaze_model_tensor_count(model); i++) MUST(gaze_model_tensor_at(model, i)->name);
    gaze_model_check_finite(model, &err);
    run(model);
    gaze_model_close(model);
    return 0;
}
