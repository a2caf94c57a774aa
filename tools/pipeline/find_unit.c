#include "tools/pipeline/find_unit.h"

#include <stdlib.h>
#include <string.h>

/* What is looked for. */
typedef struct wanted {
    const char *text;
    size_t length;
    size_t occurrence; /* from 1 */
    bool any_case;
} wanted;

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool fits(const wanted *w, const char *text, size_t length) {
    if (length != w->length) return false;
    for (size_t i = 0; i < length; i++)
        if (w->any_case ? lower(text[i]) != lower(w->text[i]) : text[i] != w->text[i]) return false;
    return true;
}

/* The tokens of one word from `t` on. */
static size_t word_end(const gaze_tokens *tokens, size_t t) {
    size_t end = t + 1;
    if (tokens->word_ids[t] == GAZE_NO_WORD) return end;
    while (end < tokens->count && tokens->word_ids[end] == tokens->word_ids[t] &&
           tokens->sequence_ids[end] == tokens->sequence_ids[t])
        end++;
    return end;
}

/* Whether tokens [start, end) are written so in the text. */
static bool fits_text(const wanted *w, const gaze_source *source, size_t start, size_t end) {
    const gaze_tokens *tokens = source->tokens;
    const char *text = tokens->sequence_ids[start] == 1 ? source->input.pair : source->input.text;
    size_t from = tokens->bytes[start].start, to = tokens->bytes[end - 1].end;
    if (!text || tokens->special[start] || to <= from) return false;
    return fits(w, text + from, to - from);
}

static bool fits_unit(const wanted *w, const gaze_units *units, const gaze_source *source, size_t i) {
    const gaze_tokens *tokens = source->tokens;
    size_t start = units->starts[units->kept[i]], end = units->starts[units->kept[i] + 1];
    if (fits(w, units->labels[i].text, units->labels[i].length) || fits_text(w, source, start, end)) return true;
    bool begins_word = start == 0 || word_end(tokens, start - 1) <= start;
    return begins_word && fits_text(w, source, start, word_end(tokens, start));
}

static bool search(size_t *index, const wanted *w, const gaze_units *units, const gaze_source *source) {
    size_t seen = 0;
    for (size_t i = 0; i < units->count; i++) {
        if (!fits_unit(w, units, source, i) || ++seen < w->occurrence) continue;
        *index = i;
        return true;
    }
    return false;
}

/* Digits and nothing else: a number, which must be below `count`. */
static bool is_index(size_t *index, const char *word) {
    char *end;
    if (*word < '0' || *word > '9') return false;
    *index = (size_t)strtoul(word, &end, 10);
    return *end == '\0';
}

gaze_status gaze_units_find(size_t *index, const gaze_units *units, const gaze_source *source, const char *word,
                            gaze_error *err) {
    const char *hash = strrchr(word, '#');
    size_t occurrence = 0;
    if (is_index(index, word)) {
        if (*index < units->count) return GAZE_OK;
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "there is no token %s; there are 0 to %zu", word, units->count - 1);
    }
    wanted w = {.text = word, .length = strlen(word), .occurrence = 1};
    if (hash && hash > word && is_index(&occurrence, hash + 1) && occurrence > 0) {
        w.length = (size_t)(hash - word);
        w.occurrence = occurrence;
    }
    if (search(index, &w, units, source)) return GAZE_OK;
    w.any_case = true;
    if (search(index, &w, units, source)) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_ARGUMENT, "'%s' is no token of this text; expected one of its tokens or words, WORD#2 for the second "
                     "such, or a number from 0 to %zu", word, units->count - 1);
}
