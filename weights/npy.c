#include "weights/npy.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/memory.h"
#include "weights/named_tensor.h"

#define MAGIC "\x93NUMPY"
enum { MAGIC_SIZE = 6, ALIGNMENT = 64 };

/* NumPy's names of the types, without the byte order. */
static const struct {
    char name[3];
    gaze_dtype dtype;
} types[] = {
    {"f4", GAZE_DTYPE_F32}, {"f8", GAZE_DTYPE_F64}, {"f2", GAZE_DTYPE_F16}, {"i4", GAZE_DTYPE_I32},
    {"i8", GAZE_DTYPE_I64}, {"u1", GAZE_DTYPE_U8},  {"i1", GAZE_DTYPE_I8},  {"b1", GAZE_DTYPE_BOOL},
};
enum { TYPE_COUNT = sizeof types / sizeof *types };

/* The header: a Python dictionary, read by hand ------------------------------------------------------ */

typedef struct cursor {
    const char *start; /* of the file */
    const char *at;
    const char *end; /* of the header */
} cursor;

static gaze_status malformed(const cursor *c, const char *expected, gaze_error *err) {
    size_t offset = (size_t)(c->at - c->start);
    return gaze_fail_at(err, GAZE_ERROR_FORMAT, offset, "npy header: expected %s at byte %zu", expected,
                        offset);
}

static void skip_space(cursor *c) {
    while (c->at < c->end && (*c->at == ' ' || *c->at == '\n' || *c->at == '\t')) c->at++;
}

static bool accept(cursor *c, const char *word) {
    size_t length = strlen(word);
    skip_space(c);
    if ((size_t)(c->end - c->at) < length || memcmp(c->at, word, length) != 0) return false;
    c->at += length;
    return true;
}

/* 'text' or "text", without escapes: NumPy needs none for what we read. */
static bool accept_text(cursor *c, const char **text, size_t *length) {
    char quote = accept(c, "'") ? '\'' : accept(c, "\"") ? '"' : '\0';
    const char *close = quote ? memchr(c->at, quote, (size_t)(c->end - c->at)) : NULL;
    if (!close) return false;
    *text = c->at;
    *length = (size_t)(close - c->at);
    c->at = close + 1;
    return true;
}

static gaze_status read_descr(gaze_npy *npy, cursor *c, gaze_error *err) {
    const char *text;
    size_t length;
    if (accept(c, "[") || accept(c, "("))
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "npy: records and sub-arrays are not read");
    if (!accept_text(c, &text, &length)) return malformed(c, "a type in quotes", err);
    for (size_t i = 0; i < TYPE_COUNT && length == 3; i++) {
        bool one_byte = gaze_dtype_bits(types[i].dtype) == 8;
        if (memcmp(text + 1, types[i].name, 2) != 0) continue;
        if (text[0] != '<' && text[0] != '>' && !(one_byte && text[0] == '|')) break;
        npy->tensor.dtype = types[i].dtype;
        npy->swapped = text[0] == '>' && !one_byte;
        return GAZE_OK;
    }
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "npy: type '%.*s', expected f4, f8, f2, i4, i8, u1, i1 or b1",
                     gaze_quoted(length), text);
}

static gaze_status read_order(gaze_npy *npy, cursor *c, gaze_error *err) {
    npy->fortran_order = accept(c, "True");
    if (!npy->fortran_order && !accept(c, "False")) return malformed(c, "True or False", err);
    return GAZE_OK;
}

static gaze_status read_dimension(size_t *out, cursor *c, gaze_error *err) {
    skip_space(c);
    if (c->at == c->end || *c->at < '0' || *c->at > '9') return malformed(c, "a dimension", err);
    *out = 0;
    for (; c->at < c->end && *c->at >= '0' && *c->at <= '9'; c->at++)
        if (!gaze_size_mul(*out, 10, out) || !gaze_size_add(*out, (size_t)(*c->at - '0'), out))
            return gaze_fail(err, GAZE_ERROR_OVERFLOW, "npy: a dimension does not fit %zu bits",
                             sizeof *out * 8);
    return GAZE_OK;
}

/* A tuple: (), (3,), (2, 3), (2, 3,). Not (3), which is a number to Python. */
static gaze_status read_shape(gaze_npy *npy, cursor *c, gaze_error *err) {
    gaze_tensor *t = &npy->tensor;
    bool comma = true;
    if (!accept(c, "(")) return malformed(c, "a tuple", err);
    for (t->rank = 0; !accept(c, ")"); t->rank++) {
        if (!comma) return malformed(c, "',' or ')'", err);
        if (t->rank == GAZE_MAX_RANK)
            return gaze_fail(err, GAZE_ERROR_LIMIT, "npy: more than %d dimensions", GAZE_MAX_RANK);
        gaze_status status = read_dimension(&t->shape[t->rank], c, err);
        if (status) return status;
        comma = accept(c, ",");
    }
    return t->rank == 1 && !comma ? malformed(c, "a tuple", err) : GAZE_OK;
}

static const struct {
    const char *name;
    gaze_status (*read)(gaze_npy *npy, cursor *c, gaze_error *err);
} keys[] = {{"descr", read_descr}, {"fortran_order", read_order}, {"shape", read_shape}};
enum { KEY_COUNT = sizeof keys / sizeof *keys };

/* key: value */
static gaze_status read_item(gaze_npy *npy, cursor *c, bool seen[KEY_COUNT], gaze_error *err) {
    const char *text;
    size_t length;
    if (!accept_text(c, &text, &length)) return malformed(c, "a key in quotes", err);
    for (size_t k = 0; k < KEY_COUNT; k++) {
        if (strlen(keys[k].name) != length || memcmp(keys[k].name, text, length) != 0) continue;
        if (seen[k]) return gaze_fail(err, GAZE_ERROR_FORMAT, "npy header: '%s' twice", keys[k].name);
        seen[k] = true;
        if (!accept(c, ":")) return malformed(c, "':'", err);
        return keys[k].read(npy, c, err);
    }
    return gaze_fail(err, GAZE_ERROR_FORMAT, "npy header: unknown key '%.*s'", gaze_quoted(length),
                     text);
}

/* The three keys, each once, in any order. */
static gaze_status read_dictionary(gaze_npy *npy, cursor *c, gaze_error *err) {
    bool seen[KEY_COUNT] = {false}, comma = true;
    if (!accept(c, "{")) return malformed(c, "a dictionary", err);
    while (!accept(c, "}")) {
        if (!comma) return malformed(c, "',' or '}'", err);
        gaze_status status = read_item(npy, c, seen, err);
        if (status) return status;
        comma = accept(c, ",");
    }
    for (size_t k = 0; k < KEY_COUNT; k++)
        if (!seen[k]) return gaze_fail(err, GAZE_ERROR_FORMAT, "npy header: no '%s'", keys[k].name);
    skip_space(c);
    return c->at == c->end ? GAZE_OK : malformed(c, "the end of the header", err);
}

/* The file ------------------------------------------------------------------------------------------- */

/* The header's place in the file, from the bytes in front of it. */
static gaze_status read_frame(cursor *c, const unsigned char *bytes, size_t size, gaze_error *err) {
    if (size < MAGIC_SIZE + 4 || memcmp(bytes, MAGIC, MAGIC_SIZE) != 0)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "not an .npy array");
    unsigned version = bytes[MAGIC_SIZE];
    if (version < 1 || version > 3 || bytes[MAGIC_SIZE + 1] != 0)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "npy: version %u.%u, expected 1.0, 2.0 or 3.0", version,
                         bytes[MAGIC_SIZE + 1]);
    size_t start = MAGIC_SIZE + (version == 1 ? 4 : 6);
    if (size < start) return gaze_fail(err, GAZE_ERROR_FORMAT, "npy: %zu bytes, cut off in the header", size);
    size_t length = version == 1 ? gaze_load_u16(bytes + 8) : gaze_load_u32(bytes + 8);
    if (length > GAZE_NPY_MAX_HEADER)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "npy: header of %zu bytes, expected at most %u", length,
                         GAZE_NPY_MAX_HEADER);
    if (length > size - start)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "npy: header of %zu bytes, but only %zu follow", length,
                         size - start);
    c->start = (const char *)bytes;
    c->at = c->start + start;
    c->end = c->at + length;
    return GAZE_OK;
}

/* A zero among the dimensions must not hide an overflow of the others. */
static gaze_status check_size(const gaze_tensor *tensor, size_t found, gaze_error *err) {
    size_t bytes = gaze_dtype_bits(tensor->dtype) / 8;
    bool fits = true;
    for (size_t i = 0; i < tensor->rank; i++)
        fits = fits && (tensor->shape[i] == 0 || gaze_size_mul(bytes, tensor->shape[i], &bytes));
    if (!fits) return gaze_fail(err, GAZE_ERROR_OVERFLOW, "npy: the size of the shape overflows");
    if (gaze_tensor_size(tensor) != found)
        return gaze_fail(err, GAZE_ERROR_SIZE_MISMATCH, "npy: %zu bytes of data, the shape needs %zu", found,
                         gaze_tensor_size(tensor));
    return GAZE_OK;
}

gaze_status gaze_npy_parse(gaze_npy *npy, const void *bytes, size_t size, gaze_error *err) {
    cursor c;
    *npy = (gaze_npy){0};
    gaze_status status = read_frame(&c, bytes, size, err);
    if (!status) status = read_dictionary(npy, &c, err);
    if (!status) status = check_size(&npy->tensor, size - (size_t)(c.end - c.start), err);
    if (!status) npy->tensor.data = c.end;
    return status;
}

/* Walks the elements row by row, as `out` has them, while `from` jumps by the strides of columns. */
static void copy_columns(char *out, const gaze_tensor *tensor, size_t width) {
    size_t index[GAZE_MAX_RANK] = {0}, stride[GAZE_MAX_RANK], count = gaze_tensor_count(tensor);
    const char *from = tensor->data;
    for (size_t i = 0, step = width; i < tensor->rank; step *= tensor->shape[i++]) stride[i] = step;
    for (; count > 0; count--, out += width) {
        memcpy(out, from, width);
        for (size_t i = tensor->rank; i-- > 0;) {
            from += stride[i];
            if (++index[i] < tensor->shape[i]) break;
            from -= stride[i] * tensor->shape[i];
            index[i] = 0;
        }
    }
}

void gaze_npy_copy(void *out, const gaze_npy *npy) {
    size_t width = gaze_dtype_bits(npy->tensor.dtype) / 8, size = gaze_tensor_size(&npy->tensor);
    if (npy->fortran_order)
        copy_columns(out, &npy->tensor, width);
    else if (size)
        memcpy(out, npy->tensor.data, size);
    if (npy->swapped == gaze_host_is_little_endian())
        gaze_elements_swap(out, gaze_tensor_count(&npy->tensor), width);
}

/* Writing -------------------------------------------------------------------------------------------- */

static void put_header(gaze_buffer *header, const gaze_tensor *tensor, const char *type) {
    bool one_byte = gaze_dtype_bits(tensor->dtype) == 8;
    gaze_buffer_printf(header, "{'descr': '%c%.2s', 'fortran_order': False, 'shape': (", one_byte ? '|' : '<',
                       type);
    for (size_t i = 0; i < tensor->rank; i++)
        gaze_buffer_printf(header, i ? ", %zu" : "%zu", tensor->shape[i]);
    gaze_buffer_puts(header, tensor->rank == 1 ? ",), }" : "), }");
    size_t before = MAGIC_SIZE + 4 + 1; /* and the newline */
    while ((before + header->length) % ALIGNMENT && !header->failed) gaze_buffer_putc(header, ' ');
    gaze_buffer_putc(header, '\n');
}

gaze_status gaze_npy_write(gaze_buffer *out, const gaze_tensor *tensor, gaze_error *err) {
    gaze_buffer header = {0};
    unsigned char frame[MAGIC_SIZE + 4] = MAGIC "\1";
    size_t type = 0;
    while (type < TYPE_COUNT && types[type].dtype != tensor->dtype) type++;
    if (type == TYPE_COUNT)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "npy: %s cannot be written",
                         gaze_dtype_name(tensor->dtype));
    put_header(&header, tensor, types[type].name);
    gaze_status status = gaze_buffer_status(&header, err);
    if (!status) {
        gaze_store_u16(frame + MAGIC_SIZE + 2, (uint16_t)header.length);
        gaze_buffer_append(out, frame, sizeof frame);
        gaze_buffer_append(out, header.data, header.length);
        gaze_tensor_append(out, tensor);
        status = gaze_buffer_status(out, err);
    }
    gaze_buffer_deinit(&header);
    return status;
}
