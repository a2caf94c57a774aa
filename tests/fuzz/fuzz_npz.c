/* weights/zip and npz: entries lie within the archive, checksums or not; what is read can be written. */
#include <string.h>

#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "tests/fuzz/fuzz.h"
#include "weights/npz.h"
#include "weights/zip.h"

/* A fuzzer seldom finds a checksum, so here each entry is unpacked without one. */
static void read_entries(const uint8_t *data, size_t size) {
    gaze_zip zip;
    gaze_error err = {0};
    if (gaze_zip_parse(&zip, data, size, &err)) return;
    for (size_t i = 0; i < zip.count; i++) {
        const gaze_zip_entry *entry = &zip.entries[i];
        const uint8_t *begin = entry->data;
        MUST(begin >= data && entry->data_size <= (size_t)(data + size - begin));
        MUST(entry->name_length > 0 && !memchr(entry->name, '\0', entry->name_length));
        if (!entry->deflated || entry->size > 1 << 20) continue;
        void *out = gaze_alloc(entry->size, 1);
        MUST(out);
        gaze_inflate_raw(out, entry->size, entry->data, entry->data_size, &err);
        gaze_free(out);
    }
    gaze_zip_deinit(&zip);
}

static void check_arrays(const gaze_npz *npz) {
    for (size_t i = 0; i < npz->count; i++) {
        float *f32;
        int64_t *i64;
        gaze_status status = gaze_npz_get_f32(&f32, npz, npz->arrays[i].name, NULL);
        MUST(status == GAZE_OK && f32);
        status = gaze_npz_get_i64(&i64, npz, npz->arrays[i].name, NULL);
        MUST((status == GAZE_OK) == (i64 != NULL));
        gaze_free(f32);
        gaze_free(i64);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_npz npz, again;
    gaze_buffer out = {0};
    gaze_error err = {0};
    read_entries(data, size);
    if (gaze_npz_parse(&npz, data, size, &err)) {
        MUST(err.code && err.message[0] && !npz.arrays);
        return 0;
    }
    check_arrays(&npz);
    MUST(gaze_npz_write(&out, npz.arrays, npz.count, true, &err) == GAZE_OK);
    MUST(gaze_npz_parse(&again, out.data, out.length, &err) == GAZE_OK && again.count == npz.count);
    gaze_npz_deinit(&again);
    gaze_npz_deinit(&npz);
    gaze_buffer_deinit(&out);
    return 0;
}
