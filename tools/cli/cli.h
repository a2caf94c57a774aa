/* The `gaze` command: a table of commands and a table of options.
 *
 * An option that several commands share is described once, in options.c, and means the same in each. A
 * command (a file of its own) names the options it takes; its --help is written from the tables.
 */
#ifndef GAZE_TOOLS_CLI_H
#define GAZE_TOOLS_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "core/base/error.h"

enum { CLI_OK = 0, CLI_FAILED = 1, CLI_USAGE = 2 }; /* exit statuses */

#define CLI_UNSET (-1) /* a number that no option set */

/* What the command line says. Strings point into argv. */
typedef struct cli_settings {
    const struct cli_command *command;
    const char *model;
    const char *output;
    const char *file;
    char **texts;
    size_t text_count;
    bool plain;
    bool json;
    bool help;
    bool quiet;
    bool no_progress;
    long threads;
    /* what is kept, drawn or compared */
    const char *layer;
    const char *head;
    const char *layers;
    const char *include_layers;
    const char *include_heads;
    const char *what;
    const char *tolerance;
    const char *record;
    const char *token;
    const char *sort;
    bool statistics;
    const char *thumb;
    const char *side_a;
    const char *side_b;
    const char *direction;
    const char *link;
    long input;
    /* tokenizer */
    long max_length;
    long stride;
    const char *padding;
    const char *truncation;
    const char *truncation_side;
    const char *padding_side;
    long pad_to_multiple_of;
    long pad_type_id;
    bool no_special_tokens;
    /* tasks */
    long top_k;
    const char *targets;
    const char *question;
    const char *context;
    long max_answer_len;
    long max_seq_len;
    long doc_stride;
    bool handle_impossible_answer;
    bool no_align_to_words;
    const char *aggregation;
    /* pictures */
    const char *unit;
    const char *special;
    const char *scale;
    bool renormalise;
    long width;
    const char *title;
    const char *theme;
    const char *language;
    const char *format;
    const char *layout;
    const char *dimensions;
    const char *filter;
    long precision;
    bool full;
} cli_settings;

typedef struct cli_command {
    const char *name;
    const char *arguments;      /* "[options] TEXT [TEXT_B]" */
    const char *summary;        /* one line */
    const char *details;        /* a paragraph and examples */
    const char *const *options; /* names from the table, NULL at the end */
    size_t max_texts;           /* positional arguments that it takes */
    int (*run)(const cli_settings *settings);
} cli_command;

extern const cli_command cli_heatmap, cli_head_view, cli_model_view, cli_neuron_view, cli_text_view, cli_compare;
extern const cli_command cli_fill_mask, cli_classify, cli_rank;
extern const cli_command cli_answer, cli_label;
extern const cli_command cli_tokenize, cli_embed, cli_dump, cli_verify, cli_info;

/* Reads the words behind the command's name. On failure prints what is wrong, with the nearest option,
 * and returns CLI_USAGE. */
int cli_parse(cli_settings *settings, const cli_command *command, int count, char **words);
/* Prints a command's help, written from the tables, to standard output. */
void cli_print_help(const cli_command *command);

/* Whether an option was given (not NULL) and is this word. */
bool cli_is(const char *word, const char *expected);

/* Prints "gaze: MESSAGE" on standard error and returns CLI_FAILED. */
int cli_fail(const gaze_error *err);
/* Prints "gaze COMMAND: MESSAGE" and where help is; returns CLI_USAGE. */
int cli_usage(const cli_command *command, const char *format, ...) GAZE_PRINTF(2, 3);

/* The word of the list that is closest to `word`, or NULL when none is near. */
const char *cli_nearest(const char *word, const char *const *list);

#endif
