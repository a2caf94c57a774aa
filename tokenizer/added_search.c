/* Cutting added tokens out of a text (Hugging Face tokenizers, added_vocabulary.rs: find_matches).
 *
 * Matches are leftmost, longest, and do not overlap. For each, in order:
 *
 *     single_word   rejected when a word char stands before or behind it; its text is used up all the same
 *     lstrip        its start moves left over white space, as far as the token before
 *     rstrip        its end moves right over white space. The search goes on behind the match itself, so
 *                   that a token which begins with white space can overlap the one before
 */
#include "tokenizer/added_tokens.h"
#include "tokenizer/unicode.h"

typedef struct search {
    const gaze_added_tokens *added;
    const gaze_matcher *matcher;
    bool skip_special;
} search;

static bool is_space(const gaze_char *c) {
    return gaze_unicode_is(c->code_point, GAZE_UNICODE_WHITE_SPACE);
}

static bool is_word(const gaze_char *c) {
    return gaze_unicode_is(c->code_point, GAZE_UNICODE_WORD);
}

/* Whether a match [start, end) inside the piece counts. */
static bool accepts(const search *s, const gaze_added_token *token, const gaze_char *chars,
                    const gaze_piece *piece, size_t start, size_t end) {
    if (s->skip_special && token->special) return false;
    if (!token->single_word) return true;
    return (start == piece->start || !is_word(&chars[start - 1])) &&
           (end == piece->end || !is_word(&chars[end]));
}

/* The next match from *at on: its token, and its range *at up to *end. NULL: there is none. */
static const gaze_added_token *next_match(const search *s, const gaze_char *chars, const gaze_piece *piece,
                                          size_t *at, size_t *end) {
    for (; *at < piece->end; ++*at) {
        int32_t i;
        size_t length = gaze_matcher_at(s->matcher, chars, *at, piece->end, &i);
        if (!length) continue;
        *end = *at + length;
        return &s->added->items[i];
    }
    return NULL;
}

static bool cut_piece(const void *context, gaze_pieces *pieces, const gaze_piece *piece) {
    const search *s = context;
    const gaze_char *chars = pieces->text.chars;
    const gaze_added_token *token;
    size_t done = piece->start; /* behind the last token, or where the piece begins */
    for (size_t at = piece->start, behind; (token = next_match(s, chars, piece, &at, &behind)); at = behind) {
        size_t start = at, end = behind;
        if (!accepts(s, token, chars, piece, start, end)) continue;
        while (token->lstrip && start > done && is_space(&chars[start - 1])) start--;
        if (token->lstrip && start < done) start = done;
        while (token->rstrip && end < piece->end && is_space(&chars[end])) end++;
        if (!gaze_pieces_push(pieces, done, start, GAZE_NO_TOKEN)) return false;
        if (!gaze_pieces_push(pieces, start, end, token->id)) return false;
        done = end;
    }
    return gaze_pieces_push(pieces, done, piece->end, GAZE_NO_TOKEN);
}

gaze_status gaze_added_tokens_cut(const gaze_added_tokens *added, gaze_pieces *pieces, gaze_search kind,
                                  bool skip_special, gaze_error *err) {
    const gaze_matcher *matcher = kind == GAZE_SEARCH_RAW ? &added->raw : &added->normalized;
    if (!matcher->count) return GAZE_OK;
    return gaze_pieces_cut(pieces, cut_piece, &(search){added, matcher, skip_special}, err);
}
