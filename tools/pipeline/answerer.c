#include "tools/pipeline/answerer.h"

#include <string.h>

#include "core/base/json.h"
#include "tools/pipeline/same_lowered.h"
#include "tools/pipeline/task.h"

enum { WINDOW = 384, STRIDE = 128, LONGEST_ANSWER = 15 };

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

/* Whether two answers read the same; the answerer knows their text. */
static bool same(void *context, const gaze_answer *a, const gaze_answer *b) {
    const gaze_answerer *answerer = context;
    const char *text = answerer->context.text;
    gaze_span x = gaze_chars_to_bytes(&answerer->places, a->chars);
    gaze_span y = gaze_chars_to_bytes(&answerer->places, b->chars);
    return gaze_same_lowered(text + x.start, x.end - x.start, text + y.start, y.end - y.start);
}

static uint64_t key(void *context, const gaze_answer *answer) {
    const gaze_answerer *answerer = context;
    gaze_span bytes = gaze_chars_to_bytes(&answerer->places, answer->chars);
    return gaze_lowered_key(answerer->context.text + bytes.start, bytes.end - bytes.start);
}

/* Options ------------------------------------------------------------------------------------------------ */

gaze_status gaze_answerer_init(gaze_answerer *answerer, const gaze_pipeline *p,
                               const gaze_answerer_options *o, gaze_error *err) {
    const gaze_tokenizer *tokenizer = gaze_pipeline_tokenizer(p);
    const bool context_first = gaze_tokenizer_padding_side(tokenizer) == GAZE_SIDE_LEFT;
    const size_t length = o->max_seq_len ? o->max_seq_len : smaller(gaze_pipeline_max_length(p), WINDOW);
    const size_t stride = o->doc_stride_set ? o->doc_stride : smaller(length / 2, STRIDE);
    *answerer = (gaze_answerer){
        .options = {.top_k = o->top_k ? o->top_k : 1,
                    .max_answer_len = o->max_answer_len ? o->max_answer_len : LONGEST_ANSWER,
                    .handle_impossible_answer = o->handle_impossible_answer,
                    .inside_words = o->inside_words,
                    .context_first = context_first,
                    .cls_id = gaze_tokenizer_special_id(tokenizer, GAZE_TOKEN_CLS),
                    .same = same,
                    .key = key},
        .truncation = {.enabled = true,
                       .max_length = length,
                       .stride = stride,
                       .strategy = context_first ? GAZE_TRUNCATE_ONLY_FIRST : GAZE_TRUNCATE_ONLY_SECOND,
                       .side = gaze_tokenizer_truncation_side(tokenizer)}};
    if (stride <= length) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "a doc_stride of %zu is more than the %zu tokens of a window",
                     stride, length);
}

static void forget(gaze_answerer *answerer) {
    gaze_answers_deinit(&answerer->answers);
    gaze_char_starts_deinit(&answerer->places);
    gaze_free(answerer->bytes);
    answerer->bytes = NULL;
    answerer->context = (gaze_input){0};
}

void gaze_answerer_deinit(gaze_answerer *answerer) {
    forget(answerer);
}

/* Inputs ------------------------------------------------------------------------------------------------- */

/* The two texts of an input the other way round. */
static gaze_input turned(gaze_input input) {
    return (gaze_input){input.pair, input.pair_length, input.text, input.text_length};
}

gaze_input gaze_answerer_input(const gaze_answerer *answerer, const char *question, size_t question_length,
                               const char *context, size_t context_length) {
    gaze_input input = {question, question_length, context, context_length};
    return answerer->options.context_first ? turned(input) : input;
}

gaze_input gaze_answerer_question(const gaze_answerer *answerer, const gaze_input *input) {
    return answerer->options.context_first ? turned(*input) : *input;
}

/* {"question": "...", "context": "..."} */
static gaze_status read_texts(gaze_input *input, gaze_arena *arena, const gaze_json_value *value,
                              gaze_error *err) {
    const gaze_json_value *question = gaze_json_get(value, "question"),
                          *context = gaze_json_get(value, "context");
    if (value->type != GAZE_JSON_OBJECT)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected {\"question\": ..., \"context\": ...}",
                         gaze_json_kind(value));
    if (!question || question->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "question: %s, expected a string", gaze_json_kind(question));
    if (!context || context->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "context: %s, expected a string", gaze_json_kind(context));
    *input = (gaze_input){.text = gaze_arena_copy_string(arena, question->as.text, question->length),
                          .text_length = question->length,
                          .pair = gaze_arena_copy_string(arena, context->as.text, context->length),
                          .pair_length = context->length};
    return input->text && input->pair ? GAZE_OK : gaze_fail_memory(err);
}

gaze_status gaze_answerer_parse(const gaze_answerer *answerer, gaze_input *input, gaze_arena *arena,
                                const char *line, size_t length, gaze_error *err) {
    static const gaze_json_options lenient = {.lenient_text = true};
    gaze_json *json = NULL;
    gaze_status status = gaze_json_parse(&json, line, length, &lenient, err);
    if (!status) status = read_texts(input, arena, gaze_json_root(json), err);
    if (!status && answerer->options.context_first) *input = turned(*input);
    gaze_json_free(json);
    return status;
}

/* Answers ------------------------------------------------------------------------------------------------ */

static gaze_status begin(gaze_answerer *answerer, const gaze_input *input, gaze_error *err) {
    gaze_input question = gaze_answerer_question(answerer, input);
    forget(answerer);
    if (!question.text_length) return gaze_fail(err, GAZE_ERROR_ARGUMENT, "the question is empty");
    if (!question.pair_length) return gaze_fail(err, GAZE_ERROR_ARGUMENT, "the context is empty");
    answerer->context = (gaze_input){.text = question.pair, .text_length = question.pair_length};
    return gaze_char_starts_init(&answerer->places, question.pair, question.pair_length, err);
}

gaze_status gaze_answerer_window(gaze_answerer *answerer, const gaze_input *input, const gaze_tokens *window,
                                 const float *logits, bool first, gaze_error *err) {
    gaze_answer_options options = answerer->options;
    gaze_status status = first ? begin(answerer, input, err) : GAZE_OK;
    options.context = answerer;
    return status ? status : gaze_answers_add(&answerer->answers, window, logits, &options, err);
}

gaze_status gaze_answerer_finish(gaze_answerer *answerer, gaze_error *err) {
    gaze_answers *answers = &answerer->answers;
    gaze_status status = gaze_answers_finish(answers, &answerer->options, err);
    if (status) return status;
    answerer->bytes = gaze_alloc(answers->count, sizeof *answerer->bytes);
    if (!answerer->bytes) return gaze_fail_memory(err);
    for (size_t i = 0; i < answers->count; i++)
        answerer->bytes[i] = gaze_chars_to_bytes(&answerer->places, answers->items[i].chars);
    return GAZE_OK;
}

void gaze_answerer_put_json(gaze_buffer *out, const gaze_answerer *answerer) {
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < answerer->answers.count; i++) {
        const gaze_answer *answer = &answerer->answers.items[i];
        const gaze_span bytes = answerer->bytes[i];
        gaze_buffer_puts(out, i ? ",{\"score\":" : "{\"score\":");
        gaze_buffer_put_double(out, answer->score);
        gaze_buffer_printf(out, ",\"start\":%zu,\"end\":%zu,\"answer\":", answer->chars.start,
                           answer->chars.end);
        gaze_buffer_put_json_string(out, answerer->context.text + bytes.start, bytes.end - bytes.start);
        gaze_buffer_putc(out, '}');
    }
    gaze_buffer_puts(out, "]\n");
}
