/* weights/model_dir and weights/hub_cache: directories that lack something, and names in a cache. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/base/memory.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"
#include "weights/hub_cache.h"
#include "weights/model.h"
#include "weights/model_dir.h"

/* Directories ---------------------------------------------------------------------------------------- */

/* Opens the directory; the message without the path goes to *message. */
static gaze_status open_files(const char *directory, char message[512]) {
    gaze_model_dir dir;
    gaze_error err = {0};
    gaze_status status = gaze_model_dir_open(&dir, directory, &err);
    gaze_model_dir_close(&dir);
    snprintf(message, 512, "%s", status ? err.message + strlen(directory) : "");
    return status;
}

static void what_a_directory_may_lack(void **state) {
    (void)state;
    char message[512];
    char *directory = tmpdir_make();
    assert_int_equal(open_files(directory, message), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(message,
                        ": no weights: looked for model.safetensors and model.safetensors.index.json");
    tmpdir_puts(directory, "config.json", "{}");
    assert_int_equal(open_files(directory, message), GAZE_ERROR_NOT_FOUND);
    tmpdir_puts(directory, "model.safetensors.index.json", "{}");
    assert_int_equal(open_files(directory, message), GAZE_OK);
    tmpdir_remove(directory);
    directory = tmpdir_make();
    tmpdir_puts(directory, "model.safetensors", "");
    assert_int_equal(open_files(directory, message), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(message, ": no config.json");
    tmpdir_remove(directory);
    assert_int_equal(open_files("tests/data/no-such-directory", message), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(message, ": no such directory");
}

static void pytorch_weights_are_explained(void **state) {
    (void)state;
    char message[512];
    char *directory = tmpdir_make();
    tmpdir_puts(directory, "config.json", "{}");
    tmpdir_puts(directory, "pytorch_model.bin", "PK");
    assert_int_equal(open_files(directory, message), GAZE_ERROR_UNSUPPORTED);
    assert_non_null(strstr(message, "run there: python3 -c \"import torch"));
    assert_int_equal(message[strlen(message) - 1], '"'); /* the command is whole */
    tmpdir_puts(directory, "model.safetensors", "");
    assert_int_equal(open_files(directory, message), GAZE_OK);
    tmpdir_remove(directory);
}

static void the_single_file_comes_first(void **state) {
    (void)state;
    gaze_model_dir dir;
    char *directory = tmpdir_make();
    tmpdir_puts(directory, "config.json", "{}");
    tmpdir_puts(directory, "model.safetensors", "");
    tmpdir_puts(directory, "model.safetensors.index.json", "{}");
    assert_int_equal(gaze_model_dir_open(&dir, directory, NULL), GAZE_OK);
    assert_non_null(dir.safetensors);
    assert_null(dir.index);
    gaze_model_dir_close(&dir);
    tmpdir_remove(directory);
}

/* Each file that is broken is named, with its path. */
static void the_message_begins_with_the_path(void **state) {
    (void)state;
    static const struct {
        const char *file, *content;
        gaze_status status;
        const char *message; /* behind the directory */
    } cases[] = {
        {"config.json", "{\"model_type\": \"gpt2\"}", GAZE_ERROR_UNSUPPORTED,
         "/config.json: model_type: \"gpt2\", expected bert, roberta, "
         "xlm-roberta, camembert, distilbert, electra"},
        {"config.json", "{", GAZE_ERROR_JSON_EOF, "/config.json: JSON ends inside a value, at byte 1"},
        {"model.safetensors", "\2\0\0\0", GAZE_ERROR_HEADER_TOO_SMALL,
         "/model.safetensors: file of 1 bytes, expected at least 8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tiny_model tiny;
        gaze_model *model;
        gaze_error err;
        char *directory = tmpdir_make();
        tiny_model_init(&tiny, NULL);
        tiny_model_write(&tiny, directory);
        tmpdir_puts(directory, cases[i].file, cases[i].content);
        assert_int_equal(gaze_model_open(&model, directory, NULL, &err), cases[i].status);
        assert_string_equal(err.message + strlen(directory), cases[i].message);
        tiny_model_deinit(&tiny);
        tmpdir_remove(directory);
    }
}

/* The cache ------------------------------------------------------------------------------------------ */

static int keep_environment(void **state) {
    (void)state;
    unsetenv("HF_HUB_CACHE");
    unsetenv("HF_HOME");
    unsetenv("XDG_CACHE_HOME");
    return 0;
}

/* Makes "hub/REPOSITORY/snapshots/HASH", with the time given in seconds. */
static void make_snapshot(const char *home, const char *repository, const char *hash, time_t time) {
    char name[256], path[1024];
    snprintf(name, sizeof name, "hub/%s/snapshots/%s", repository, hash);
    tmpdir_mkdir(home, name);
    snprintf(path, sizeof path, "%s/%s", home, name);
    const struct timespec times[2] = {{.tv_sec = time}, {.tv_sec = time}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

static void set_main(const char *home, const char *repository, const char *text) {
    char name[256];
    snprintf(name, sizeof name, "hub/%s/refs", repository);
    tmpdir_mkdir(home, name);
    snprintf(name, sizeof name, "hub/%s/refs/main", repository);
    tmpdir_puts(home, name, text);
}

/* The hash that a name leads to; "" when there is none. */
static const char *found(const char *name) {
    static char hash[128];
    char *path;
    hash[0] = '\0';
    gaze_status status = gaze_hub_find(&path, name, NULL);
    if (status) assert_int_equal(status, GAZE_ERROR_NOT_FOUND);
    if (path) snprintf(hash, sizeof hash, "%s", strrchr(path, '/') + 1);
    gaze_free(path);
    return hash;
}

static void main_or_the_newest(void **state) {
    (void)state;
    char *home = tmpdir_make();
    setenv("HF_HOME", home, 1);
    assert_string_equal(found("tiny"), "");
    make_snapshot(home, "models--tiny", "aaaa", 2000);
    make_snapshot(home, "models--tiny", "bbbb", 3000);
    make_snapshot(home, "models--tiny", "cccc", 1000);
    assert_string_equal(found("tiny"), "bbbb");
    set_main(home, "models--tiny", "cccc\n");
    assert_string_equal(found("tiny"), "cccc");
    set_main(home, "models--tiny", "dddd"); /* a snapshot that was removed */
    assert_string_equal(found("tiny"), "bbbb");
    set_main(home, "models--tiny", "");
    assert_string_equal(found("tiny"), "bbbb");
    set_main(home, "models--tiny", "../snapshots/aaaa"); /* no name, a path */
    assert_string_equal(found("tiny"), "bbbb");
    make_snapshot(home, "models--org--tiny", "eeee", 1000);
    assert_string_equal(found("org/tiny"), "eeee");
    assert_string_equal(found("org/other"), "");
    tmpdir_mkdir(home, "hub/models--empty/snapshots");
    assert_string_equal(found("empty"), "");
    tmpdir_remove(home);
    unsetenv("HF_HOME");
}

/* HF_HUB_CACHE, HF_HOME, XDG_CACHE_HOME, HOME: the first that is set. */
static void where_the_cache_is(void **state) {
    (void)state;
    char path[1024];
    char *home = tmpdir_make();
    const char *user = getenv("HOME");
    char *kept = user ? strdup(user) : NULL;
    make_snapshot(home, "models--m", "aaaa", 1000);
    tmpdir_mkdir(home, ".cache/huggingface/hub/models--m/snapshots/bbbb");
    tmpdir_mkdir(home, "huggingface/hub/models--m/snapshots/cccc");
    tmpdir_mkdir(home, "models--m/snapshots/dddd");
    setenv("HOME", home, 1);
    assert_string_equal(found("m"), "bbbb");
    setenv("XDG_CACHE_HOME", home, 1);
    assert_string_equal(found("m"), "cccc");
    setenv("HF_HOME", home, 1);
    assert_string_equal(found("m"), "aaaa");
    setenv("HF_HUB_CACHE", home, 1);
    assert_string_equal(found("m"), "dddd");
    setenv("HF_HUB_CACHE", "", 1); /* empty is not set */
    assert_string_equal(found("m"), "aaaa");
    snprintf(path, sizeof path, "%s/", home);
    setenv("HF_HUB_CACHE", path, 1);
    assert_string_equal(found("m"), "dddd");
    if (kept) setenv("HOME", kept, 1);
    free(kept);
    unsetenv("XDG_CACHE_HOME");
    unsetenv("HF_HOME");
    unsetenv("HF_HUB_CACHE");
    tmpdir_remove(home);
}

/* None of these may become part of a path. */
static void names_that_lead_elsewhere(void **state) {
    (void)state;
    static const char *const names[] = {"",      ".",    "..",         "../tiny",   "org/..", "org/../tiny",
                                        "/tiny", "org/", "org/x/tiny", "a--b",      "org\\x", ".hidden",
                                        "a b",   "a\nb", "org/.tiny",  "t\xC3\xA9", "-tiny",  "%2e%2e"};
    char *home = tmpdir_make();
    char message[512];
    setenv("HF_HOME", home, 1);
    make_snapshot(home, "models--a--b", "aaaa", 1000);
    make_snapshot(home, "models--..", "aaaa", 1000);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *path;
        gaze_error err;
        assert_int_equal(gaze_hub_find(&path, names[i], &err), GAZE_ERROR_NOT_FOUND);
        assert_null(path);
        snprintf(message, sizeof message, "%s", err.message + strlen(names[i]));
        assert_string_equal(message, ": no such directory");
    }
    assert_string_equal(found("a/b"), "aaaa");
    tmpdir_remove(home);
    unsetenv("HF_HOME");
}

static void how_to_get_a_model(void **state) {
    (void)state;
    char *path;
    gaze_error err;
    setenv("HF_HUB_CACHE", "no-such-cache", 1);
    assert_int_equal(gaze_model_dir_find(&path, "org/name", &err), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(err.message,
                        "org/name: no such directory, and no such model in the Hugging Face cache "
                        "no-such-cache (`hf download org/name` gets it)");
    assert_null(path);
    unsetenv("HF_HUB_CACHE");
}

static void a_directory_or_a_name(void **state) {
    (void)state;
    char *path;
    gaze_error err;
    assert_int_equal(gaze_model_dir_find(&path, "tests/data", &err), GAZE_OK);
    assert_string_equal(path, "tests/data");
    gaze_free(path);
    assert_int_equal(gaze_model_dir_find(&path, "tests/run.sh", &err), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "tests/run.sh: a file, expected a model's directory or name");
    assert_null(path);
    char *home = tmpdir_make();
    setenv("HF_HOME", home, 1);
    make_snapshot(home, "models--m", "abcd", 1000);
    assert_int_equal(gaze_model_dir_find(&path, "m", &err), GAZE_OK);
    assert_non_null(strstr(path, "/hub/models--m/snapshots/abcd"));
    gaze_free(path);
    tmpdir_remove(home);
    unsetenv("HF_HOME");
}

static gaze_status find_m(void *context) {
    char *path;
    gaze_status status = gaze_model_dir_find(&path, context, NULL);
    gaze_free(path);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    char *home = tmpdir_make();
    setenv("HF_HOME", home, 1);
    make_snapshot(home, "models--m", "abcd", 1000);
    assert_true(fail_each_allocation(find_m, "m") >= 5);
    set_main(home, "models--m", "abcd");
    assert_true(fail_each_allocation(find_m, "m") >= 5);
    tmpdir_remove(home);
    unsetenv("HF_HOME");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_directory_may_lack),   cmocka_unit_test(pytorch_weights_are_explained),
        cmocka_unit_test(the_single_file_comes_first), cmocka_unit_test(the_message_begins_with_the_path),
        cmocka_unit_test(main_or_the_newest),          cmocka_unit_test(where_the_cache_is),
        cmocka_unit_test(names_that_lead_elsewhere),   cmocka_unit_test(how_to_get_a_model),
        cmocka_unit_test(a_directory_or_a_name),       cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, keep_environment, NULL);
}
