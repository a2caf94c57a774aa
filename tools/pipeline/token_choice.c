#include "tools/pipeline/token_choice.h"

#include <stdbool.h>
#include <string.h>

/* Bytes somewhere in the arguments, a label or the text. */
typedef struct slice {
    const char *at;
    size_t length;
} slice;

static slice whole(const char *string) {
    return (slice){string, strlen(string)};
}

static bool same(slice a, slice b) {
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool same_but_case(slice a, slice b) {
    if (a.length != b.length) return false;
    for (size_t i = 0; i < a.length; i++)
        if (lower(a.at[i]) != lower(b.at[i])) return false;
    return true;
}

/* What a unit may be called ------------------------------------------------------------------------------ */

static slice trim(slice s) {
    while (s.length && s.at[0] == ' ') s.at++, s.length--;
    while (s.length && s.at[s.length - 1] == ' ') s.length--;
    return s;
}

/* A label without "##", and without the signs for a blank before it: U+0120 of byte-level BPE, U+2581 of Unigram. */
static slice without_mark(const gaze_label *label) {
    static const char *const blanks[] = {"\xC4\xA0", "\xE2\x96\x81"};
    slice s = {label->text + label->marker, label->length - label->marker};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
        size_t length = strlen(blanks[i]);
        if (s.length <= length || memcmp(s.at, blanks[i], length) != 0) continue;
        return (slice){s.at + length, s.length - length};
    }
    return s;
}

/* What stands in the text for the tokens [start, end); empty where there is none. */
static slice slice_of_text(const gaze_source *source, size_t start, size_t end) {
    const gaze_tokens *tokens = source->tokens;
    const char *text = tokens->sequence_ids[start] == 1 ? source->input.pair : source->input.text;
    size_t first = tokens->bytes[start].start, last = tokens->bytes[end - 1].end;
    if (!text || tokens->sequence_ids[start] == GAZE_NO_SEQUENCE || last < first) return (slice){"", 0};
    return trim((slice){text + first, last - first});
}

typedef enum way { AS_LABELLED, AS_WRITTEN, IN_ANY_CASE, WAYS } way;

static bool is_called(const gaze_units *units, const gaze_source *source, size_t unit, slice name, way how) {
    const gaze_label *label = &units->labels[unit];
    const size_t *starts = units->starts + units->kept[unit];
    slice shown = {label->text, label->length}, bare = without_mark(label);
    slice written = slice_of_text(source, starts[0], starts[1]);
    switch (how) {
    case AS_LABELLED: return same(name, shown);
    case AS_WRITTEN: return same(name, bare) || same(name, written);
    case IN_ANY_CASE:
    case WAYS: break;
    }
    return same_but_case(name, shown) || same_but_case(name, bare) || same_but_case(name, written);
}

/* The n-th unit, from 1, that is called so; false when there are fewer, and *found says how many. */
static bool find_name(size_t *unit, const gaze_units *units, const gaze_source *source, slice name, size_t n,
                      size_t *found) {
    for (way how = 0; how < WAYS; how++) {
        *found = 0;
        for (size_t u = 0; u < units->count; u++) {
            if (!is_called(units, source, u, name, how) || ++*found < n) continue;
            *unit = u;
            return true;
        }
    }
    return false;
}

/* By number ------------------------------------------------------------------------------------------------ */

/* A whole number, perhaps with a minus, and nothing else. */
static bool read_index(slice name, long *index) {
    size_t digits = name.length > 0 && name.at[0] == '-';
    if (digits == name.length || name.length > 9) return false;
    *index = 0;
    for (size_t i = digits; i < name.length; i++) {
        if (name.at[i] < '0' || name.at[i] > '9') return false;
        *index = 10 * *index + (name.at[i] - '0');
    }
    if (digits) *index = -*index;
    return true;
}

static gaze_status choose_index(size_t *unit, long index, const gaze_units *units, gaze_error *err) {
    const char *kind = units->unit == GAZE_UNIT_WORD ? "word" : "token";
    long all = (long)units->all, from_start = index < 0 ? index + all : index;
    if (from_start < 0 || from_start >= all)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "there is no %s %ld; there are 0 to %ld", kind, index,
                         all - 1);
    for (size_t u = 0; u < units->count; u++)
        if (units->kept[u] == (size_t)from_start) {
            *unit = u;
            return GAZE_OK;
        }
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "%s %ld is special, and hidden", kind, index);
}

/* By name -------------------------------------------------------------------------------------------------- */

/* "it#2" is "it" and 2; false when there is no number behind a name. */
static bool read_occurrence(slice name, slice *word, size_t *n) {
    size_t at = name.length;
    long number;
    while (at > 0 && name.at[at - 1] >= '0' && name.at[at - 1] <= '9') at--;
    if (at < 2 || at == name.length || name.at[at - 1] != '#') return false;
    if (!read_index((slice){name.at + at, name.length - at}, &number) || number < 1) return false;
    *word = (slice){name.at, at - 1};
    *n = (size_t)number;
    return true;
}

static size_t end_of_word(const gaze_tokens *tokens, size_t start) {
    size_t end = start + 1;
    while (end < tokens->count && tokens->word_ids[start] != GAZE_NO_WORD &&
           tokens->word_ids[end] == tokens->word_ids[start] &&
           tokens->sequence_ids[end] == tokens->sequence_ids[start])
        end++;
    return end;
}

/* Whether units are tokens and `name` is a word of several: [*start, *end). */
static bool is_cut_word(const gaze_units *units, const gaze_source *source, slice name, size_t *start,
                        size_t *end) {
    const gaze_tokens *tokens = source->tokens;
    if (units->unit == GAZE_UNIT_WORD) return false;
    for (*start = 0; *start < tokens->count; *start = *end) {
        *end = end_of_word(tokens, *start);
        if (*end > *start + 1 && same_but_case(name, slice_of_text(source, *start, *end))) return true;
    }
    return false;
}

static int shown_length(slice s) {
    return s.length > 40 ? 40 : (int)s.length;
}

static gaze_status fail_name(slice name, size_t found, const gaze_units *units, const gaze_source *source,
                             gaze_error *err) {
    const char *kind = units->unit == GAZE_UNIT_WORD ? "word" : "token";
    size_t start, end;
    if (found)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%.*s' occurs %zu time%s only", shown_length(name),
                         name.at, found, found == 1 ? "" : "s");
    if (is_cut_word(units, source, name, &start, &end))
        return gaze_fail(
            err, GAZE_ERROR_ARGUMENT,
            "'%.*s' is cut into the tokens %zu to %zu, from '%.40s' to '%.40s'; name one of them, or ask "
            "for --unit word",
            shown_length(name), name.at, start, end - 1, source->tokens->strings[start],
            source->tokens->strings[end - 1]);
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "there is no %s '%.*s' among the %zu here", kind,
                     shown_length(name), name.at, units->count);
}

static gaze_status choose(size_t *unit, slice name, const gaze_units *units, const gaze_source *source,
                          gaze_error *err) {
    size_t n = 1, found = 0;
    long index;
    slice word;
    if (read_index(name, &index)) return choose_index(unit, index, units, err);
    if (name.length && find_name(unit, units, source, name, 1, &found)) return GAZE_OK;
    if (read_occurrence(name, &word, &n) && find_name(unit, units, source, word, n, &found)) return GAZE_OK;
    return fail_name(n > 1 ? word : name, found, units, source, err);
}

gaze_status gaze_token_choose(size_t *unit, const char *name, const gaze_units *units,
                              const gaze_source *source, gaze_error *err) {
    return choose(unit, whole(name), units, source, err);
}

/* Lists ---------------------------------------------------------------------------------------------------- */

/* Takes the first name off a list: up to the first comma that is not at its front. */
static slice take_name(slice *list) {
    size_t end = list->length ? 1 : 0;
    while (end < list->length && list->at[end] != ',') end++;
    slice name = {list->at, end};
    size_t taken = end < list->length ? end + 1 : end;
    *list = (slice){list->at + taken, list->length - taken};
    return name;
}

static bool contains(const size_t *chosen, size_t count, size_t unit) {
    for (size_t i = 0; i < count; i++)
        if (chosen[i] == unit) return true;
    return false;
}

gaze_status gaze_token_choose_list(size_t *chosen, size_t *count, const char *list, const gaze_units *units,
                                   const gaze_source *source, gaze_error *err) {
    slice rest = whole(list);
    *count = 0;
    do {
        size_t unit;
        gaze_status status = choose(&unit, take_name(&rest), units, source, err);
        if (status) return status;
        if (!contains(chosen, *count, unit)) chosen[(*count)++] = unit;
    } while (rest.length);
    return GAZE_OK;
}

gaze_status gaze_token_choose_link(size_t *from, size_t *to, const char *link, const gaze_units *units,
                                   const gaze_source *source, gaze_error *err) {
    slice rest = whole(link), first = take_name(&rest), second = take_name(&rest);
    if (!second.length || rest.length)
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "link '%.80s': expected two tokens, FROM,TO", link);
    gaze_status status = choose(from, first, units, source, err);
    return status ? status : choose(to, second, units, source, err);
}

void gaze_token_choose_strongest(size_t *from, size_t *to, const gaze_units *units, const float *weights) {
    float most = -1;
    *from = *to = 0;
    for (size_t t = 0; t < units->count; t++)
        for (size_t s = 0; s < units->count; s++) {
            float weight = weights[t * units->count + s];
            if (t == s || units->labels[t].special || units->labels[s].special || !(weight > most)) continue;
            most = weight;
            *from = t;
            *to = s;
        }
}
