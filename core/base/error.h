/* Errors: a status, and a message that names the object, what was found and what was expected.
 *
 * A function that can fail returns a gaze_status and takes a `gaze_error *` as its last argument. The
 * pointer may be NULL; it is written on failure only. The library never prints and never exits.
 *
 *     if (shape[0] != want)
 *         return gaze_fail(err, GAZE_ERROR_SHAPE, "tensor '%s': %zu rows, expected %zu", ...);
 */
#ifndef GAZE_CORE_BASE_ERROR_H
#define GAZE_CORE_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#if defined(__GNUC__)
#define GAZE_PRINTF(format_at, first_at) __attribute__((format(printf, format_at, first_at)))
#else
#define GAZE_PRINTF(format_at, first_at)
#endif

/* What kind of thing went wrong. A class of refusal has its own value, so that a test can assert it. */
typedef enum gaze_status {
    GAZE_OK = 0,
    GAZE_ERROR_MEMORY,      /* an allocation failed */
    GAZE_ERROR_IO,          /* the system refused: open, read, write, rename */
    GAZE_ERROR_NOT_FOUND,   /* no such file, directory, model, tensor or token */
    GAZE_ERROR_ARGUMENT,    /* the caller asked for something that cannot be */
    GAZE_ERROR_UNSUPPORTED, /* understood, but not something that gaze does */
    GAZE_ERROR_FORMAT,      /* a file is not what its name says (zip, npy, vocab.txt, ...) */
    GAZE_ERROR_CONFIG,      /* config.json: a value out of range, or values that contradict each other */
    GAZE_ERROR_SHAPE,       /* a tensor's shape is not what the model needs */
    GAZE_ERROR_TOO_LONG,    /* more tokens than the model has positions */
    GAZE_ERROR_LIMIT,       /* beyond a limit of ours */
    /* text and JSON */
    GAZE_ERROR_UTF8,        /* ill-formed UTF-8 where well-formed is required */
    GAZE_ERROR_JSON_EOF,    /* the text ends inside a value */
    GAZE_ERROR_JSON_SYNTAX, /* not JSON */
    GAZE_ERROR_JSON_DEPTH,  /* nested too deep */
    GAZE_ERROR_SCHEMA,      /* JSON of the wrong kind: a missing field, an array where an object belongs */
    GAZE_ERROR_DUPLICATE,   /* a key twice */
    /* safetensors, in the order of its checks */
    GAZE_ERROR_HEADER_TOO_SMALL,
    GAZE_ERROR_HEADER_TOO_LARGE,
    GAZE_ERROR_HEADER_LENGTH,
    GAZE_ERROR_DTYPE,
    GAZE_ERROR_NAME,
    GAZE_ERROR_OFFSETS,
    GAZE_ERROR_OVERFLOW,
    GAZE_ERROR_MISALIGNED,
    GAZE_ERROR_SIZE_MISMATCH,
    GAZE_ERROR_COVERAGE,
    GAZE_STATUS_COUNT
} gaze_status;

typedef struct gaze_error {
    gaze_status code;
    bool has_offset;   /* whether `offset` says where in the input */
    size_t offset;     /* bytes from the start of the input */
    char message[512]; /* one line, no newline at the end, always terminated */
} gaze_error;

/* How many bytes of a text from a file a message quotes: for "%.*s". */
static inline int gaze_quoted(size_t length) {
    return length < 80 ? (int)length : 80;
}

/* Short English name of a status: "out of memory", "not found", ... Never NULL. */
const char *gaze_status_name(gaze_status status);

/* Fills *err (when not NULL) and returns `code`, so that a check can end in `return gaze_fail(...)`.
 * Bytes of control characters in the message, which may quote a file, are replaced by '?'. */
gaze_status gaze_fail(gaze_error *err, gaze_status code, const char *format, ...) GAZE_PRINTF(3, 4);

/* The same with the byte offset in the input at which the fault was found. */
gaze_status gaze_fail_at(gaze_error *err, gaze_status code, size_t offset, const char *format, ...)
    GAZE_PRINTF(4, 5);

/* Out of memory, in the words used everywhere. */
gaze_status gaze_fail_memory(gaze_error *err);

/* Puts "PREFIX: " before the message of a failure that is on its way up, where PREFIX is usually the
 * file's name. Returns err's code (or `status` when err is NULL), so that it can be returned. */
gaze_status gaze_fail_prefix(gaze_error *err, gaze_status status, const char *format, ...)
    GAZE_PRINTF(3, 4);

#endif
