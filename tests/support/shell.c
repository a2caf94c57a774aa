#include "tests/support/shell.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#define TINY "tests/data/models/tiny-bert"

static char folder[64]; /* a temporary one, removed at the end */

int shell_setup(void **state) {
    (void)state;
    if (!getenv("GAZE")) setenv("GAZE", "./gaze", 1);
    strcpy(folder, "/tmp/gaze-cli-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    setenv("FOLDER", folder, 1);
    unsetenv("GAZE_SIMD");
    return 0;
}

int shell_teardown(void **state) {
    (void)state;
    return system("rm -rf \"$FOLDER\"");
}

static void read_text(const char *name, char *text, size_t capacity) {
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    size_t length = fread(text, 1, capacity - 1, file);
    text[length] = '\0';
    fclose(file);
}

outcome shell(const char *line) {
    outcome o;
    char command[2048];
    snprintf(command, sizeof command, "TINY=" TINY "; { %s ; } >$FOLDER/out 2>$FOLDER/err </dev/null", line);
    int status = system(command);
    assert_true(WIFEXITED(status));
    o.status = WEXITSTATUS(status);
    read_text("out", o.out, sizeof o.out);
    read_text("err", o.err, sizeof o.err);
    return o;
}

void shell_fails(const char *line, const char *const *words) {
    outcome o = shell(line);
    const char *feed = strchr(o.err, '\n');
    bool ok = o.status == 1 && o.out[0] == '\0' && strncmp(o.err, "gaze: ", 6) == 0 && feed && feed[1] == '\0';
    for (; *words && ok; words++) ok = strstr(o.err, *words) != NULL;
    if (!ok) fail_msg("%s\n  status %d, standard error: %s", line, o.status, o.err);
}
