/* Whole commands, in this process, with every allocation and every call of the system failing in turn:
 * the exit status is 0 or 1, standard error says why, and the output file is whole or not there. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/support/entry_points.h"
#include "tests/support/failing_io.h"
#include "tools/cli/cli.h"

#define MODEL "tests/data/models/hidden-20"
#define TASKS "tests/data/tasks/"
#define ANSWER "tests/data/answer/bert"
#define LABEL "tests/data/label/bert"
#define OUT   "OUT" /* stands for a file in the folder of the test */

/* A command line, and what it gave when nothing failed. */
typedef struct line {
    const cli_command *command;
    const char *words[14];
    uint32_t result;
} line;

static line lines[] = {
    {&cli_heatmap, {"--model", MODEL, "-o", OUT ".svg", "--layer", "0", "--head", "1", "the cat sat"}, 0},
    {&cli_heatmap, {"--model", "org/tiny", "-o", OUT ".svgz", "--head", "all", "the cat", "sat"}, 0},
    {&cli_heatmap, {"--model", MODEL, "-o", OUT ".npz", "--layer", "mean", "--head", "max", "the cat"}, 0},
    {&cli_heatmap, {"--record", MODEL "/ref.npz", "-o", OUT ".txt", "--unit", "word", "--special", "hide"}, 0},
    {&cli_head_view, {"--model", MODEL, "-o", OUT ".svg", "--head", "1,2", "--token", "cat", "the cat", "sat"}, 0},
    {&cli_head_view, {"--model", MODEL, "-o", OUT ".html", "--unit", "word", "the cat", "sat"}, 0},
    {&cli_heatmap, {"--record", MODEL "/ref.npz", "-o", OUT ".json", "--head", "all", "--renormalise"}, 0},
    {&cli_model_view, {"--model", MODEL, "-o", OUT ".svg", "--sort", "label", "the cat", "sat"}, 0},
    {&cli_model_view, {"--record", MODEL "/ref.npz", "-o", OUT ".svgz", "--unit", "word", "--special", "hide"}, 0},
    {&cli_model_view, {"--model", MODEL, "-o", OUT ".svg", "--link", "cat,-1", "the cat", "sat"}, 0},
    {&cli_neuron_view, {"--model", MODEL, "-o", OUT ".svg", "--head", "1", "--token", "cat", "the cat", "sat"}, 0},
    {&cli_neuron_view, {"--model", MODEL, "-o", OUT ".html", "--head", "1", "--dimensions", "sorted", "the cat"}, 0},
    {&cli_neuron_view, {"--record", MODEL "/ref.npz", "-o", OUT ".svgz", "--special", "hide", "--lang", "zh"}, 0},
    {&cli_text_view, {"--model", MODEL, "-o", OUT ".svg", "--token", "cat,2", "the cat", "sat"}, 0},
    {&cli_model_view, {"--model", MODEL, "-o", OUT ".svg", "--statistics", "the cat"}, 0},
    {&cli_model_view, {"--model", MODEL, "-o", OUT ".html", "--special", "hide", "the cat"}, 0},
    {&cli_compare, {"--model", MODEL, "-o", OUT ".svg", "--a", "head=1", "--b", "layer=0,head=0", "the cat"}, 0},
    {&cli_compare, {"--model", MODEL, "-o", OUT ".svg", "--a", "text=the cat", "--b", "text=sat", "--head", "mean"}, 0},
    {&cli_dump, {"--model", MODEL, "-o", OUT ".npz", "--what", "all", "the cat", "sat"}, 0},
    {&cli_dump, {"--model", MODEL, "-o", OUT ".json", "--file", "LINES"}, 0},
    {&cli_verify, {"--model", MODEL, "-o", OUT, "--json", MODEL "/ref.npz"}, 0},
    {&cli_verify, {"--model", MODEL, "-o", OUT, MODEL "/ref.npz"}, 0},
    {&cli_info, {"--model", MODEL, "-o", OUT}, 0},
    {&cli_info, {"--model", MODEL, "-o", OUT, "--json"}, 0},
    {&cli_tokenize, {"--model", MODEL, "-o", OUT, "the cat", "sat"}, 0},
    {&cli_tokenize, {"--model", MODEL, "-o", OUT, "--json", "--padding", "longest", "the cat"}, 0},
    {&cli_embed, {"--model", MODEL, "-o", OUT ".npz", "the cat", "sat"}, 0},
    {&cli_embed, {"--model", MODEL, "-o", OUT ".json", "--file", "LINES"}, 0},
    {&cli_fill_mask, {"--model", TASKS "bert-mask", "-o", OUT, "--targets", "cat,dog", "the [MASK] and [MASK]"}, 0},
    {&cli_fill_mask, {"--model", TASKS "roberta-mask", "-o", OUT, "--json", "--top-k", "2", "the <mask> sat"}, 0},
    {&cli_classify, {"--model", TASKS "distilbert-moods", "-o", OUT, "--file", "LINES"}, 0},
    {&cli_classify, {"--model", TASKS "electra-labels", "-o", OUT, "--json", "the cat", "sat"}, 0},
    {&cli_rank, {"--model", TASKS "xlmr-rank", "-o", OUT, "--json", "--top-k", "1", "who sat?", "the dog", "a cat"}, 0},
    {&cli_rank, {"--model", TASKS "bert-one", "-o", OUT, "--plain", "--file", "LINES", "who sat?"}, 0},
    {&cli_answer, {"--model", ANSWER, "-o", OUT, "--question", "who", "--context", "the cat sat", "--top-k", "2"}, 0},
    {&cli_answer,
     {"--model", ANSWER, "-o", OUT, "--question", "who?", "--context", "the cat sat on the mat", "--json",
      "--max-seq-len", "8", "--doc-stride", "1"},
     0},
    {&cli_label, {"--model", LABEL, "-o", OUT, "the cat", "sat"}, 0},
    {&cli_label,
     {"--model", LABEL, "-o", OUT, "--json", "--aggregation", "first", "--stride", "9",
      "the cat sat on the mat because it was tired. who sat?"},
     0},
};
enum { LINES = sizeof lines / sizeof *lines };

/* The word of the table as the command gets it. */
static char *expand(char buffer[4096], const char *word) {
    if (strncmp(word, OUT, strlen(OUT)) == 0)
        snprintf(buffer, 4096, "%s%s", entry_points_path("out/result"), word + strlen(OUT));
    else if (strcmp(word, "LINES") == 0)
        snprintf(buffer, 4096, "%s", entry_points_path("lines"));
    else
        snprintf(buffer, 4096, "%s", word);
    return buffer;
}

static int errors = -1; /* a file that takes the place of standard error */

/* Returns the true standard error, kept aside. */
static int catch_errors(void) {
    fflush(stderr);
    if (errors < 0) errors = open(entry_points_path("errors"), O_RDWR | O_CREAT, 0600);
    int kept = dup(STDERR_FILENO);
    assert_true(errors >= 0 && kept >= 0 && ftruncate(errors, 0) == 0 && lseek(errors, 0, SEEK_SET) == 0);
    assert_true(dup2(errors, STDERR_FILENO) >= 0);
    return kept;
}

static void release_errors(int kept) {
    fflush(stderr);
    assert_true(dup2(kept, STDERR_FILENO) >= 0);
    close(kept);
}

static size_t read_whole(const char *path, char *content, size_t capacity) {
    FILE *file = fopen(path, "rb");
    size_t size = file ? fread(content, 1, capacity - 1, file) : 0;
    if (file) fclose(file);
    content[size] = '\0';
    return size;
}

/* What the message on standard error stands for. */
static gaze_status status_of_errors(void) {
    char text[4096];
    ssize_t size = pread(errors, text, sizeof text - 1, 0);
    assert_true(size > 0);
    text[size] = '\0';
    assert_true(strncmp(text, "gaze: ", 6) == 0);
    assert_ptr_equal(strchr(text, '\n'), text + size - 1); /* one line */
    if (strstr(text, "out of memory")) return GAZE_ERROR_MEMORY;
    if (strstr(text, "cannot") || strstr(text, "ended at byte")) return GAZE_ERROR_IO;
    return GAZE_ERROR_FORMAT; /* which only a file that has shrunk may give */
}

static gaze_status run_line(void *context) {
    static char content[1 << 20];
    line *l = context;
    char buffers[14][4096], *words[14], output[4096] = "";
    cli_settings settings;
    int count = 0;
    for (; l->words[count]; count++) words[count] = expand(buffers[count], l->words[count]);
    assert_int_equal(cli_parse(&settings, l->command, count, words), CLI_OK);
    strcpy(output, settings.output);
    settings.threads = 1; /* waiting for threads would take most of the time */
    unlink(output);
    int kept = catch_errors();
    int exit_status = l->command->run(&settings);
    release_errors(kept);
    size_t size = read_whole(output, content, sizeof content);
    if (exit_status) assert_int_equal(access(output, F_OK), -1);
    if (exit_status) return status_of_errors();
    same_result(&l->result, content, size);
    return GAZE_OK;
}

static void every_allocation_fails(void **state) {
    size_t allocations = 0;
    (void)state;
    for (size_t i = 0; i < LINES; i++) allocations += (size_t)fail_each_allocation(run_line, &lines[i]);
    print_message("note: %d commands, %zu allocations, %zu runs with one failing\n", LINES, allocations,
                  failing_alloc_runs());
}

static void every_call_of_the_system_fails(void **state) {
    size_t runs = 0;
    (void)state;
    for (size_t i = 0; i < LINES; i++) runs += fail_each_call(run_line, entry_points_after, &lines[i]);
    print_message("note: %zu runs with a call of the system failing\n", runs);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_allocation_fails),
        cmocka_unit_test(every_call_of_the_system_fails),
    };
    return cmocka_run_group_tests(tests, entry_points_setup, entry_points_teardown);
}
