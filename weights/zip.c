/* The reader of zip archives. Numbers of the file are compared with its size before they are used; sums are
 * made in 64 bits from numbers that were compared before, so none can wrap.
 */
#include "weights/zip.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/deflate.h"
#include "core/base/memory.h"
#include "core/base/strmap.h"
#include "core/base/utf8.h"
#include "weights/zip_format.h"

/* The sizes of records without their names and comments. */
enum {
    LOCAL_SIZE = 30,
    CENTRAL_SIZE = 46,
    END_SIZE = 22,
    END64_SIZE = 56,
    LOCATOR_SIZE = 20,
    EXTRA_SIZE = 4
};

#define MAX_COMMENT    65535u
#define MAX_RATIO      1032u /* 258 bytes from 2 bits */
#define HARMLESS_FLAGS (ZIP_DEFLATE_LEVEL | ZIP_SIZES_BEHIND | ZIP_UTF8)

typedef struct archive {
    const unsigned char *bytes;
    size_t size;
} archive;

/* What the records of the end say about the central directory. */
typedef struct ending {
    uint64_t disk, directory_disk; /* 0 when there is one disk */
    uint64_t count_here, count;    /* entries */
    uint64_t directory_size, directory;
    uint64_t directory_end; /* where those records begin */
} ending;

typedef unsigned long long ull; /* for %llu */

/* The end -------------------------------------------------------------------------------------------- */

/* The last record of the end whose comment reaches the end of the file; NULL when there is none. */
static const unsigned char *find_end(const archive *a) {
    if (a->size < END_SIZE) return NULL;
    size_t most = a->size - END_SIZE < MAX_COMMENT ? a->size - END_SIZE : MAX_COMMENT;
    for (size_t comment = 0; comment <= most; comment++) {
        const unsigned char *at = a->bytes + a->size - END_SIZE - comment;
        if (gaze_load_u32(at) == ZIP_END_MARK && gaze_load_u16(at + 20) == comment) return at;
    }
    return NULL;
}

/* The 64-bit record, to which a locator points that stands just before byte `end`. */
static gaze_status read_end64(ending *e, const archive *a, size_t end, gaze_error *err) {
    if (end < LOCATOR_SIZE + END64_SIZE || gaze_load_u32(a->bytes + end - LOCATOR_SIZE) != ZIP_LOCATOR_MARK)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "zip: no ZIP64 locator before byte %zu", end);
    uint64_t limit = end - LOCATOR_SIZE, at = gaze_load_u64(a->bytes + limit + 8);
    if (at > limit - END64_SIZE || gaze_load_u32(a->bytes + at) != ZIP_END64_MARK)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "zip: no ZIP64 record at byte %llu", (ull)at);
    const unsigned char *record = a->bytes + at;
    if (gaze_load_u64(record + 4) != limit - at - 12)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "zip: ZIP64 record of %llu bytes, expected %llu",
                         (ull)gaze_load_u64(record + 4), (ull)(limit - at - 12));
    *e = (ending){.disk = gaze_load_u32(record + 16),
                  .directory_disk = gaze_load_u32(record + 20),
                  .count_here = gaze_load_u64(record + 24),
                  .count = gaze_load_u64(record + 32),
                  .directory_size = gaze_load_u64(record + 40),
                  .directory = gaze_load_u64(record + 48),
                  .directory_end = at};
    return GAZE_OK;
}

static gaze_status read_end(ending *e, const archive *a, gaze_error *err) {
    const unsigned char *record = find_end(a);
    if (!record)
        return gaze_fail(err, GAZE_ERROR_FORMAT,
                         "not a zip archive, or not a complete one: no end of directory");
    *e = (ending){.disk = gaze_load_u16(record + 4),
                  .directory_disk = gaze_load_u16(record + 6),
                  .count_here = gaze_load_u16(record + 8),
                  .count = gaze_load_u16(record + 10),
                  .directory_size = gaze_load_u32(record + 12),
                  .directory = gaze_load_u32(record + 16),
                  .directory_end = (uint64_t)(record - a->bytes)};
    if (e->count == 0xFFFF || e->directory_size == 0xFFFFFFFF || e->directory == 0xFFFFFFFF)
        return read_end64(e, a, (size_t)(record - a->bytes), err);
    return GAZE_OK;
}

static gaze_status check_end(const ending *e, gaze_error *err) {
    if (e->disk || e->directory_disk || e->count_here != e->count)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "zip: an archive on several disks");
    if (e->count > GAZE_ZIP_MAX_ENTRIES)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "zip: %llu entries, expected at most %u", (ull)e->count,
                         GAZE_ZIP_MAX_ENTRIES);
    if (e->directory > e->directory_end || e->directory_size != e->directory_end - e->directory)
        return gaze_fail(err, GAZE_ERROR_FORMAT,
                         "zip: directory of %llu bytes at byte %llu, expected to end at %llu",
                         (ull)e->directory_size, (ull)e->directory, (ull)e->directory_end);
    return GAZE_OK;
}

/* Entries -------------------------------------------------------------------------------------------- */

/* One record of the central directory. */
typedef struct record {
    const unsigned char *at;
    size_t name_length, extra_size, length; /* of the name, the extra field, the whole record */
    uint64_t data_size, size;               /* compressed, uncompressed */
    uint64_t local;                         /* where the local header stands */
} record;

/* The part of the extra field with this id, and its size: 0 when there is none. */
static const unsigned char *find_extra(const record *r, unsigned id, size_t *size) {
    const unsigned char *extra = r->at + CENTRAL_SIZE + r->name_length;
    *size = 0;
    for (size_t at = 0; r->extra_size - at >= EXTRA_SIZE;) {
        size_t length = gaze_load_u16(extra + at + 2);
        unsigned found = gaze_load_u16(extra + at);
        at += EXTRA_SIZE;
        if (length > r->extra_size - at) break;
        if (found == id) {
            *size = length;
            return extra + at;
        }
        at += length;
    }
    return extra;
}

/* Numbers that are all ones are found in the ZIP64 part of the extra field, in this order. */
static gaze_status read_extra64(record *r, gaze_error *err) {
    uint64_t *const numbers[] = {&r->size, &r->data_size, &r->local};
    size_t left;
    const unsigned char *at = find_extra(r, 1, &left);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        if (*numbers[i] != 0xFFFFFFFF) continue;
        if (left < 8) return gaze_fail(err, GAZE_ERROR_FORMAT, "its ZIP64 sizes are missing");
        *numbers[i] = gaze_load_u64(at);
        at += 8;
        left -= 8;
    }
    return GAZE_OK;
}

/* Reads the record at byte `at` of the directory, without what it says about the entry. */
static gaze_status read_record(record *r, const archive *a, const ending *e, uint64_t at, gaze_error *err) {
    uint64_t left = e->directory_end - at;
    *r = (record){.at = a->bytes + at};
    if (left < CENTRAL_SIZE || gaze_load_u32(r->at) != ZIP_CENTRAL_MARK)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "zip: no directory entry at byte %llu", (ull)at);
    r->name_length = gaze_load_u16(r->at + 28);
    r->extra_size = gaze_load_u16(r->at + 30);
    r->length = CENTRAL_SIZE + r->name_length + r->extra_size + gaze_load_u16(r->at + 32);
    if (r->length > left)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "zip: directory entry at byte %llu is cut off", (ull)at);
    r->data_size = gaze_load_u32(r->at + 20);
    r->size = gaze_load_u32(r->at + 24);
    r->local = gaze_load_u32(r->at + 42);
    return GAZE_OK;
}

static gaze_status check_kind(const record *r, gaze_error *err) {
    unsigned flags = gaze_load_u16(r->at + 8), method = gaze_load_u16(r->at + 10);
    if (flags & ZIP_ENCRYPTED) return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "encrypted");
    if (flags & ~HARMLESS_FLAGS) return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "flags 0x%04X", flags);
    if (method != ZIP_STORED && method != ZIP_DEFLATED)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "compression method %u, expected 0 or 8", method);
    if (gaze_load_u16(r->at + 34)) return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "on another disk");
    return GAZE_OK;
}

static gaze_status check_name(const gaze_zip_entry *entry, gaze_error *err) {
    if (entry->name_length == 0) return gaze_fail(err, GAZE_ERROR_NAME, "no name");
    if (memchr(entry->name, '\0', entry->name_length))
        return gaze_fail(err, GAZE_ERROR_NAME, "a name with NUL");
    if (!gaze_utf8_valid(entry->name, entry->name_length, NULL))
        return gaze_fail(err, GAZE_ERROR_NAME, "a name that is not UTF-8");
    return GAZE_OK;
}

/* Finds the data behind the local header; all of it lies before the directory. */
static gaze_status find_data(gaze_zip_entry *entry, const record *r, const archive *a, const ending *e,
                             gaze_error *err) {
    if (e->directory < LOCAL_SIZE || r->local > e->directory - LOCAL_SIZE ||
        gaze_load_u32(a->bytes + r->local) != ZIP_LOCAL_MARK)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "no local header at byte %llu", (ull)r->local);
    const unsigned char *local = a->bytes + r->local;
    uint64_t data = r->local + LOCAL_SIZE + gaze_load_u16(local + 26) + gaze_load_u16(local + 28);
    if (data > e->directory || r->data_size > e->directory - data)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "%llu bytes at byte %llu reach into the directory",
                         (ull)r->data_size, (ull)data);
    entry->header = (size_t)r->local;
    entry->data = a->bytes + data;
    entry->data_size = (size_t)r->data_size;
    return GAZE_OK;
}

static gaze_status check_size(gaze_zip_entry *entry, const record *r, gaze_error *err) {
    if (!entry->deflated && r->size != r->data_size)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "stored, but its sizes are %llu and %llu", (ull)r->data_size,
                         (ull)r->size);
    if (r->size / MAX_RATIO > r->data_size || r->size > SIZE_MAX)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "%llu bytes from %llu, which deflate cannot do",
                         (ull)r->size, (ull)r->data_size);
    entry->size = (size_t)r->size;
    return GAZE_OK;
}

static gaze_status read_entry(gaze_zip_entry *entry, record *r, const archive *a, const ending *e,
                              gaze_error *err) {
    entry->name = (const char *)r->at + CENTRAL_SIZE;
    entry->name_length = r->name_length;
    entry->deflated = gaze_load_u16(r->at + 10) == ZIP_DEFLATED;
    entry->crc = gaze_load_u32(r->at + 16);
    gaze_status status = check_name(entry, err);
    if (!status) status = check_kind(r, err);
    if (!status) status = read_extra64(r, err);
    if (!status) status = find_data(entry, r, a, e, err);
    if (!status) status = check_size(entry, r, err);
    return status ? gaze_fail_prefix(err, status, "zip: entry '%.*s'", (int)r->name_length, entry->name)
                  : GAZE_OK;
}

static gaze_status read_directory(gaze_zip *zip, const archive *a, const ending *e, gaze_error *err) {
    gaze_status status = GAZE_OK;
    uint64_t at = e->directory;
    zip->entries = gaze_alloc_zero((size_t)e->count, sizeof *zip->entries);
    if (!zip->entries) return gaze_fail_memory(err);
    while (zip->count < e->count && !status) {
        record r;
        status = read_record(&r, a, e, at, err);
        if (!status) status = read_entry(&zip->entries[zip->count++], &r, a, e, err);
        at += r.length;
    }
    if (!status && at != e->directory_end)
        status = gaze_fail(err, GAZE_ERROR_FORMAT, "zip: %llu bytes behind the last directory entry",
                           (ull)(e->directory_end - at));
    return status;
}

/* All entries ---------------------------------------------------------------------------------------- */

static int compare_places(const void *left, const void *right) {
    const gaze_zip_entry *a = left, *b = right;
    return (a->header > b->header) - (a->header < b->header);
}

/* No byte belongs to two entries: that is how a small archive becomes a large one. */
static gaze_status check_overlap(const gaze_zip *zip, const archive *a, gaze_error *err) {
    for (size_t i = 1; i < zip->count; i++) {
        const gaze_zip_entry *before = &zip->entries[i - 1], *entry = &zip->entries[i];
        if (before->data + before->data_size > a->bytes + entry->header)
            return gaze_fail(err, GAZE_ERROR_FORMAT, "zip: entries '%.*s' and '%.*s' overlap",
                             (int)before->name_length, before->name, (int)entry->name_length, entry->name);
    }
    return GAZE_OK;
}

static gaze_status check_names(const gaze_zip *zip, gaze_error *err) {
    gaze_strmap names = {0};
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < zip->count && !status; i++) {
        const gaze_zip_entry *entry = &zip->entries[i];
        bool twice = false;
        if (!gaze_strmap_set(&names, entry->name, entry->name_length, 0, &twice))
            status = gaze_fail_memory(err);
        if (twice)
            status = gaze_fail(err, GAZE_ERROR_DUPLICATE, "zip: two entries called '%.*s'",
                               (int)entry->name_length, entry->name);
    }
    gaze_strmap_deinit(&names);
    return status;
}

gaze_status gaze_zip_parse(gaze_zip *zip, const void *bytes, size_t size, gaze_error *err) {
    const archive a = {bytes, size};
    ending e = {0};
    *zip = (gaze_zip){0};
    gaze_status status = read_end(&e, &a, err);
    if (!status) status = check_end(&e, err);
    if (!status) status = read_directory(zip, &a, &e, err);
    if (!status) {
        qsort(zip->entries, zip->count, sizeof *zip->entries, compare_places);
        status = check_overlap(zip, &a, err);
    }
    if (!status) status = check_names(zip, err);
    if (status) gaze_zip_deinit(zip);
    return status;
}

void gaze_zip_deinit(gaze_zip *zip) {
    gaze_free(zip->entries);
    *zip = (gaze_zip){0};
}

static gaze_status inflate_entry(void **memory, const gaze_zip_entry *entry, gaze_error *err) {
    *memory = gaze_alloc(entry->size, 1);
    if (!*memory) return gaze_fail_memory(err);
    gaze_status status = gaze_inflate_raw(*memory, entry->size, entry->data, entry->data_size, err);
    if (status) {
        gaze_free(*memory);
        *memory = NULL;
    }
    return status;
}

gaze_status gaze_zip_read(const void **content, void **memory, const gaze_zip_entry *entry, gaze_error *err) {
    gaze_status status = GAZE_OK;
    *memory = NULL;
    if (entry->deflated) status = inflate_entry(memory, entry, err);
    *content = entry->deflated ? *memory : entry->data;
    if (!status && gaze_crc32(0, *content, entry->size) != entry->crc) {
        status = gaze_fail(err, GAZE_ERROR_FORMAT, "CRC 0x%08lX, expected 0x%08lX",
                           (unsigned long)gaze_crc32(0, *content, entry->size), (unsigned long)entry->crc);
        gaze_free(*memory);
        *memory = NULL;
    }
    return status ? gaze_fail_prefix(err, status, "zip: entry '%.*s'", (int)entry->name_length, entry->name)
                  : GAZE_OK;
}
