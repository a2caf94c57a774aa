/* tokenizer: any tokenizer.json, or tokenizer_config.json NUL vocab.txt, or tokenizer_config.json NUL vocab.json
 * NUL merges.txt, is refused or gives a tokenizer that encodes, pads and decodes. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tokenizer/tokenizer.h"

static const char *const texts[] = {"The caf\xC3\xA9 [MASK] was 42% full.", "", "\xE4\xBD\xA0\xE5\xA5\xBD a\xCC\x81 \xFF\n"};

static void use(const gaze_tokenizer *tokenizer) {
    const size_t size = gaze_tokenizer_vocab_size(tokenizer);
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 9, .stride = 1}};
    const gaze_padding padding = {.enabled = true, .length = 12, .side = GAZE_SIDE_LEFT};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        gaze_tokens tokens = {0};
        gaze_buffer text = {0};
        gaze_error err = {0};
        gaze_status status = gaze_tokenizer_encode(&tokens, tokenizer, texts[i], strlen(texts[i]), i ? texts[0] : NULL,
                                                   i ? strlen(texts[0]) : 0, i ? &options : NULL, &err);
        if (status) MUST(err.code && err.message[0] && !tokens.count);
        for (size_t t = 0; t < tokens.count; t++) MUST(tokens.ids[t] >= 0 && (size_t)tokens.ids[t] < size);
        if (!status) gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, &err);
        if (!status) MUST(gaze_tokenizer_decode(&text, tokenizer, tokens.ids, tokens.count, i, &err) == GAZE_OK);
        gaze_buffer_deinit(&text);
        gaze_tokens_deinit(&tokens);
    }
}

static gaze_tokenizer_files files_of(fuzz_input input) {
    gaze_tokenizer_files files = {0};
    fuzz_input parts[3];
    size_t whole = input.size;
    for (size_t i = 0; i < 2; i++) parts[i] = fuzz_part(&input, 0);
    parts[2] = input;
    const char *const text[3] = {(const char *)parts[0].data, (const char *)parts[1].data, (const char *)parts[2].data};
    if (parts[0].size == whole) {
        files.tokenizer_json = text[0];
        files.tokenizer_json_size = whole;
        return files;
    }
    if (parts[0].size) files.tokenizer_config_json = text[0];
    files.tokenizer_config_json_size = parts[0].size;
    if (parts[2].size) {
        files.vocab_json = text[1];
        files.vocab_json_size = parts[1].size;
        files.merges_txt = text[2];
        files.merges_txt_size = parts[2].size;
    } else {
        files.vocab_txt = text[1];
        files.vocab_txt_size = parts[1].size;
    }
    return files;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_tokenizer_files files = files_of((fuzz_input){data, size});
    gaze_tokenizer *tokenizer = NULL;
    gaze_error err = {0};
    gaze_status status = gaze_tokenizer_open_files(&tokenizer, &files, &err);
    MUST((status == GAZE_OK) == (tokenizer != NULL));
    if (status)
        MUST(err.code && err.message[0]);
    else
        use(tokenizer);
    gaze_tokenizer_close(tokenizer);
    return 0;
}
