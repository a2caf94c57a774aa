/* tools/pipeline/verify: any arrays (as safetensors, which need no checksums) against a small model. */
#include <string.h>

#include "core/base/file.h"
#include "tests/fuzz/fuzz.h"
#include "tools/pipeline/verify.h"
#include "weights/safetensors.h"

static const gaze_model *small_model(void) {
    static gaze_model *model;
    if (!model) MUST(gaze_model_open(&model, "tests/data/models/head-size-3", NULL, NULL) == GAZE_OK);
    return model;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_safetensors file;
    gaze_verify_report report;
    gaze_error err = {0};
    const gaze_model *model = small_model();
    if (gaze_safetensors_parse(&file, data, size, &err)) return 0;
    if (gaze_verify(&report, model, file.tensors, file.count, GAZE_VERIFY_AUTO, 1, &err)) {
        MUST(err.code && err.code != GAZE_ERROR_MEMORY && !report.rows);
    } else {
        bool ok = true;
        for (size_t i = 0; i < report.count; i++) {
            const gaze_verify_row *row = &report.rows[i];
            MUST(row->ok == (row->max_abs <= row->tolerance));
            ok = ok && row->ok;
        }
        MUST(report.ok == ok && report.count <= file.count);
    }
    gaze_verify_report_deinit(&report);
    gaze_safetensors_deinit(&file);
    return 0;
}
