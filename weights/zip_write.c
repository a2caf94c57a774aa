#include <string.h>

#include "core/base/bytes.h"
#include "core/base/deflate.h"
#include "weights/zip.h"
#include "weights/zip_format.h"

/* 1980-01-01: year 0, month 1, day 1 in five bits. The archive must not depend on when it was made. */
#define DOS_DATE 0x0021u
#define MAX_NAME 0xFFFFu
#define RECORDS  ((size_t)1 << 20) /* more than a header, two names and the end take */
#define VERSION  20                /* 2.0: deflate */

static void put_u16(gaze_buffer *out, unsigned value) {
    unsigned char bytes[2];
    gaze_store_u16(bytes, (uint16_t)value);
    gaze_buffer_append(out, bytes, sizeof bytes);
}

static void put_u32(gaze_buffer *out, size_t value) {
    unsigned char bytes[4];
    gaze_store_u32(bytes, (uint32_t)value);
    gaze_buffer_append(out, bytes, sizeof bytes);
}

/* The fields that a local header and a directory entry share. */
typedef struct description {
    const char *name;
    size_t name_length;
    unsigned method;
    uint32_t crc;
    size_t data_size, size;
} description;

static void put_description(gaze_buffer *out, const description *d) {
    put_u16(out, VERSION);
    put_u16(out, ZIP_UTF8);
    put_u16(out, d->method);
    put_u16(out, 0); /* midnight */
    put_u16(out, DOS_DATE);
    put_u32(out, d->crc);
    put_u32(out, d->data_size);
    put_u32(out, d->size);
    put_u16(out, (unsigned)d->name_length);
    put_u16(out, 0); /* extra field */
}

static void put_local(gaze_buffer *out, const description *d) {
    put_u32(out, ZIP_LOCAL_MARK);
    put_description(out, d);
    gaze_buffer_append(out, d->name, d->name_length);
}

static void put_central(gaze_buffer *out, const description *d, size_t local) {
    put_u32(out, ZIP_CENTRAL_MARK);
    put_u16(out, VERSION); /* made by: MS-DOS, so that no Unix permissions are expected */
    put_description(out, d);
    put_u16(out, 0); /* comment */
    put_u16(out, 0); /* disk */
    put_u16(out, 0); /* internal attributes */
    put_u32(out, 0); /* external attributes */
    put_u32(out, local);
    gaze_buffer_append(out, d->name, d->name_length);
}

void gaze_zip_begin(gaze_zip_writer *writer, gaze_buffer *out) {
    *writer = (gaze_zip_writer){.out = out, .start = out->length};
}

/* Numbers of 32 bits, of which all ones would mean ZIP64, with room for the records around the data. */
static gaze_status check_room(const gaze_zip_writer *writer, const char *name, size_t size, gaze_error *err) {
    const size_t most = 0xFFFFFFFEu - RECORDS;
    size_t used = writer->out->length - writer->start + writer->directory.length;
    if (writer->count == GAZE_ZIP_MAX_ENTRIES - 1)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "zip: more than %u entries cannot be written",
                         GAZE_ZIP_MAX_ENTRIES - 1);
    if (strlen(name) > MAX_NAME)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "zip: a name of %zu bytes cannot be written", strlen(name));
    if (used > most || size > most - used)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "zip: entry '%s': archives above 4 GiB cannot be written",
                         name);
    return GAZE_OK;
}

/* The description goes into the archive with the data, and once more into the directory. */
static void put_entry(gaze_zip_writer *writer, const description *d, const void *data) {
    size_t local = writer->out->length - writer->start;
    put_local(writer->out, d);
    gaze_buffer_append(writer->out, data, d->data_size);
    put_central(&writer->directory, d, local);
    writer->count++;
}

gaze_status gaze_zip_add(gaze_zip_writer *writer, const char *name, const void *content, size_t size,
                         bool deflate, gaze_error *err) {
    gaze_buffer deflated = {0};
    gaze_status status = check_room(writer, name, size, err);
    if (status) return status;
    description d = {name, strlen(name), ZIP_STORED, gaze_crc32(0, content, size), size, size};
    if (deflate && gaze_deflate_available())
        status = gaze_deflate(&deflated, content, size, GAZE_DEFLATE_RAW, GAZE_DEFLATE_DEFAULT, err);
    if (!status && deflated.length && deflated.length < size) {
        d.method = ZIP_DEFLATED;
        d.data_size = deflated.length;
        content = deflated.data;
    }
    if (!status) {
        put_entry(writer, &d, content);
        status = gaze_buffer_status(writer->out, err);
    }
    gaze_buffer_deinit(&deflated);
    return status ? status : gaze_buffer_status(&writer->directory, err);
}

gaze_status gaze_zip_finish(gaze_zip_writer *writer, gaze_error *err) {
    gaze_buffer *out = writer->out;
    size_t directory = out->length - writer->start;
    gaze_status status = gaze_buffer_status(&writer->directory, err);
    gaze_buffer_append(out, writer->directory.data, writer->directory.length);
    put_u32(out, ZIP_END_MARK);
    put_u16(out, 0); /* this disk */
    put_u16(out, 0); /* the directory's disk */
    put_u16(out, (unsigned)writer->count);
    put_u16(out, (unsigned)writer->count);
    put_u32(out, writer->directory.length);
    put_u32(out, directory);
    put_u16(out, 0); /* comment */
    gaze_buffer_deinit(&writer->directory);
    return status ? status : gaze_buffer_status(out, err);
}
