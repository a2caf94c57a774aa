#include "tests/support/zip_read.h"

#include "core/base/memory.h"
#include "tests/support/exact_copy.h"
#include "weights/zip.h"

gaze_status zip_read_all(const void *bytes, size_t size, gaze_error *err) {
    gaze_zip zip;
    void *exact = exact_copy(bytes, size);
    gaze_status status = gaze_zip_parse(&zip, exact, size, err);
    for (size_t i = 0; i < zip.count && !status; i++) {
        const void *content;
        void *memory;
        status = gaze_zip_read(&content, &memory, &zip.entries[i], err);
        gaze_free(memory);
    }
    gaze_zip_deinit(&zip);
    free(exact);
    return status;
}
