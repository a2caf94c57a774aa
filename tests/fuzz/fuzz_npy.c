/* weights/npy: the header is refused or describes exactly the bytes behind it, whatever order they are in. */
#include <string.h>

#include "core/base/memory.h"
#include "tests/fuzz/fuzz.h"
#include "weights/named_tensor.h"
#include "weights/npy.h"

/* Writes the array, reads it again, and finds the same elements. */
static void write_and_read(const gaze_tensor *tensor) {
    gaze_buffer out = {0};
    gaze_error err = {0};
    gaze_npy again;
    MUST(gaze_npy_write(&out, tensor, &err) == GAZE_OK);
    MUST(gaze_npy_parse(&again, out.data, out.length, &err) == GAZE_OK);
    MUST(again.tensor.dtype == tensor->dtype && again.tensor.rank == tensor->rank);
    MUST(!memcmp(again.tensor.shape, tensor->shape, tensor->rank * sizeof *tensor->shape));
    size_t size = gaze_tensor_size(tensor);
    if (size) MUST(!memcmp(again.tensor.data, tensor->data, size));
    gaze_buffer_deinit(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_npy npy;
    gaze_error err = {0};
    if (gaze_npy_parse(&npy, data, size, &err)) {
        MUST(err.code && err.message[0]);
        return 0;
    }
    size_t bytes = gaze_tensor_size(&npy.tensor);
    const uint8_t *begin = npy.tensor.data;
    MUST(begin > data && begin <= data + size && bytes == (size_t)(data + size - begin));
    gaze_tensor copy = npy.tensor;
    void *elements = gaze_alloc(bytes, 1);
    MUST(elements);
    gaze_npy_copy(elements, &npy);
    copy.data = elements;
    write_and_read(&copy);
    gaze_free(elements);
    return 0;
}
