#include "weights/npz.h"

#include <string.h>

#include "core/base/file.h"
#include "core/base/utf8.h"
#include "weights/npy.h"
#include "weights/zip.h"

static const char suffix[] = ".npy";
enum { SUFFIX_SIZE = sizeof suffix - 1 };

/* Whether the bytes (an entry's name, with its suffix) are fit to be a name and no path. */
static gaze_status check_name(const char *name, size_t length, gaze_error *err) {
    int shown = length < 100 ? (int)length : 100;
    bool dots = false;
    for (size_t i = 1; i < length; i++) dots = dots || (name[i - 1] == '.' && name[i] == '.');
    if (length > GAZE_NPZ_MAX_NAME || dots || memchr(name, '/', length) || memchr(name, '\\', length) ||
        !gaze_utf8_valid(name, length, NULL))
        return gaze_fail(err, GAZE_ERROR_NAME,
                         "array '%.*s': a name with '/', '\\' or '..', or above %u bytes", shown, name,
                         GAZE_NPZ_MAX_NAME);
    if (length <= SUFFIX_SIZE || memcmp(name + length - SUFFIX_SIZE, suffix, SUFFIX_SIZE) != 0)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "entry '%.*s', expected a name that ends in .npy", shown,
                         name);
    return GAZE_OK;
}

/* Reading -------------------------------------------------------------------------------------------- */

static gaze_status check_budget(const gaze_zip *zip, gaze_error *err) {
    uint64_t left = GAZE_NPZ_MAX_INFLATED;
    for (size_t i = 0; i < zip->count; i++) {
        const gaze_zip_entry *entry = &zip->entries[i];
        if (!entry->deflated) continue;
        if (entry->size > left)
            return gaze_fail(err, GAZE_ERROR_LIMIT, "array '%.*s': more than %llu bytes would be inflated",
                             (int)entry->name_length, entry->name, (unsigned long long)GAZE_NPZ_MAX_INFLATED);
        left -= entry->size;
    }
    return GAZE_OK;
}

static gaze_status copy_array(gaze_named_tensor *array, gaze_npz *npz, const void *content, size_t size,
                              gaze_error *err) {
    gaze_npy npy;
    gaze_status status = gaze_npy_parse(&npy, content, size, err);
    if (status) return status;
    void *data = gaze_arena_alloc(&npz->memory, gaze_tensor_size(&npy.tensor), 1);
    if (!data) return gaze_fail_memory(err);
    gaze_npy_copy(data, &npy);
    array->tensor = npy.tensor;
    array->tensor.data = data;
    return GAZE_OK;
}

static gaze_status read_array(gaze_npz *npz, const gaze_zip_entry *entry, gaze_error *err) {
    gaze_named_tensor *array = &npz->arrays[npz->count++];
    const void *content;
    void *memory;
    gaze_status status = check_name(entry->name, entry->name_length, err);
    if (status) return status;
    size_t length = entry->name_length - SUFFIX_SIZE;
    array->name = gaze_arena_copy_string(&npz->memory, entry->name, length);
    if (!array->name) return gaze_fail_memory(err);
    if ((status = gaze_zip_read(&content, &memory, entry, err))) return status;
    status = copy_array(array, npz, content, entry->size, err);
    gaze_free(memory);
    return status ? gaze_fail_prefix(err, status, "array '%s'", array->name) : GAZE_OK;
}

gaze_status gaze_npz_parse(gaze_npz *npz, const void *bytes, size_t size, gaze_error *err) {
    gaze_zip zip;
    *npz = (gaze_npz){0};
    gaze_status status = gaze_zip_parse(&zip, bytes, size, err);
    if (status) return status;
    status = check_budget(&zip, err);
    if (!status) {
        npz->arrays = gaze_alloc_zero(zip.count, sizeof *npz->arrays);
        if (!npz->arrays) status = gaze_fail_memory(err);
    }
    for (size_t i = 0; i < zip.count && !status; i++) status = read_array(npz, &zip.entries[i], err);
    if (status) gaze_npz_deinit(npz);
    gaze_zip_deinit(&zip);
    return status;
}

gaze_status gaze_npz_open(gaze_npz *npz, const char *path, gaze_error *err) {
    gaze_file file;
    *npz = (gaze_npz){0};
    gaze_status status = gaze_file_open(&file, path, GAZE_FILE_READ, 0, err);
    if (status) return status;
    status = gaze_npz_parse(npz, file.data, file.size, err);
    gaze_file_close(&file);
    return status ? gaze_fail_prefix(err, status, "%s", path) : GAZE_OK;
}

void gaze_npz_deinit(gaze_npz *npz) {
    gaze_free(npz->arrays);
    gaze_arena_deinit(&npz->memory);
    *npz = (gaze_npz){0};
}

/* Getting -------------------------------------------------------------------------------------------- */

const gaze_tensor *gaze_npz_find(const gaze_npz *npz, const char *name) {
    for (size_t i = 0; i < npz->count; i++)
        if (strcmp(npz->arrays[i].name, name) == 0) return &npz->arrays[i].tensor;
    return NULL;
}

/* The array and room for its elements, `width` bytes each. */
static gaze_status prepare(const gaze_tensor **tensor, void **out, const gaze_npz *npz, const char *name,
                           size_t width, gaze_error *err) {
    *out = NULL;
    *tensor = gaze_npz_find(npz, name);
    if (!*tensor) return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "no array '%s'", name);
    *out = gaze_alloc(gaze_tensor_count(*tensor), width);
    return *out ? GAZE_OK : gaze_fail_memory(err);
}

gaze_status gaze_npz_get_f32(float **out, const gaze_npz *npz, const char *name, gaze_error *err) {
    const gaze_tensor *tensor;
    void *memory;
    gaze_status status = prepare(&tensor, &memory, npz, name, sizeof **out, err);
    *out = memory;
    if (!status) gaze_tensor_to_f32(*out, tensor);
    return status;
}

gaze_status gaze_npz_get_i64(int64_t **out, const gaze_npz *npz, const char *name, gaze_error *err) {
    const gaze_tensor *tensor;
    void *memory;
    gaze_status status = prepare(&tensor, &memory, npz, name, sizeof **out, err);
    *out = memory;
    if (status || gaze_tensor_to_i64(*out, tensor)) return status;
    gaze_free(*out);
    *out = NULL;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "array '%s': %s, expected whole numbers", name,
                     gaze_dtype_name(tensor->dtype));
}

/* Writing -------------------------------------------------------------------------------------------- */

static gaze_status write_array(gaze_zip_writer *zip, const gaze_named_tensor *array, bool compress,
                               gaze_error *err) {
    gaze_buffer name = {0}, content = {0};
    gaze_buffer_printf(&name, "%s%s", array->name, suffix);
    gaze_status status = gaze_buffer_status(&name, err);
    if (!status) status = check_name(name.data, name.length, err);
    if (!status) status = gaze_npy_write(&content, &array->tensor, err);
    if (!status) status = gaze_zip_add(zip, name.data, content.data, content.length, compress, err);
    gaze_buffer_deinit(&name);
    gaze_buffer_deinit(&content);
    return status;
}

gaze_status gaze_npz_write(gaze_buffer *out, const gaze_named_tensor *arrays, size_t count, bool compress,
                           gaze_error *err) {
    gaze_zip_writer zip;
    gaze_status status = gaze_named_tensors_check(arrays, count, err);
    if (status) return status;
    gaze_zip_begin(&zip, out);
    for (size_t i = 0; i < count && !status; i++) status = write_array(&zip, &arrays[i], compress, err);
    gaze_status finished = gaze_zip_finish(&zip, status ? NULL : err);
    return status ? status : finished;
}
