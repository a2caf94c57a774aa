/* zip archives, as far as .npz needs them: entries stored or deflated, ZIP64 included.
 *
 *     local header, name, data | local header, name, data | ... | central directory | end
 *
 * The central directory, found from the end, is believed; a local header only tells where its data begins
 * (other writers leave its sizes empty). An archive must be in one piece: entries that overlap, that lie
 * outside the file, or bytes behind its end are refused, and so is anything encrypted.
 */
#ifndef GAZE_WEIGHTS_ZIP_H
#define GAZE_WEIGHTS_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"
#include "core/base/error.h"

#define GAZE_ZIP_MAX_ENTRIES 65535u

/* Pointers are into the archive. */
typedef struct gaze_zip_entry {
    const char *name; /* not terminated; holds no NUL */
    size_t name_length;
    bool deflated; /* else stored */
    uint32_t crc;
    size_t size; /* of the content; at most 1032 times data_size, which is all that deflate can do */
    const unsigned char *data;
    size_t data_size;
    size_t header; /* private: where its local header stands */
} gaze_zip_entry;

typedef struct gaze_zip {
    gaze_zip_entry *entries; /* in the order of their data */
    size_t count;
} gaze_zip;

/* Reads the directory of an archive of `size` bytes, which must outlive *zip. Errors: FORMAT (broken),
 * UNSUPPORTED (encrypted, another method, several disks), DUPLICATE (a name twice), NAME (with NUL, empty,
 * not UTF-8), LIMIT (too many entries), MEMORY. *zip is zeroed on failure. */
gaze_status gaze_zip_parse(gaze_zip *zip, const void *bytes, size_t size, gaze_error *err);
void gaze_zip_deinit(gaze_zip *zip);

/* *content gets the entry's `size` bytes: those in the archive, or inflated ones in *memory, which the
 * caller frees (gaze_free) and which is NULL otherwise. FORMAT when the CRC is wrong or the data is not of
 * the declared size; UNSUPPORTED without zlib; MEMORY. */
gaze_status gaze_zip_read(const void **content, void **memory, const gaze_zip_entry *entry, gaze_error *err);

/* Writing: gaze_zip_begin, gaze_zip_add for every entry, gaze_zip_finish. The same entries give the same
 * bytes: all dates are 1980-01-01. The writer borrows `out`; an archive may follow other bytes in it. */
typedef struct gaze_zip_writer {
    gaze_buffer *out;
    size_t start;          /* of the archive in out */
    gaze_buffer directory; /* grows with the entries */
    size_t count;
} gaze_zip_writer;

void gaze_zip_begin(gaze_zip_writer *writer, gaze_buffer *out);
/* `deflate` compresses where that makes the entry smaller. Errors: LIMIT (4 GiB, 65,535 entries: no ZIP64
 * here), MEMORY. */
gaze_status gaze_zip_add(gaze_zip_writer *writer, const char *name, const void *content, size_t size,
                         bool deflate, gaze_error *err);
/* Appends the directory and frees it. Call it after a failure too. */
gaze_status gaze_zip_finish(gaze_zip_writer *writer, gaze_error *err);

#endif
