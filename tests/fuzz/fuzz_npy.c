/* weights/npy: the header is refused or describes exactly the bytes behind it, whatever order they are in. */
#include <string.h>

#include "core/base/memory.h"
#include "tests/fuzz/fuzz.h"
#include "weights/named_tensor.h"
#include "weights/npy.h"

/* The elements row by row in the host's byte order, in new memory. */
static void *elements_of(const gaze_npy *npy) {
    void *elements = gaze_alloc(gaze_tensor_size(&npy->tensor), 1);
    MUST(elements);
    gaze_npy_copy(elements, npy);
    return elements;
}

/* Writes the array, reads it again, and finds the same elements. */
static void write_and_read(const gaze_tensor *tensor) {
    gaze_buffer out = {0};
    gaze_error err = {0};
    gaze_npy again;
    MUST(gaze_npy_write(&out, tensor, &err) == GAZE_OK);
    MUST(gaze_npy_parse(&again, out.data, out.length, &err) == GAZE_OK);
    MUST(again.tensor.dtype == tensor->dtype && again.tensor.rank == tensor->rank);
    MUST(!memcmp(again.tensor.shape, tensor->shape, tensor->rank * sizeof *tensor->shape));
    void *elements = elements_of(&again);
    MUST(!memcmp(elements, tensor->data, gaze_tensor_size(tensor)));
    gaze_free(elements);
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
    void *elements = elements_of(&npy);
    copy.data = elements;
    write_and_read(&copy);
    gaze_free(elements);
    return 0;
}
