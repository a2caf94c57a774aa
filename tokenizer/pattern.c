#include "tokenizer/pattern.h"

#include <stdbool.h>

#include "tokenizer/component.h"
#include "tokenizer/unicode.h"
#include "tokenizer/word_patterns.h"

static bool is_white_space(uint32_t c) {
    return gaze_unicode_is(c, GAZE_UNICODE_WHITE_SPACE);
}

static size_t find_class(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                         size_t *at) {
    for (*at = from; *at < count; ++*at)
        if (gaze_unicode_is(chars[*at].code_point, pattern->properties)) return 1;
    return 0;
}

static bool matches_at(const gaze_literal *literal, const gaze_char *chars) {
    for (size_t i = 0; i < literal->count; i++)
        if (chars[i].code_point != literal->code_points[i]) return false;
    return true;
}

static size_t find_literal(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                           size_t *at) {
    const gaze_literal *literal = &pattern->literal;
    for (*at = from; *at + literal->count <= count; ++*at)
        if (matches_at(literal, chars + *at)) return literal->count;
    return 0;
}

/* Scanners of regular expressions --------------------------------------------------------------------- */

/* \s+ */
static size_t find_white_space(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                               size_t *at) {
    (void)pattern;
    size_t end = from;
    while (end < count && !is_white_space(chars[end].code_point)) end++;
    *at = end;
    while (end < count && is_white_space(chars[end].code_point)) end++;
    return end - *at;
}

/* Two or more of U+0020. */
static size_t find_spaces(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                          size_t *at) {
    (void)pattern;
    for (size_t end = from; end < count; end++) {
        *at = end;
        while (end < count && chars[end].code_point == ' ') end++;
        if (end - *at >= 2) return end - *at;
    }
    return 0;
}

/* \w and [^\w\s] of Rust's regex crate. */
static bool is_word(uint32_t c) {
    return gaze_unicode_is(c, GAZE_UNICODE_WORD);
}
static bool is_symbol(uint32_t c) {
    return !gaze_unicode_is(c, GAZE_UNICODE_WORD | GAZE_UNICODE_WHITE_SPACE);
}

/* The same of Oniguruma, found by probing every code point: the joiners are no word chars, and a \w that
 * stands alone takes six superscripts and fractions of Latin-1, which [^\w\s] takes too. */
static bool is_oniguruma_symbol(uint32_t c) {
    return is_symbol(c) || c == 0x200C || c == 0x200D;
}
static bool is_oniguruma_word(uint32_t c) {
    bool latin = c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0xBC && c <= 0xBE);
    return latin || (is_word(c) && !is_oniguruma_symbol(c));
}

typedef bool char_test(uint32_t c);

/* \w+|[^\w\s]+: the next char that is one or the other, and the run of its kind. */
static size_t find_run(char_test *word, char_test *symbol, const gaze_char *chars, size_t count, size_t from,
                       size_t *at) {
    size_t end = from;
    while (end < count && !word(chars[end].code_point) && !symbol(chars[end].code_point)) end++;
    *at = end;
    if (end == count) return 0;
    char_test *kind = word(chars[end].code_point) ? word : symbol;
    while (end < count && kind(chars[end].code_point)) end++;
    return end - *at;
}

static size_t find_words(const gaze_pattern *pattern, const gaze_char *chars, size_t count, size_t from,
                         size_t *at) {
    (void)pattern;
    return find_run(is_word, is_symbol, chars, count, from, at);
}

static size_t find_oniguruma_words(const gaze_pattern *pattern, const gaze_char *chars, size_t count,
                                   size_t from, size_t *at) {
    (void)pattern;
    return find_run(is_oniguruma_word, is_oniguruma_symbol, chars, count, from, at);
}

/* Making patterns ------------------------------------------------------------------------------------- */

static const struct {
    const char *source;
    gaze_pattern_finder *find;
} known_regexes[] = {
    {"\\s+", find_white_space},
    {" {2,}", find_spaces},
    {"\\w+|[^\\w\\s]+", find_oniguruma_words},
    {GAZE_GPT2_WORDS, gaze_find_gpt2_word},
    {GAZE_QWEN2_WORDS, gaze_find_qwen2_word},
    {GAZE_CL100K_WORDS, gaze_find_cl100k_word},
};

gaze_pattern gaze_pattern_of_class(unsigned properties) {
    return (gaze_pattern){.find = find_class, .properties = properties};
}

gaze_pattern gaze_pattern_of_literal(gaze_literal literal) {
    return (gaze_pattern){.find = find_literal, .literal = literal};
}

gaze_pattern gaze_pattern_of_words(void) {
    return (gaze_pattern){.find = find_words};
}

static gaze_status read_regex(gaze_pattern *out, const gaze_json_value *regex, gaze_error *err) {
    for (size_t i = 0; i < sizeof known_regexes / sizeof *known_regexes; i++) {
        if (!gaze_json_equals(regex, known_regexes[i].source)) continue;
        *out = (gaze_pattern){.find = known_regexes[i].find};
        return GAZE_OK;
    }
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "the regular expression \"%.*s\" is not one that gaze knows", GAZE_QUOTED(regex),
                     regex->as.text);
}

gaze_status gaze_pattern_read(gaze_pattern *out, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err) {
    const gaze_json_value *regex = gaze_json_get(json, "Regex"), *string = gaze_json_get(json, "String");
    gaze_literal literal;
    if (regex && regex->type == GAZE_JSON_STRING) return read_regex(out, regex, err);
    if (!string || string->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA,
                         "'pattern' is %s, expected {\"String\": \"...\"} or {\"Regex\": \"...\"}",
                         gaze_json_kind(json));
    gaze_status status = gaze_literal_read(&literal, arena, string, err);
    if (status) return status;
    if (!literal.count) return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "an empty 'pattern' is not supported");
    *out = gaze_pattern_of_literal(literal);
    return GAZE_OK;
}
