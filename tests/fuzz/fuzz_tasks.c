/* tools/pipeline/inputs and sentence_settings: a line of a file is an input or an error; the files of a directory of
 * sentence-transformers set nothing that cannot be. */
#include <string.h>

#include "core/base/json.h"
#include "core/base/memory.h"
#include "tests/fuzz/fuzz.h"
#include "tools/pipeline/inputs.h"
#include "tools/pipeline/sentence_settings.h"

static void read_line(const fuzz_input *line) {
    gaze_arena arena = {0};
    gaze_input input = {0};
    gaze_error err = {0};
    gaze_status status = gaze_input_parse_members(&input, &arena, (const char *)line->data, line->size, &err);
    MUST(status == err.code);
    if (!status) MUST(input.text && input.text[input.text_length] == '\0' && input.text_length <= line->size);
    if (!status && input.pair) MUST(input.pair[input.pair_length] == '\0' && input.pair_length <= line->size);
    gaze_arena_deinit(&arena);
}

static void check_settings(const gaze_sentence_settings *settings) {
    MUST(settings->pooling_count <= GAZE_POOLING_COUNT);
    for (size_t i = 0; i < settings->pooling_count; i++) MUST(settings->poolings[i] < GAZE_POOLING_COUNT);
    MUST(!settings->prompt || settings->prompt[0]);
    MUST(settings->cross_encoder || !settings->activation);
}

static void read_file(const gaze_json_value *root, gaze_sentence_reader *read, bool cross) {
    gaze_sentence_settings settings = {.cross_encoder = cross};
    gaze_error err = {0};
    MUST(read(&settings, root, &err) == err.code);
    if (!err.code) check_settings(&settings);
    gaze_sentence_settings_deinit(&settings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static gaze_sentence_reader *const readers[] = {gaze_sentence_read_pooling, gaze_sentence_read_normalize,
                                                    gaze_sentence_read_transformer,
                                                    gaze_sentence_read_tokenizer, gaze_sentence_read_prompts};
    fuzz_input input = {data, size};
    gaze_json *json = NULL;
    const bool cross = fuzz_below(&input, 2);
    read_line(&input);
    if (gaze_json_parse(&json, (const char *)input.data, input.size, NULL, NULL) == GAZE_OK &&
        gaze_json_root(json)->type == GAZE_JSON_OBJECT)
        for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
            read_file(gaze_json_root(json), readers[i], cross);
    gaze_json_free(json);
    return 0;
}
