#include "tokenizer/pieces.h"

#include "core/base/memory.h"
#include "tokenizer/grow.h"

void gaze_pieces_deinit(gaze_pieces *pieces) {
    gaze_normalized_deinit(&pieces->text);
    gaze_free(pieces->items);
    *pieces = (gaze_pieces){0};
}

bool gaze_pieces_push(gaze_pieces *pieces, size_t start, size_t end, int32_t token) {
    if (start >= end) return true;
    gaze_piece *items = gaze_grow(pieces->items, &pieces->capacity, pieces->count + 1, sizeof *items);
    if (!items) return false;
    pieces->items = items;
    items[pieces->count++] = (gaze_piece){(uint32_t)start, (uint32_t)end, token};
    return true;
}

gaze_status gaze_pieces_cut(gaze_pieces *pieces, gaze_piece_cutter *cut, const void *context,
                            gaze_error *err) {
    gaze_piece *old = pieces->items;
    size_t count = pieces->count;
    bool ok = true;
    pieces->items = NULL;
    pieces->count = pieces->capacity = 0;
    for (size_t i = 0; i < count && ok; i++) {
        if (old[i].token == GAZE_NO_TOKEN)
            ok = cut(context, pieces, &old[i]);
        else
            ok = gaze_pieces_push(pieces, old[i].start, old[i].end, old[i].token);
    }
    gaze_free(old);
    return ok ? GAZE_OK : gaze_fail_memory(err);
}

gaze_status gaze_pieces_rewrite(gaze_pieces *pieces, gaze_piece_writer *write, const void *context,
                                gaze_error *err) {
    gaze_normalized text = {0};
    size_t kept = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        gaze_piece piece = pieces->items[i];
        const gaze_char *chars = pieces->text.chars + piece.start;
        const size_t start = text.count, count = piece.end - piece.start;
        if (piece.token == GAZE_NO_TOKEN)
            write(context, &text, chars, count);
        else
            gaze_normalized_append(&text, chars, count);
        piece.start = (uint32_t)start;
        piece.end = (uint32_t)text.count;
        if (piece.end > piece.start) pieces->items[kept++] = piece;
    }
    pieces->count = kept;
    return gaze_normalized_replace(&pieces->text, &text, err);
}

/* Splitting: the fragments of a piece, gaps and matches in turn, arrive from left to right. */
typedef struct splitter {
    const gaze_split *split;
    bool has_last; /* whether there was a fragment before, and whether it was a match */
    bool last_was_match;
} splitter;

/* Whether a fragment is joined to the one before it. */
static bool joins(const splitter *s, bool is_match) {
    switch (s->split->behavior) {
    case GAZE_SPLIT_MERGED_WITH_PREVIOUS: return is_match && !s->last_was_match;
    case GAZE_SPLIT_MERGED_WITH_NEXT: return !is_match && s->last_was_match;
    case GAZE_SPLIT_CONTIGUOUS: return is_match == s->last_was_match;
    case GAZE_SPLIT_REMOVED:
    case GAZE_SPLIT_ISOLATED: break;
    }
    return false;
}

static bool add_fragment(splitter *s, gaze_pieces *pieces, size_t start, size_t end, bool is_match) {
    bool ok = true;
    if (start == end) return true;
    if (s->has_last && joins(s, is_match))
        pieces->items[pieces->count - 1].end = (uint32_t)end;
    else if (s->split->behavior != GAZE_SPLIT_REMOVED || !is_match)
        ok = gaze_pieces_push(pieces, start, end, GAZE_NO_TOKEN);
    s->has_last = true;
    s->last_was_match = is_match;
    return ok;
}

static bool split_piece(const void *context, gaze_pieces *pieces, const gaze_piece *piece) {
    splitter s = {.split = context};
    const gaze_pattern *pattern = &s.split->pattern;
    const bool is_match = !s.split->invert;
    size_t from = piece->start, at, length;
    while ((length = pattern->find(pattern, pieces->text.chars, piece->end, from, &at)) > 0) {
        if (!add_fragment(&s, pieces, from, at, !is_match)) return false;
        if (!add_fragment(&s, pieces, at, at + length, is_match)) return false;
        from = at + length;
    }
    return add_fragment(&s, pieces, from, piece->end, !is_match);
}

gaze_status gaze_pieces_split(gaze_pieces *pieces, const gaze_split *split, gaze_error *err) {
    return gaze_pieces_cut(pieces, split_piece, split, err);
}
