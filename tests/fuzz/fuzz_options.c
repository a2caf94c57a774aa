/* tools/cli: any words on a command line, up to NULs, are refused with status 2 or understood. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tools/cli/cli.h"
#include "tools/pipeline/dump.h"
#include "tools/pipeline/selection.h"

enum { WORDS = 12, LENGTH = 200 };

static void select_things(const char *word, size_t count) {
    gaze_selection selection;
    unsigned groups;
    gaze_error err = {0};
    gaze_status status = gaze_select(&selection, word, count % 2 ? "0,-1" : NULL, "layer", count, &err);
    MUST(!status || err.code == GAZE_ERROR_ARGUMENT);
    if (!status) MUST(selection.count >= 1 && selection.indices[selection.count - 1] < count);
    gaze_selection_deinit(&selection);
    if (gaze_dump_groups_parse(&groups, word, &err) == GAZE_OK) MUST(groups <= GAZE_DUMP_ALL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const cli_command *const commands[] = {&cli_heatmap,  &cli_dump,     &cli_info,
                                                  &cli_tokenize, &cli_verify,   &cli_embed,
                                                  &cli_rank,     &cli_classify, &cli_fill_mask};
    fuzz_input input = {data, size};
    char words[WORDS][LENGTH], *pointers[WORDS];
    cli_settings settings;
    int count = 0;
    const cli_command *command = commands[fuzz_below(&input, sizeof commands / sizeof *commands)];
    size_t things = 1 + fuzz_below(&input, 40);
    for (; count < WORDS && input.size; count++) {
        fuzz_input part = fuzz_part(&input, 0);
        size_t length = part.size < LENGTH - 1 ? part.size : LENGTH - 1;
        memcpy(words[count], part.data, length);
        words[count][length] = '\0';
        pointers[count] = words[count];
        select_things(words[count], things);
    }
    int status = cli_parse(&settings, command, count, pointers);
    MUST(status == CLI_OK || status == CLI_USAGE);
    if (!status) MUST(settings.text_count <= command->max_texts);
    return 0;
}
