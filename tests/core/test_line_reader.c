/* Lines of files, pipes and standard input. By hand: "a\n\nbc" is three lines, of 1, 0 and 2 bytes. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/line_reader.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tmpdir.h"

static char *folder;

static int make_folder(void **state) {
    (void)state;
    return (folder = tmpdir_make()) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    tmpdir_remove(folder);
    return 0;
}

static const char *path_of(const char *name) {
    static char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

/* The lines of a file with these bytes, each in brackets: "[a][][bc]". */
static void assert_lines(const char *bytes, size_t size, const char *expected) {
    gaze_line_reader reader;
    gaze_buffer seen = {0};
    const char *line;
    size_t length;
    tmpdir_write(folder, "lines", bytes, size);
    assert_int_equal(gaze_line_reader_open(&reader, path_of("lines"), NULL), GAZE_OK);
    assert_int_equal(reader.stream.size, size);
    gaze_buffer_puts(&seen, "");
    for (size_t number = 0;; number++) {
        assert_int_equal(reader.number, number);
        assert_int_equal(gaze_line_reader_next(&reader, &line, &length, NULL), GAZE_OK);
        if (!line) break;
        gaze_buffer_putc(&seen, '[');
        gaze_buffer_append(&seen, line, length);
        gaze_buffer_putc(&seen, ']');
    }
    assert_int_equal(reader.bytes, size);
    assert_int_equal(gaze_line_reader_next(&reader, &line, &length, NULL),
                     GAZE_OK); /* the end stays the end */
    assert_null(line);
    assert_int_equal(seen.length, strlen(expected));
    assert_string_equal(seen.data, expected);
    gaze_line_reader_close(&reader);
    gaze_buffer_deinit(&seen);
}

static void test_by_hand(void **state) {
    (void)state;
    assert_lines("a\n\nbc", 5, "[a][][bc]");
    assert_lines("", 0, "");
    assert_lines("\n", 1, "[]");
    assert_lines("a", 1, "[a]");
    assert_lines("a\n", 2, "[a]");
    assert_lines("a\r\nb\n", 5, "[a\r][b]");
}

/* Lines longer than what is read at once, and NUL bytes in them, come whole. */
static void test_long_lines(void **state) {
    (void)state;
    enum { LINES = 5, STEP = 30000 };
    gaze_buffer text = {0};
    gaze_line_reader reader;
    const char *line;
    size_t length;
    for (size_t i = 0; i < LINES; i++) {
        for (size_t k = 0; k < i * STEP; k++) gaze_buffer_putc(&text, (char)('a' + i));
        gaze_buffer_append(&text, "\0\n", 2);
    }
    tmpdir_write(folder, "long", text.data, text.length);
    assert_int_equal(gaze_line_reader_open(&reader, path_of("long"), NULL), GAZE_OK);
    for (size_t i = 0; i < LINES; i++) {
        assert_int_equal(gaze_line_reader_next(&reader, &line, &length, NULL), GAZE_OK);
        assert_int_equal(length, i * STEP + 1);
        for (size_t k = 0; k + 1 < length; k++)
            if (line[k] != (char)('a' + i)) fail_msg("line %zu, byte %zu", i, k);
        assert_int_equal(line[length - 1], 0);
    }
    gaze_line_reader_close(&reader);
    gaze_buffer_deinit(&text);
}

/* A pipe: a line is given as soon as its feed is there, and nobody waits who asks first. */
static void test_pipe(void **state) {
    (void)state;
    gaze_line_reader reader;
    const char *line;
    size_t length;
    const char *path = path_of("pipe");
    assert_int_equal(mkfifo(path, 0600), 0);
    int both = open(path, O_RDWR);
    assert_true(both >= 0);
    assert_int_equal(gaze_line_reader_open(&reader, path, NULL), GAZE_OK);
    assert_int_equal(reader.stream.size, 0);
    assert_true(gaze_line_reader_would_wait(&reader));
    assert_int_equal(write(both, "one\ntwo\nthr", 11), 11);
    assert_false(gaze_line_reader_would_wait(&reader));
    assert_int_equal(gaze_line_reader_next(&reader, &line, &length, NULL), GAZE_OK);
    assert_memory_equal(line, "one", 3);
    assert_false(gaze_line_reader_would_wait(&reader)); /* "two" lies there */
    assert_int_equal(gaze_line_reader_next(&reader, &line, &length, NULL), GAZE_OK);
    assert_memory_equal(line, "two", 3);
    assert_true(gaze_line_reader_would_wait(&reader)); /* "thr" is no line yet */
    close(both);
    assert_int_equal(gaze_line_reader_next(&reader, &line, &length, NULL), GAZE_OK);
    assert_int_equal(length, 3);
    assert_memory_equal(line, "thr", 3);
    assert_false(gaze_line_reader_would_wait(&reader));
    gaze_line_reader_close(&reader);
}

static void test_what_cannot_be_read(void **state) {
    (void)state;
    gaze_line_reader reader;
    gaze_error err = {0};
    const char *line;
    size_t length;
    assert_int_equal(gaze_line_reader_open(&reader, path_of("absent"), &err), GAZE_ERROR_NOT_FOUND);
    assert_non_null(strstr(err.message, "absent"));
    gaze_line_reader_close(&reader);
    assert_int_equal(gaze_line_reader_open(&reader, folder, NULL), GAZE_OK);
    assert_int_equal(gaze_line_reader_next(&reader, &line, &length, &err), GAZE_ERROR_IO);
    assert_non_null(strstr(err.message, folder));
    assert_null(line);
    gaze_line_reader_close(&reader);
}

static gaze_status read_all(void *context) {
    gaze_line_reader reader;
    const char *line;
    size_t length;
    gaze_status status = gaze_line_reader_open(&reader, context, NULL);
    while (!status && !(status = gaze_line_reader_next(&reader, &line, &length, NULL)) && line) continue;
    gaze_line_reader_close(&reader);
    return status;
}

static void test_out_of_memory(void **state) {
    (void)state;
    char path[512];
    snprintf(path, sizeof path, "%s", path_of("long"));
    assert_true(fail_each_allocation(read_all, path) > 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),       cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_pipe),          cmocka_unit_test(test_what_cannot_be_read),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
