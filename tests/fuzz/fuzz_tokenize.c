/* tokenizer: any text, or pair, through tokenizers of several kinds: ids of the vocabulary, offsets within
 * the text, windows no longer than asked for. The first six bytes choose; then text NUL pair. */
#include <string.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/utf8.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/json_patch.h"
#include "tokenizer/tokenizer.h"

#define TOY "tests/data/tokenizer/"
static const char *const directories[] = {TOY "toy-uncased", TOY "toy-cased",  TOY "toy-switches",
                                          TOY "toy-twice",   TOY "toy-qwen2",  TOY "toy-roberta",
                                          TOY "toy-gpt2",    "tests/data/models/hidden-20"};
enum { LONGEST_CUT = 64 /* bytes that are cut into windows: those of a pair multiply */ };
enum { TOYS = sizeof directories / sizeof *directories, RANDOM = 40, TOKENIZERS = TOYS + RANDOM };

/* The tokenizer of one of the random lines of a file. */
static gaze_status open_random(gaze_tokenizer **out, size_t number) {
    gaze_file file;
    gaze_json *json = NULL;
    gaze_buffer text = {0};
    MUST(gaze_file_open(&file, TOY "random.jsonl", GAZE_FILE_READ, 0, NULL) == GAZE_OK);
    fuzz_input rest = {file.data, file.size}, line = {0};
    for (size_t i = 0; i <= number; i++) line = fuzz_part(&rest, '\n');
    MUST(gaze_json_parse(&json, (const char *)line.data, line.size, NULL, NULL) == GAZE_OK);
    json_write(&text, gaze_json_get(gaze_json_root(json), "tokenizer"));
    gaze_tokenizer_files files = {.tokenizer_json = text.data, .tokenizer_json_size = text.length};
    gaze_status status = gaze_tokenizer_open_files(out, &files, NULL);
    gaze_buffer_deinit(&text);
    gaze_json_free(json);
    gaze_file_close(&file);
    return status;
}

/* Opened once and kept: they are what is shared, and must not change. */
static const gaze_tokenizer *tokenizer_of(size_t i) {
    static gaze_tokenizer *open[TOKENIZERS];
    if (!open[i] && i < TOYS) MUST(gaze_tokenizer_open(&open[i], directories[i], NULL) == GAZE_OK);
    if (!open[i]) MUST(open_random(&open[i], i - TOYS) == GAZE_OK);
    return open[i];
}

/* How long the texts are. */
typedef struct extent {
    size_t bytes, chars;
} extent;

/* Of the text that a token stands in; where a template has a text twice, one of the two does not know: the longer. */
static extent extent_of(const gaze_tokens *t, size_t i, const extent texts[2]) {
    if (t->sequence_ids[i] != GAZE_NO_SEQUENCE) return texts[t->sequence_ids[i] == 1];
    return (extent){texts[texts[1].bytes > texts[0].bytes].bytes, texts[texts[1].chars > texts[0].chars].chars};
}

static void check_tokens(const gaze_tokens *t, const gaze_tokenizer *tokenizer, const extent texts[2]) {
    for (size_t i = 0; i < t->count; i++) {
        const extent text = extent_of(t, i, texts);
        MUST(t->ids[i] >= 0 && (size_t)t->ids[i] < gaze_tokenizer_vocab_size(tokenizer));
        MUST(t->bytes[i].start <= t->bytes[i].end && t->bytes[i].end <= text.bytes);
        MUST(t->chars[i].start <= t->chars[i].end && t->chars[i].end <= text.chars);
        MUST(gaze_utf8_valid(t->strings[i], t->string_lengths[i], NULL));
        MUST(t->special[i] || t->word_ids[i] >= 0);
    }
    for (size_t i = 0; i < t->overflow_count; i++) check_tokens(&t->overflow[i], tokenizer, texts);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    fuzz_input input = {data, size};
    size_t kind = fuzz_below(&input, TOKENIZERS);
    const gaze_tokenizer *tokenizer = tokenizer_of(kind);
    size_t flags = fuzz_below(&input, 64);
    gaze_encode_options o = {.no_special_tokens = flags & 1, .encode_special_tokens = flags & 2};
    o.truncation = (gaze_truncation){.enabled = flags & 4, .side = flags & 8 ? GAZE_SIDE_LEFT : GAZE_SIDE_RIGHT};
    o.truncation.max_length = fuzz_below(&input, 20);
    o.truncation.stride = fuzz_below(&input, 6);
    o.truncation.strategy = (gaze_truncation_strategy)fuzz_below(&input, 3);
    gaze_padding padding = {.enabled = true, .multiple_of = fuzz_below(&input, 9)};
    if (o.truncation.enabled && input.size > LONGEST_CUT) input.size = LONGEST_CUT;
    bool pair = memchr(input.data, 0, input.size) != NULL;
    fuzz_input texts[2];
    texts[0] = fuzz_part(&input, 0);
    texts[1] = input;
    gaze_tokens tokens = {0};
    gaze_buffer text = {0};
    gaze_error err = {0};
    gaze_status status =
        gaze_tokenizer_encode(&tokens, tokenizer, (const char *)texts[0].data, texts[0].size,
                              pair ? (const char *)texts[1].data : NULL, texts[1].size, &o, &err);
    MUST(!status || !tokens.count);
    MUST(!status || status == GAZE_ERROR_NOT_FOUND /* no [UNK] */ ||
         (status == GAZE_ERROR_ARGUMENT && o.truncation.enabled));
    if (!status && o.truncation.enabled && kind < TOYS) /* a template may have the text twice */
        MUST(tokens.count <= o.truncation.max_length);
    extent extents[2];
    for (int i = 0; i < 2; i++)
        extents[i] = (extent){texts[i].size, gaze_utf8_count((const char *)texts[i].data, texts[i].size)};
    check_tokens(&tokens, tokenizer, extents);
    if (!status) {
        gaze_status padded = gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, &err);
        MUST(!padded || padded == GAZE_ERROR_NOT_FOUND);
        if (!padded && padding.multiple_of) MUST(tokens.count % padding.multiple_of == 0);
        MUST(gaze_tokenizer_decode(&text, tokenizer, tokens.ids, tokens.count, flags & 16, &err) == GAZE_OK);
    }
    gaze_buffer_deinit(&text);
    gaze_tokens_deinit(&tokens);
    return 0;
}
