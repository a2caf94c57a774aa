/* The entrance: finds the command, reads its options, runs it. */
#include <stdio.h>
#include <string.h>

#include "core/kernels/cpu.h"
#include "tools/cli/cli.h"

static const cli_command *const commands[] = {
    &cli_heatmap,
    &cli_head_view,
    &cli_model_view,
    &cli_neuron_view,
    &cli_text_view,
    &cli_compare,
    &cli_fill_mask,
    &cli_answer,
    &cli_classify,
    &cli_label,
    &cli_rank,
    &cli_embed,
    &cli_tokenize,
    &cli_dump,
    &cli_verify,
    &cli_info,
};
enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_help(FILE *out) {
    fprintf(out, "gaze COMMAND [options] [TEXT [TEXT_B]]\n\n"
                 "Reads a BERT model from its Hugging Face directory, runs it, and draws what every\n"
                 "attention head looks at.\n\ncommands:\n");
    for (int i = 0; i < COMMANDS; i++) fprintf(out, "  %-11s %s\n", commands[i]->name, commands[i]->summary);
    fprintf(out, "\ngaze COMMAND --help tells more; gaze --version prints the version.\n");
}

static const cli_command *find_command(const char *name) {
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
    return NULL;
}

static int unknown_command(const char *name) {
    const char *names[COMMANDS + 1] = {0};
    for (int i = 0; i < COMMANDS; i++) names[i] = commands[i]->name;
    const char *nearest = cli_nearest(name, names);
    if (nearest)
        fprintf(stderr, "gaze: unknown command '%s'; did you mean '%s'? (gaze --help)\n", name, nearest);
    else
        fprintf(stderr, "gaze: unknown command '%s' (gaze --help)\n", name);
    return CLI_USAGE;
}

int main(int argc, char **argv) {
    if (argc < 2) {
        print_help(stderr);
        return CLI_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help(stdout);
        return CLI_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("gaze %s\n", GAZE_VERSION);
        return CLI_OK;
    }
    const cli_command *command = find_command(argv[1]);
    if (!command) return unknown_command(argv[1]);
    cli_settings settings;
    int status = cli_parse(&settings, command, argc - 2, argv + 2);
    if (status) return status;
    if (settings.help) {
        cli_print_help(command);
        return CLI_OK;
    }
    gaze_error err = {0};
    if (gaze_level_check(&err)) return cli_fail(&err);
    return command->run(&settings);
}
