/* A long text whose middle pages cannot be read: touching them ends the test. */
#ifndef GAZE_TESTS_SUPPORT_GUARDED_H
#define GAZE_TESTS_SUPPORT_GUARDED_H

#include <stddef.h>

typedef struct guarded_text {
    char *bytes;
    size_t length;
} guarded_text;

/* `length` bytes, at least 16 pages, filled with repetitions of `unit`; all but the first and the last
 * 8 KiB are locked. */
guarded_text guarded_text_new(size_t length, const char *unit);
void guarded_text_free(guarded_text *text);

#endif
