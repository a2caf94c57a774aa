/* weights/safetensors: tensors lie one after another in the file's data; what is written is read again. */
#include <string.h>

#include "core/base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "weights/safetensors.h"

static void check_tensors(const gaze_safetensors *file, const uint8_t *data, size_t size) {
    const uint8_t *at = NULL;
    for (size_t i = 0; i < file->count; i++) {
        const gaze_named_tensor *t = &file->tensors[i];
        const uint8_t *begin = t->tensor.data;
        size_t length = strlen(t->name);
        MUST(t->tensor.rank <= GAZE_MAX_RANK && length <= GAZE_SAFETENSORS_MAX_NAME);
        MUST(gaze_utf8_valid(t->name, length, NULL));
        MUST(begin >= data + 8 && begin <= data + size && (!at || begin == at));
        at = begin + gaze_tensor_size(&t->tensor);
    }
    if (at) MUST(at == data + size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_safetensors file, again;
    gaze_buffer out = {0};
    gaze_error err = {0};
    if (gaze_safetensors_parse(&file, data, size, &err)) {
        MUST(err.code && err.message[0] && !file.tensors);
        return 0;
    }
    check_tensors(&file, data, size);
    gaze_status status = gaze_safetensors_write(&out, file.tensors, file.count, "pt", &err);
    MUST(!status || status == GAZE_ERROR_ARGUMENT || status == GAZE_ERROR_NAME);
    if (!status) {
        MUST(gaze_safetensors_parse(&again, out.data, out.length, &err) == GAZE_OK);
        MUST(again.count == file.count);
        check_tensors(&again, (const uint8_t *)out.data, out.length);
        gaze_safetensors_deinit(&again);
    }
    gaze_buffer_deinit(&out);
    gaze_safetensors_deinit(&file);
    return 0;
}
