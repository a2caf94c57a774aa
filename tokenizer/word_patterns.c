#include "tokenizer/word_patterns.h"

#include <stdbool.h>

#include "tokenizer/unicode.h"

/* A word is read off the chars from the left; `at` never passes `count`. */
typedef struct scanner {
    const gaze_char *chars;
    size_t count;
} scanner;

typedef enum class { LETTER, NUMBER, SPACE, OTHER, END } class;

static class class_at(const scanner *s, size_t at) {
    if (at >= s->count) return END;
    const unsigned properties = gaze_unicode_properties(s->chars[at].code_point);
    if (properties & GAZE_UNICODE_LETTER) return LETTER;
    if (properties & GAZE_UNICODE_WHITE_SPACE) return SPACE;
    return properties & GAZE_UNICODE_NUMBER ? NUMBER : OTHER;
}

static bool is_at(const scanner *s, size_t at, uint32_t c) {
    return at < s->count && s->chars[at].code_point == c;
}

static bool is_line_end(const scanner *s, size_t at) {
    return is_at(s, at, '\r') || is_at(s, at, '\n');
}

/* The end of the run of one class from `at`, of at most `most` chars. */
static size_t end_of_run(const scanner *s, size_t at, class of, size_t most) {
    const size_t end = s->count - at > most ? at + most : s->count;
    while (at < end && class_at(s, at) == of) at++;
    return at;
}

/* 's 't 're 've 'm 'll 'd ---------------------------------------------------------------------------- */

/* The letter in lower case; U+017F, the long s, is an s where case does not count. */
static uint32_t letter_at(const scanner *s, size_t at, bool any_case) {
    if (at >= s->count) return 0;
    const uint32_t c = s->chars[at].code_point;
    if (!any_case) return c;
    if (c == 0x17F) return 's';
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c;
}

/* The end of a contraction at `at`; `at` when there is none. */
static size_t end_of_contraction(const scanner *s, size_t at, bool any_case) {
    if (!is_at(s, at, '\'')) return at;
    const uint32_t first = letter_at(s, at + 1, any_case), second = letter_at(s, at + 2, any_case);
    if (first == 's' || first == 't' || first == 'm' || first == 'd') return at + 2;
    if ((first == 'r' || first == 'v') && second == 'e') return at + 3;
    if (first == 'l' && second == 'l') return at + 3;
    return at;
}

/* White space ----------------------------------------------------------------------------------------- */

/* \s+(?!\S)|\s+: a run before a word gives up its last char, which often belongs to that word. */
static size_t end_of_spaces(const scanner *s, size_t at) {
    const size_t end = end_of_run(s, at, SPACE, SIZE_MAX);
    return end < s->count && end - at > 1 ? end - 1 : end;
}

/* \s*[\r\n]+ before that: up to and including the last line end of the run. */
static size_t end_of_lines(const scanner *s, size_t at) {
    size_t end = end_of_run(s, at, SPACE, SIZE_MAX);
    while (end > at && !is_line_end(s, end - 1)) end--;
    return end > at ? end : end_of_spaces(s, at);
}

/* The expressions ------------------------------------------------------------------------------------- */

/* GPT-2: letters, numbers or others, each run with the one space before it. */
static size_t end_of_gpt2_word(const scanner *s, size_t at) {
    const size_t contraction = end_of_contraction(s, at, false);
    if (contraction > at) return contraction;
    const class next = class_at(s, at + 1);
    const size_t first = is_at(s, at, ' ') && next != SPACE && next != END ? at + 1 : at;
    const class of = class_at(s, first);
    return of == SPACE ? end_of_spaces(s, at) : end_of_run(s, first, of, SIZE_MAX);
}

/* Qwen2: letters with any one char before them that is no line end; numbers by themselves, at most `digits`
 * of them; others with one space before and the line ends behind. */
static size_t end_of_qwen2_word(const scanner *s, size_t at, size_t digits) {
    const size_t contraction = end_of_contraction(s, at, true);
    if (contraction > at) return contraction;
    const class of = class_at(s, at), next = class_at(s, at + 1);
    if (of == NUMBER) return end_of_run(s, at, NUMBER, digits);
    if (of == LETTER || (next == LETTER && !is_line_end(s, at)))
        return end_of_run(s, at + 1, LETTER, SIZE_MAX);
    if (of == SPACE && !(next == OTHER && is_at(s, at, ' '))) return end_of_lines(s, at);
    size_t end = end_of_run(s, at + 1, OTHER, SIZE_MAX);
    while (is_line_end(s, end)) end++;
    return end;
}

size_t gaze_find_gpt2_word(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                           size_t *at) {
    (void)pattern;
    *at = from;
    return from < count ? end_of_gpt2_word(&(scanner){chars, count}, from) - from : 0;
}

size_t gaze_find_qwen2_word(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                            size_t *at) {
    (void)pattern;
    *at = from;
    return from < count ? end_of_qwen2_word(&(scanner){chars, count}, from, 1) - from : 0;
}

size_t gaze_find_cl100k_word(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                             size_t *at) {
    (void)pattern;
    *at = from;
    return from < count ? end_of_qwen2_word(&(scanner){chars, count}, from, 3) - from : 0;
}
