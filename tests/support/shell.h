/* The command, run as a person runs it: what it prints, where, and with which exit status. */
#ifndef GAZE_TESTS_SUPPORT_SHELL_H
#define GAZE_TESTS_SUPPORT_SHELL_H

/* What a command line gave, as far as there is room. */
typedef struct outcome {
    int status;
    char out[8192];
    char err[2048];
} outcome;

/* cmocka's group setup and teardown: $FOLDER, an empty one, and $GAZE, the binary (make test sets it). */
int shell_setup(void **state);
int shell_teardown(void **state);

/* Runs a shell line in which $GAZE, $FOLDER and $TINY, a model, have their meaning. */
outcome shell(const char *line);

/* Fails the test unless the line ends with status 1, prints nothing on standard output, and on standard error one
 * line that begins with "gaze: " and holds every one of the words. */
#define FAILS(line, ...) shell_fails(line, (const char *const[]){__VA_ARGS__, NULL})
void shell_fails(const char *line, const char *const *words);

#endif
