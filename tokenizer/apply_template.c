/* From sequences and a template to tokens (Hugging Face tokenizers, processors/template.rs: apply_template;
 * tokenizer/encoding.rs: merge_with).
 *
 * With truncation, every window of the text meets every window of the pair. The choice (0, 0) is the result;
 * its overflow are the other choices, those that differ from it at the first place before those that
 * differ at the second only. Two windows beyond the first on either side:
 *
 *     (1,0) (1,1) (1,2)  (2,0) (2,1) (2,2)     (0,1) (0,2)
 */
#include "tokenizer/post_processor.h"

/* Which window stands at each place of the template where a sequence goes. */
typedef struct choice {
    size_t window[GAZE_MAX_TEMPLATE_SEQUENCES];
    size_t window_count[GAZE_MAX_TEMPLATE_SEQUENCES];
    size_t places;
} choice;

/* The token as it came from the text, the index-th of its window. The model's have the vocabulary's string. */
static gaze_token token_of(const gaze_assembly *a, const gaze_found *found, int sequence, size_t index) {
    const uint32_t *byte_at = a->sequences[sequence]->byte_at;
    gaze_vocabulary_entry entry = {found->string, found->string_length};
    gaze_span chars = {found->start, found->end};
    if (!entry.string) entry = gaze_vocabulary_token(a->vocabulary, found->id);
    gaze_trim(&chars, &a->processor->trims, index, entry.string, entry.length);
    return (gaze_token){
        .id = found->id,
        .string = entry.string,
        .string_length = entry.length,
        .bytes = {byte_at[chars.start], byte_at[chars.end]},
        .chars = chars,
        .word_id = (int32_t)found->word,
        .attention = 1,
    };
}

/* Whether the sequence has no place behind this one. */
static bool is_last_place(const gaze_template *template, const gaze_template_item *item) {
    const gaze_template_item *end = template->items + template->count;
    for (const gaze_template_item *later = item + 1; later < end; later++)
        if (later->sequence == item->sequence) return false;
    return true;
}

/* The template sets the type ids of first windows only; others keep the number of their sequence, unless
 * RobertaProcessing puts special tokens around them. */
static int32_t type_id_of(const gaze_assembly *a, const gaze_template_item *item, size_t window) {
    const bool by_template = window == 0 || (a->processor->windows_like_first && !a->no_special_tokens);
    return by_template ? item->type_id : item->sequence;
}

/* Of a sequence with several places, the last one alone has sequence ids: the library keeps one range for
 * each. */
static gaze_status append_window(gaze_tokens *out, const gaze_assembly *a, const gaze_template_item *item,
                                 size_t window, gaze_error *err) {
    gaze_span range = gaze_window_at(&a->windows[item->sequence], window);
    const gaze_found *tokens = a->sequences[item->sequence]->tokens;
    const int32_t type_id = type_id_of(a, item, window);
    const int32_t sequence_id = is_last_place(a->template, item) ? item->sequence : GAZE_NO_SEQUENCE;
    gaze_status status = GAZE_OK;
    for (size_t i = range.start; i < range.end && !status; i++) {
        gaze_token token = token_of(a, &tokens[i], item->sequence, i - range.start);
        token.type_id = type_id;
        token.sequence_id = sequence_id;
        status = gaze_tokens_append(out, &token, err);
    }
    return status;
}

static gaze_status append_special(gaze_tokens *out, const gaze_template_item *item, gaze_error *err) {
    gaze_token token = {
        .id = item->id,
        .string = item->string,
        .string_length = item->string_length,
        .word_id = GAZE_NO_WORD,
        .type_id = item->type_id,
        .sequence_id = GAZE_NO_SEQUENCE,
        .special = 1,
        .attention = 1,
    };
    return gaze_tokens_append(out, &token, err);
}

static gaze_status append_choice(gaze_tokens *out, const gaze_assembly *a, const choice *c, gaze_error *err) {
    gaze_status status = GAZE_OK;
    size_t place = 0;
    for (size_t i = 0; i < a->template->count && !status; i++) {
        const gaze_template_item *item = &a->template->items[i];
        if (item->sequence >= 0)
            status = append_window(out, a, item, c->window[place++], err);
        else if (!a->no_special_tokens)
            status = append_special(out, item, err);
    }
    return status;
}

/* The first choice: window 0 everywhere. */
static choice first_choice(const gaze_assembly *a) {
    choice c = {0};
    for (size_t i = 0; i < a->template->count; i++) {
        int sequence = a->template->items[i].sequence;
        if (sequence >= 0) c.window_count[c.places++] = a->windows[sequence].count;
    }
    return c;
}

/* How many choices there are beside the first. False when that is beyond all memory. */
static bool count_others(const choice *c, size_t *count) {
    *count = 1;
    for (size_t i = 0; i < c->places; i++)
        if (!gaze_size_mul(*count, c->window_count[i], count)) return false;
    --*count;
    return true;
}

/* Counts on, the last place fastest, with the places before `first` at 0. False: that was the last one. */
static bool next_choice(choice *c, size_t first) {
    for (size_t i = c->places; i-- > first;) {
        if (++c->window[i] < c->window_count[i]) return true;
        c->window[i] = 0;
    }
    return false;
}

static gaze_status append_overflow(gaze_tokens *out, const gaze_assembly *a, choice *c, gaze_error *err) {
    gaze_status status = GAZE_OK;
    for (size_t first = 0; first < c->places && !status; first++) {
        if (c->window_count[first] == 1) continue;
        c->window[first] = 1; /* the choices whose first difference from the result is here */
        do status = append_choice(&out->overflow[out->overflow_count++], a, c, err);
        while (!status && next_choice(c, first));
    }
    return status;
}

gaze_status gaze_apply_template(gaze_tokens *out, const gaze_assembly *assembly, gaze_error *err) {
    choice c = first_choice(assembly);
    size_t others;
    if (!count_others(&c, &others)) return gaze_fail_memory(err);
    gaze_status status = append_choice(out, assembly, &c, err);
    if (!status && others) {
        out->overflow = gaze_alloc_zero(others, sizeof *out->overflow);
        status = out->overflow ? append_overflow(out, assembly, &c, err) : gaze_fail_memory(err);
    }
    if (status) gaze_tokens_deinit(out);
    return status;
}
