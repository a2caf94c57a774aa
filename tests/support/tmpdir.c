#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "tests/support/tmpdir.h"

enum { PATH_SIZE = 4096 };

char *tmpdir_make(void) {
    const char *base = getenv("TMPDIR");
    char *path = malloc(PATH_SIZE);
    assert_non_null(path);
    snprintf(path, PATH_SIZE, "%s/gaze-test-XXXXXX", base && *base ? base : "/tmp");
    assert_non_null(mkdtemp(path));
    return path;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *ftw) {
    (void)info;
    (void)kind;
    (void)ftw;
    return remove(path);
}

void tmpdir_remove(char *directory) {
    assert_int_equal(nftw(directory, remove_one, 16, FTW_DEPTH | FTW_PHYS), 0);
    free(directory);
}

void tmpdir_mkdir(const char *directory, const char *name) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    for (char *slash = path + strlen(directory) + 1; (slash = strchr(slash, '/')); *slash++ = '/') {
        *slash = '\0';
        assert_true(mkdir(path, 0777) == 0 || errno == EEXIST);
    }
    assert_true(mkdir(path, 0777) == 0 || errno == EEXIST);
}

void tmpdir_write(const char *directory, const char *name, const void *data, size_t size) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/%s", directory, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    if (size) assert_int_equal(fwrite(data, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

void tmpdir_puts(const char *directory, const char *name, const char *text) {
    tmpdir_write(directory, name, text, strlen(text));
}
