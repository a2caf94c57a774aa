/* A directory for the files of one test. */
#ifndef GAZE_TESTS_SUPPORT_TMPDIR_H
#define GAZE_TESTS_SUPPORT_TMPDIR_H

#include <stddef.h>

/* A new empty directory under $TMPDIR, or /tmp. Remove it with tmpdir_remove. */
char *tmpdir_make(void);
/* Removes the directory and everything in it, and frees the name. */
void tmpdir_remove(char *directory);

/* Makes a directory "directory/name", and those above it. */
void tmpdir_mkdir(const char *directory, const char *name);
/* Writes "directory/name". */
void tmpdir_write(const char *directory, const char *name, const void *data, size_t size);
void tmpdir_puts(const char *directory, const char *name, const char *text);

#endif
