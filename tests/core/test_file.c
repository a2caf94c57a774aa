/* core/base/file: reading, refusing what is no file, and writing whole or not at all. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "core/base/system.h"

static char folder[64];

static int make_folder(void **state) {
    (void)state;
    strcpy(folder, "/tmp/gaze-file-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static bool remove_entry(void *context, const char *name) {
    (void)context;
    char *path = gaze_path_join(folder, name);
    if (unlink(path) != 0) rmdir(path);
    gaze_free(path);
    return true;
}

static int remove_folder(void **state) {
    (void)state;
    gaze_directory_list(folder, remove_entry, NULL, NULL);
    return rmdir(folder);
}

/* The path of a name in the folder, in one of a few static buffers. */
static const char *in_folder(const char *name) {
    static char paths[4][512];
    static int next;
    char *path = paths[next++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

static void what_was_written_is_read(void **state) {
    (void)state;
    const char *path = in_folder("a.bin");
    static const gaze_file_mode modes[] = {GAZE_FILE_READ, GAZE_FILE_MAP};
    assert_int_equal(gaze_file_write(path, "one\0two", 7, NULL), GAZE_OK);
    for (int i = 0; i < 2; i++) {
        gaze_file file;
        assert_int_equal(gaze_file_open(&file, path, modes[i], 0, NULL), GAZE_OK);
        assert_int_equal(file.size, 7);
        assert_int_equal(file.mapped, modes[i] == GAZE_FILE_MAP);
        assert_memory_equal(file.data, "one\0two", 7);
        gaze_file_close(&file);
        gaze_file_close(&file);
    }
}

static void an_empty_file_has_data(void **state) {
    (void)state;
    gaze_file file;
    assert_int_equal(gaze_file_write(in_folder("empty"), NULL, 0, NULL), GAZE_OK);
    assert_int_equal(gaze_file_open(&file, in_folder("empty"), GAZE_FILE_MAP, 0, NULL), GAZE_OK);
    assert_int_equal(file.size, 0);
    assert_non_null(file.data);
    gaze_file_close(&file);
}

static void what_is_no_file_is_refused(void **state) {
    (void)state;
    gaze_file file;
    gaze_error err = {0};
    assert_int_equal(mkfifo(in_folder("fifo"), 0600), 0);
    assert_int_equal(gaze_file_open(&file, in_folder("fifo"), GAZE_FILE_READ, 0, &err), GAZE_ERROR_IO);
    assert_non_null(strstr(err.message, "a FIFO"));
    assert_int_equal(gaze_file_open(&file, folder, GAZE_FILE_READ, 0, &err), GAZE_ERROR_IO);
    assert_non_null(strstr(err.message, "a directory"));
    assert_int_equal(gaze_file_open(&file, "/dev/zero", GAZE_FILE_READ, 0, &err), GAZE_ERROR_IO);
    assert_int_equal(gaze_file_open(&file, in_folder("none"), GAZE_FILE_READ, 0, &err), GAZE_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "none: cannot open"));
    assert_null(file.data);
}

static void a_size_limit_holds(void **state) {
    (void)state;
    gaze_file file;
    assert_int_equal(gaze_file_write(in_folder("ten"), "0123456789", 10, NULL), GAZE_OK);
    assert_int_equal(gaze_file_open(&file, in_folder("ten"), GAZE_FILE_READ, 9, NULL), GAZE_ERROR_LIMIT);
    assert_int_equal(gaze_file_open(&file, in_folder("ten"), GAZE_FILE_READ, 10, NULL), GAZE_OK);
    gaze_file_close(&file);
}

static bool count_entry(void *context, const char *name) {
    *(int *)context += strstr(name, "out.svg") != NULL;
    return true;
}

static void a_failed_write_leaves_nothing(void **state) {
    (void)state;
    gaze_error err = {0};
    int left = 0;
    assert_int_equal(gaze_file_write(in_folder("absent/out.svg"), "x", 1, &err), GAZE_ERROR_NOT_FOUND);
    assert_int_equal(gaze_file_write("/dev/full", "x", 1, &err), GAZE_ERROR_IO);
    assert_int_equal(gaze_file_write(folder, "x", 1, &err), GAZE_ERROR_IO);
    assert_int_equal(gaze_directory_list(folder, count_entry, &left, NULL), GAZE_OK);
    assert_int_equal(left, 0);
}

static void a_device_is_written_to_and_not_replaced(void **state) {
    (void)state;
    struct stat info;
    assert_int_equal(gaze_file_write("/dev/null", "x", 1, NULL), GAZE_OK);
    assert_int_equal(stat("/dev/null", &info), 0);
    assert_true(S_ISCHR(info.st_mode));
}

static void the_file_behind_a_link_is_replaced(void **state) {
    (void)state;
    struct stat info;
    gaze_file file;
    assert_int_equal(gaze_file_write(in_folder("target"), "old", 3, NULL), GAZE_OK);
    assert_int_equal(chmod(in_folder("target"), 0640), 0);
    assert_int_equal(symlink("target", in_folder("link")), 0);
    assert_int_equal(gaze_file_write(in_folder("link"), "new!", 4, NULL), GAZE_OK);
    assert_int_equal(lstat(in_folder("link"), &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_int_equal(gaze_file_open(&file, in_folder("target"), GAZE_FILE_READ, 0, NULL), GAZE_OK);
    assert_memory_equal(file.data, "new!", 4);
    gaze_file_close(&file);
    assert_int_equal(stat(in_folder("target"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0640);
}

/* A file system allows 255 bytes for a name; the temporary file's must not be longer than that. */
static void the_longest_name_can_be_written(void **state) {
    (void)state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_int_equal(gaze_file_write(in_folder(name), "x", 1, NULL), GAZE_OK);
}

/* What a private file is replaced by is private from the beginning. */
static mode_t widest;

static ssize_t write_looking_at_permissions(int descriptor, const void *bytes, size_t size) {
    struct stat info;
    assert_int_equal(fstat(descriptor, &info), 0);
    widest |= info.st_mode & 0777;
    return write(descriptor, bytes, size);
}

static int fchmod_that_may_not(int descriptor, mode_t mode) {
    (void)descriptor;
    (void)mode;
    errno = EPERM;
    return -1;
}

static void permissions_never_widen(void **state) {
    (void)state;
    struct stat info;
    gaze_system_calls calls = gaze_system_real;
    calls.write = write_looking_at_permissions;
    calls.fchmod = fchmod_that_may_not; /* as on a file system without permissions of its own */
    assert_int_equal(gaze_file_write(in_folder("secret"), "old", 3, NULL), GAZE_OK);
    assert_int_equal(chmod(in_folder("secret"), 0600), 0);
    gaze_system = &calls;
    gaze_status status = gaze_file_write(in_folder("secret"), "new", 3, NULL);
    gaze_system = &gaze_system_real;
    assert_int_equal(status, GAZE_OK);
    assert_int_equal(widest, 0600);
    assert_int_equal(stat(in_folder("secret"), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
}

/* What a file system on a network may say only at the end. */
static int close_of_a_full_disk(int descriptor) {
    close(descriptor);
    errno = ENOSPC;
    return -1;
}

static void a_close_that_fails_is_a_write_that_fails(void **state) {
    (void)state;
    gaze_system_calls calls = gaze_system_real;
    gaze_error err = {0};
    gaze_path_info info;
    calls.close = close_of_a_full_disk;
    gaze_system = &calls;
    gaze_status status = gaze_file_write(in_folder("full.svg"), "x", 1, &err);
    gaze_system = &gaze_system_real;
    assert_int_equal(status, GAZE_ERROR_IO);
    assert_non_null(strstr(err.message, "No space left"));
    assert_int_equal(gaze_path_look(&info, in_folder("full.svg"), &err), GAZE_OK);
    assert_int_equal(info.kind, GAZE_PATH_NOTHING);
}

static ssize_t write_nothing(int descriptor, const void *bytes, size_t size) {
    (void)descriptor;
    (void)bytes;
    (void)size;
    return 0;
}

static void a_write_of_nothing_is_no_progress(void **state) {
    (void)state;
    gaze_system_calls calls = gaze_system_real;
    calls.write = write_nothing;
    gaze_system = &calls;
    gaze_status status = gaze_file_write(in_folder("nothing"), "x", 1, NULL);
    gaze_system = &gaze_system_real;
    assert_int_equal(status, GAZE_ERROR_IO);
}

static int stat_of_a_broken_disk(const char *path, struct stat *info) {
    (void)path;
    (void)info;
    errno = EIO;
    return -1;
}

static void paths_are_looked_at(void **state) {
    (void)state;
    gaze_path_info info;
    gaze_error err = {0};
    gaze_file file;
    assert_int_equal(gaze_path_look(&info, folder, NULL), GAZE_OK);
    assert_int_equal(info.kind, GAZE_PATH_DIRECTORY);
    assert_int_equal(gaze_path_look(&info, "/dev/null", NULL), GAZE_OK);
    assert_int_equal(info.kind, GAZE_PATH_OTHER);
    assert_int_equal(gaze_file_write(in_folder("seen"), "x", 1, NULL), GAZE_OK);
    assert_int_equal(gaze_path_look(&info, in_folder("seen"), NULL), GAZE_OK);
    assert_int_equal(info.kind, GAZE_PATH_FILE);
    assert_true(info.modified > (int64_t)1000000000 * 1000000000);
    assert_int_equal(gaze_path_look(&info, in_folder("seen/below"), NULL), GAZE_OK);
    assert_int_equal(info.kind, GAZE_PATH_NOTHING);
    assert_int_equal(gaze_file_open_optional(&file, in_folder("unseen"), GAZE_FILE_READ, 0, NULL), GAZE_OK);
    assert_null(file.data);
    gaze_system_calls calls = gaze_system_real;
    calls.stat = stat_of_a_broken_disk;
    gaze_system = &calls;
    gaze_status status = gaze_file_open_optional(&file, in_folder("seen"), GAZE_FILE_READ, 0, &err);
    gaze_system = &gaze_system_real;
    assert_int_equal(status, GAZE_ERROR_IO);
    assert_non_null(strstr(err.message, "seen: cannot look at it: Input/output error"));
}

/* Years beyond 2262 do not fit 64 bits of nanoseconds: they are later than all others, not earlier. */
static void a_far_future_is_later(void **state) {
    (void)state;
    gaze_path_info now, later;
    const int64_t new_year_2400 = 13569465600;
    struct timespec times[2] = {{.tv_sec = (time_t)new_year_2400}, {.tv_sec = (time_t)new_year_2400}};
    assert_int_equal(gaze_file_write(in_folder("later"), "x", 1, NULL), GAZE_OK);
    assert_int_equal(gaze_path_look(&now, in_folder("later"), NULL), GAZE_OK);
    if (sizeof(time_t) < 8 || utimensat(AT_FDCWD, in_folder("later"), times, 0) != 0) skip();
    assert_int_equal(gaze_path_look(&later, in_folder("later"), NULL), GAZE_OK);
    assert_true(later.modified > now.modified);
}

static void streams_are_read_to_their_end(void **state) {
    (void)state;
    int ends[2];
    gaze_file file;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "line\n", 5), 5);
    close(ends[1]);
    assert_int_equal(gaze_file_read_stream(&file, ends[0], "standard input", 0, NULL), GAZE_OK);
    close(ends[0]);
    assert_int_equal(file.size, 5);
    assert_memory_equal(file.data, "line\n", 5);
    gaze_file_close(&file);
}

/* Ten bytes of which five are cut off while they are read. A standard input may begin anywhere in its file. */
static void a_stream_that_shrinks_is_an_error(void **state) {
    (void)state;
    gaze_stream stream;
    gaze_error err;
    size_t size;
    char bytes[16];
    const char *path = in_folder("shrinks");
    assert_int_equal(gaze_file_write(path, "0123456789", 10, NULL), GAZE_OK);
    assert_int_equal(gaze_stream_open(&stream, path, NULL), GAZE_OK);
    assert_int_equal(stream.size, 10);
    assert_int_equal(truncate(path, 5), 0);
    assert_int_equal(gaze_stream_read(&stream, bytes, sizeof bytes, &size, NULL), GAZE_OK);
    assert_int_equal(size, 5);
    assert_int_equal(gaze_stream_read(&stream, bytes, sizeof bytes, &size, &err), GAZE_ERROR_IO);
    assert_non_null(strstr(err.message, "shrinks: ended at byte 5 of 10"));
    gaze_stream_close(&stream);
}

static void an_empty_directory_has_no_names(void **state) {
    (void)state;
    int found = 0;
    assert_int_equal(mkdir(in_folder("bare"), 0700), 0);
    assert_int_equal(gaze_directory_list(in_folder("bare"), count_entry, &found, NULL), GAZE_OK);
    assert_int_equal(found, 0);
}

static void paths_are_joined(void **state) {
    (void)state;
    static const char *const cases[][3] = {{"a", "b", "a/b"}, {"a/", "b", "a/b"}, {"", "b", "b"}, {"/", "b", "/b"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *path = gaze_path_join(cases[i][0], cases[i][1]);
        assert_string_equal(path, cases[i][2]);
        gaze_free(path);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_written_is_read),
        cmocka_unit_test(an_empty_file_has_data),
        cmocka_unit_test(what_is_no_file_is_refused),
        cmocka_unit_test(a_size_limit_holds),
        cmocka_unit_test(a_failed_write_leaves_nothing),
        cmocka_unit_test(a_device_is_written_to_and_not_replaced),
        cmocka_unit_test(the_file_behind_a_link_is_replaced),
        cmocka_unit_test(the_longest_name_can_be_written),
        cmocka_unit_test(permissions_never_widen),
        cmocka_unit_test(a_close_that_fails_is_a_write_that_fails),
        cmocka_unit_test(a_write_of_nothing_is_no_progress),
        cmocka_unit_test(paths_are_looked_at),
        cmocka_unit_test(a_far_future_is_later),
        cmocka_unit_test(streams_are_read_to_their_end),
        cmocka_unit_test(a_stream_that_shrinks_is_an_error),
        cmocka_unit_test(an_empty_directory_has_no_names),
        cmocka_unit_test(paths_are_joined),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
