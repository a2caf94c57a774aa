#include "tools/pipeline/labelled_tokens.h"

#include <string.h>

#include "core/base/utf8.h"
#include "core/task/scores.h"

static gaze_status allocate(gaze_labelled_tokens *tokens, gaze_arena *arena, size_t count, size_t C,
                            gaze_error *err) {
    size_t numbers;
    if (!gaze_size_mul(count, C, &numbers)) return gaze_fail_memory(err);
    tokens->index = gaze_arena_alloc(arena, count, sizeof *tokens->index);
    tokens->scores = gaze_arena_alloc(arena, numbers, sizeof *tokens->scores);
    tokens->subword = gaze_arena_alloc(arena, count, sizeof *tokens->subword);
    tokens->strings = gaze_arena_alloc(arena, count, sizeof *tokens->strings);
    tokens->lengths = gaze_arena_alloc(arena, count, sizeof *tokens->lengths);
    bool ok = tokens->index && tokens->scores && tokens->subword && tokens->strings && tokens->lengths;
    return ok ? GAZE_OK : gaze_fail_memory(err);
}

/* Where tokens say that they continue a word: "##ing" is longer than what it stands for. */
static bool is_longer(const char *string, size_t length, gaze_span chars) {
    return gaze_utf8_count(string, length) != chars.end - chars.start;
}

/* Elsewhere a token that begins behind a space, or is one, begins a word, and any other continues one. */
static bool has_no_space(const gaze_input *input, gaze_span bytes) {
    const char *text = input->text;
    const size_t at = bytes.start;
    return at > 0 && text[at - 1] != ' ' && !(at < input->text_length && text[at] == ' ');
}

/* String and `subword` of token t. Unknown ones are words by themselves. */
static void describe(gaze_labelled_tokens *tokens, size_t i, const gaze_tokenizer *tokenizer,
                     const gaze_input *input, const gaze_tokens *window, int32_t unknown) {
    const size_t t = tokens->index[i];
    const gaze_span bytes = window->bytes[t];
    if (window->ids[t] == unknown) {
        tokens->strings[i] = input->text + bytes.start;
        tokens->lengths[i] = bytes.end - bytes.start;
        tokens->subword[i] = false;
        return;
    }
    tokens->strings[i] = gaze_tokenizer_id_to_token(tokenizer, window->ids[t], &tokens->lengths[i]);
    tokens->subword[i] = gaze_tokenizer_marks_subwords(tokenizer)
                             ? is_longer(tokens->strings[i], tokens->lengths[i], window->chars[t])
                             : has_no_space(input, bytes);
}

gaze_status gaze_labelled_tokens_init(gaze_labelled_tokens *tokens, gaze_arena *arena,
                                      const gaze_tokenizer *tokenizer, const gaze_input *input,
                                      const gaze_tokens *window, const float *logits, size_t C,
                                      gaze_error *err) {
    const int32_t unknown = gaze_tokenizer_special_id(tokenizer, GAZE_TOKEN_UNK);
    *tokens = (gaze_labelled_tokens){0};
    gaze_status status = allocate(tokens, arena, window->count, C, err);
    for (size_t t = 0; t < window->count && !status; t++) {
        if (window->special[t]) continue;
        const size_t i = tokens->count++;
        tokens->index[i] = t;
        gaze_scores(tokens->scores + i * C, logits + t * C, C, GAZE_SCORE_SOFTMAX);
        describe(tokens, i, tokenizer, input, window, unknown);
    }
    return status;
}
