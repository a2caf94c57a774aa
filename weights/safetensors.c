/* The reader of safetensors. The checks stand in the order in which they are made: the frame, the JSON,
 * each tensor's entry, and the layout of the data, in which no byte may be left over or used twice.
 */
#include "weights/safetensors.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/json.h"
#include "core/base/utf8.h"

#define FRAME 8 /* bytes of N */

/* A tensor's entry as the header has it: nothing is believed yet, so all numbers have 64 bits. */
typedef struct entry {
    const char *name; /* in the JSON tree, not terminated */
    size_t name_length;
    gaze_dtype dtype;
    size_t rank;
    uint64_t shape[GAZE_MAX_RANK];
    uint64_t begin, end; /* bytes, counted from the start of the data */
} entry;

typedef struct header {
    gaze_json *json;
    entry *entries; /* after check_layout in the order of the data */
    size_t count;
    size_t data_start; /* in the file */
} header;

/* Where a value of the header stands in the file. */
static size_t place(const gaze_json_value *value) {
    return FRAME + value->offset;
}

/* The frame and the JSON ----------------------------------------------------------------------------- */

static gaze_status read_json(gaze_json **json, const char *text, size_t length, gaze_error *err) {
    size_t bad;
    if (!gaze_utf8_valid(text, length, &bad))
        return gaze_fail_at(err, GAZE_ERROR_UTF8, FRAME + bad, "ill-formed UTF-8 at byte %zu", bad);
    gaze_status status = gaze_json_parse(json, text, length, NULL, err);
    if (status == GAZE_ERROR_JSON_SYNTAX && text[length - 1] == '\0')
        return gaze_fail(err, status, "padded with NUL bytes, expected spaces");
    if (status && err && err->has_offset) err->offset += FRAME;
    return status;
}

static gaze_status read_frame(header *h, const unsigned char *bytes, size_t size, gaze_error *err) {
    if (size < FRAME)
        return gaze_fail(err, GAZE_ERROR_HEADER_TOO_SMALL, "file of %zu bytes, expected at least %d", size,
                         FRAME);
    uint64_t length = gaze_load_u64(bytes);
    if (length > GAZE_SAFETENSORS_MAX_HEADER)
        return gaze_fail_at(err, GAZE_ERROR_HEADER_TOO_LARGE, 0, "header of %llu bytes, expected at most %u",
                            (unsigned long long)length, GAZE_SAFETENSORS_MAX_HEADER);
    if (length > size - FRAME)
        return gaze_fail_at(err, GAZE_ERROR_HEADER_LENGTH, 0,
                            "header of %llu bytes, but only %zu bytes follow (is the file complete?)",
                            (unsigned long long)length, size - FRAME);
    h->data_start = FRAME + (size_t)length;
    gaze_status status = read_json(&h->json, (const char *)bytes + FRAME, (size_t)length, err);
    return status ? gaze_fail_prefix(err, status, "header") : GAZE_OK;
}

/* Entries -------------------------------------------------------------------------------------------- */

static gaze_status expected(const char *what, const gaze_json_value *found, gaze_error *err) {
    return gaze_fail_at(err, GAZE_ERROR_SCHEMA, place(found), "%s, expected %s", gaze_json_kind(found), what);
}

static gaze_status read_dtype(entry *e, const gaze_json_value *value, gaze_error *err) {
    if (value->type == GAZE_JSON_OBJECT) return expected("a string", value, err);
    if (value->type != GAZE_JSON_STRING)
        return gaze_fail_at(err, GAZE_ERROR_DTYPE, place(value), "%s, expected a string",
                            gaze_json_kind(value));
    if (!gaze_dtype_from_name(value->as.text, value->length, &e->dtype))
        return gaze_fail_at(err, GAZE_ERROR_DTYPE, place(value), "unknown dtype '%.*s'",
                            gaze_quoted(value->length), value->as.text);
    return GAZE_OK;
}

static gaze_status read_shape(entry *e, const gaze_json_value *value, gaze_error *err) {
    if (value->type != GAZE_JSON_ARRAY) return expected("an array", value, err);
    if (value->count > GAZE_MAX_RANK)
        return gaze_fail_at(err, GAZE_ERROR_LIMIT, place(value), "%u dimensions, expected at most %d",
                            (unsigned)value->count, GAZE_MAX_RANK);
    e->rank = 0;
    for (const gaze_json_value *v = gaze_json_first(value); v; v = v->next)
        if (!gaze_json_uint64(v, &e->shape[e->rank++])) return expected("unsigned 64-bit integers", v, err);
    return GAZE_OK;
}

static gaze_status read_offsets(entry *e, const gaze_json_value *value, gaze_error *err) {
    if (value->type != GAZE_JSON_ARRAY || value->count != 2) return expected("an array of two", value, err);
    const gaze_json_value *begin = gaze_json_first(value);
    if (!gaze_json_uint64(begin, &e->begin)) return expected("unsigned 64-bit integers", begin, err);
    if (!gaze_json_uint64(begin->next, &e->end))
        return expected("unsigned 64-bit integers", begin->next, err);
    return GAZE_OK;
}

/* The fields of an entry. Others are ignored, as the crate does. */
static const struct {
    const char *name;
    gaze_status (*read)(entry *e, const gaze_json_value *value, gaze_error *err);
} fields[] = {{"dtype", read_dtype}, {"shape", read_shape}, {"data_offsets", read_offsets}};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

static gaze_status read_field(entry *e, const gaze_json_value *key, bool seen[FIELD_COUNT], gaze_error *err) {
    for (size_t f = 0; f < FIELD_COUNT; f++) {
        if (!gaze_json_equals(key, fields[f].name)) continue;
        if (seen[f])
            return gaze_fail_at(err, GAZE_ERROR_DUPLICATE, place(key), "field '%s' twice", fields[f].name);
        seen[f] = true;
        gaze_status status = fields[f].read(e, key->next, err);
        return status ? gaze_fail_prefix(err, status, "%s", fields[f].name) : GAZE_OK;
    }
    return GAZE_OK;
}

static gaze_status read_fields(entry *e, const gaze_json_value *object, gaze_error *err) {
    bool seen[FIELD_COUNT] = {false};
    if (object->type != GAZE_JSON_OBJECT) return expected("an object", object, err);
    for (const gaze_json_value *key = gaze_json_first(object); key; key = gaze_json_next_key(key)) {
        gaze_status status = read_field(e, key, seen, err);
        if (status) return status;
    }
    for (size_t f = 0; f < FIELD_COUNT; f++)
        if (!seen[f])
            return gaze_fail_at(err, GAZE_ERROR_SCHEMA, place(object), "no field '%s'", fields[f].name);
    return GAZE_OK;
}

static gaze_status check_name(const gaze_json_value *key, gaze_error *err) {
    if (key->length > GAZE_SAFETENSORS_MAX_NAME)
        return gaze_fail_at(err, GAZE_ERROR_NAME, place(key), "tensor name of %zu bytes, expected at most %u",
                            key->length, GAZE_SAFETENSORS_MAX_NAME);
    if (memchr(key->as.text, '\0', key->length))
        return gaze_fail_at(err, GAZE_ERROR_NAME, place(key), "NUL in the tensor name '%.*s...'",
                            (int)key->length, key->as.text);
    return GAZE_OK;
}

/* Puts the tensor's name before the message of a failed check. */
static gaze_status name_entry(const entry *e, gaze_status status, gaze_error *err) {
    return status ? gaze_fail_prefix(err, status, "tensor '%.*s'", (int)e->name_length, e->name) : GAZE_OK;
}

static gaze_status read_entry(entry *e, const gaze_json_value *key, gaze_error *err) {
    gaze_status status = check_name(key, err);
    if (status) return status;
    e->name = key->as.text;
    e->name_length = key->length;
    return name_entry(e, read_fields(e, key->next, err), err);
}

static gaze_status refuse_duplicates(const gaze_json_value *object, gaze_error *err) {
    const gaze_json_value *key;
    gaze_status status = gaze_json_find_duplicate(object, &key, err);
    if (status || !key) return status;
    return gaze_fail_at(err, GAZE_ERROR_DUPLICATE, place(key), "the name '%.*s' twice",
                        gaze_quoted(key->length), key->as.text);
}

/* "__metadata__": null, or an object that maps strings to strings. */
static gaze_status check_metadata(const gaze_json_value *metadata, gaze_error *err) {
    if (metadata->type == GAZE_JSON_NULL) return GAZE_OK;
    if (metadata->type != GAZE_JSON_OBJECT) return expected("an object", metadata, err);
    for (const gaze_json_value *key = gaze_json_first(metadata); key; key = gaze_json_next_key(key))
        if (key->next->type != GAZE_JSON_STRING) return expected("strings", key->next, err);
    return refuse_duplicates(metadata, err);
}

static gaze_status read_value(header *h, const gaze_json_value *key, gaze_error *err) {
    if (!gaze_json_equals(key, "__metadata__")) return read_entry(&h->entries[h->count++], key, err);
    gaze_status status = check_metadata(key->next, err);
    return status ? gaze_fail_prefix(err, status, "__metadata__") : GAZE_OK;
}

static gaze_status read_entries(header *h, gaze_error *err) {
    const gaze_json_value *root = gaze_json_root(h->json);
    if (root->type != GAZE_JSON_OBJECT) return expected("an object", root, err);
    gaze_status status = refuse_duplicates(root, err);
    if (status) return status;
    size_t count = root->count - (gaze_json_get(root, "__metadata__") ? 1 : 0);
    if (count > GAZE_SAFETENSORS_MAX_TENSORS)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%zu tensors, expected at most %u", count,
                         GAZE_SAFETENSORS_MAX_TENSORS);
    h->entries = gaze_alloc_zero(count, sizeof *h->entries);
    if (!h->entries) return gaze_fail_memory(err);
    for (const gaze_json_value *key = gaze_json_first(root); key && !status; key = gaze_json_next_key(key))
        status = read_value(h, key, err);
    return status;
}

/* Layout --------------------------------------------------------------------------------------------- */

/* By (begin, end), as the crate sorts; then by name, so that the order never depends on chance. */
static int compare_entries(const void *left, const void *right) {
    const entry *a = left, *b = right;
    if (a->begin != b->begin) return a->begin < b->begin ? -1 : 1;
    if (a->end != b->end) return a->end < b->end ? -1 : 1;
    size_t shorter = a->name_length < b->name_length ? a->name_length : b->name_length;
    int order = memcmp(a->name, b->name, shorter);
    return order ? order : (a->name_length > b->name_length) - (a->name_length < b->name_length);
}

static bool multiply(uint64_t *product, uint64_t factor) {
    if (factor && *product > UINT64_MAX / factor) return false;
    *product *= factor;
    return true;
}

/* The bytes that the shape needs are those that the offsets give. A zero among the dimensions is no reason
 * to leave early: what stands before it must not overflow either. */
static gaze_status check_size(const entry *e, gaze_error *err) {
    uint64_t bits = 1, found = e->end - e->begin;
    bool fits = true;
    for (size_t i = 0; i < e->rank; i++) fits = fits && multiply(&bits, e->shape[i]);
    if (!fits || !multiply(&bits, gaze_dtype_bits(e->dtype)))
        return gaze_fail(err, GAZE_ERROR_OVERFLOW, "the shape needs more than 2^64 bits");
    if (bits % 8)
        return gaze_fail(err, GAZE_ERROR_MISALIGNED, "%llu bits of %s, expected whole bytes",
                         (unsigned long long)bits, gaze_dtype_name(e->dtype));
    if (bits / 8 != found)
        return gaze_fail(err, GAZE_ERROR_SIZE_MISMATCH, "data_offsets give %llu bytes, the shape needs %llu",
                         (unsigned long long)found, (unsigned long long)(bits / 8));
    return GAZE_OK;
}

/* The tensors lie one after another, without a hole and without an overlap: each begins where the one before
 * it ends. */
static gaze_status check_place(const entry *e, uint64_t before, gaze_error *err) {
    if (e->begin != before || e->end < e->begin)
        return gaze_fail(err, GAZE_ERROR_OFFSETS,
                         "data_offsets [%llu, %llu], expected to begin at %llu, where the tensor before ends",
                         (unsigned long long)e->begin, (unsigned long long)e->end,
                         (unsigned long long)before);
    return check_size(e, err);
}

/* Ours alone: dimensions that a careless reader would take for negative or cut to 32 bits. */
static gaze_status check_dimensions(const entry *e, gaze_error *err) {
    size_t count = 1;
    for (size_t i = 0; i < e->rank; i++) {
        if (e->shape[i] > GAZE_SAFETENSORS_MAX_DIMENSION)
            return gaze_fail(err, GAZE_ERROR_LIMIT, "dimension %llu, expected at most %u",
                             (unsigned long long)e->shape[i], GAZE_SAFETENSORS_MAX_DIMENSION);
        if (e->shape[i] && !gaze_size_mul(count, (size_t)e->shape[i], &count))
            return gaze_fail(err, GAZE_ERROR_LIMIT, "the dimensions other than 0 overflow");
    }
    return GAZE_OK;
}

static gaze_status check_layout(header *h, size_t data_size, gaze_error *err) {
    gaze_status status = GAZE_OK;
    uint64_t end = 0;
    qsort(h->entries, h->count, sizeof *h->entries, compare_entries);
    for (size_t i = 0; i < h->count && !status; i++) {
        status = name_entry(&h->entries[i], check_place(&h->entries[i], end, err), err);
        end = h->entries[i].end;
    }
    if (status) return status;
    if (end != data_size)
        return gaze_fail(err, GAZE_ERROR_COVERAGE, "the tensors have %llu bytes, but %zu follow the header%s",
                         (unsigned long long)end, data_size,
                         end > data_size ? " (is the file complete?)" : "");
    for (size_t i = 0; i < h->count && !status; i++)
        status = name_entry(&h->entries[i], check_dimensions(&h->entries[i], err), err);
    return status;
}

/* The result ----------------------------------------------------------------------------------------- */

/* The entry is checked: every number in it is within the file and fits a size_t. */
static gaze_tensor make_tensor(const entry *e, const unsigned char *data) {
    gaze_tensor tensor = {.data = data + (size_t)e->begin, .dtype = e->dtype, .rank = e->rank};
    for (size_t i = 0; i < e->rank; i++) tensor.shape[i] = (size_t)e->shape[i];
    return tensor;
}

static gaze_status fill(gaze_safetensors *file, const header *h, const unsigned char *bytes,
                        gaze_error *err) {
    file->tensors = gaze_alloc(h->count, sizeof *file->tensors);
    if (!file->tensors) return gaze_fail_memory(err);
    for (; file->count < h->count; file->count++) {
        const entry *e = &h->entries[file->count];
        const char *name = gaze_arena_copy_string(&file->names, e->name, e->name_length);
        if (!name) return gaze_fail_memory(err);
        file->tensors[file->count] = (gaze_named_tensor){name, make_tensor(e, bytes + h->data_start)};
    }
    return GAZE_OK;
}

gaze_status gaze_safetensors_parse(gaze_safetensors *file, const void *bytes, size_t size, gaze_error *err) {
    header h = {0};
    *file = (gaze_safetensors){0};
    gaze_status status = read_frame(&h, bytes, size, err);
    if (!status) status = read_entries(&h, err);
    if (!status) status = check_layout(&h, size - h.data_start, err);
    if (!status) status = fill(file, &h, bytes, err);
    if (status) gaze_safetensors_deinit(file);
    gaze_free(h.entries);
    gaze_json_free(h.json);
    return status;
}

void gaze_safetensors_deinit(gaze_safetensors *file) {
    gaze_free(file->tensors);
    gaze_arena_deinit(&file->names);
    *file = (gaze_safetensors){0};
}
