#include "tokenizer/bpe_merge.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

/* Short words: a scan --------------------------------------------------------------------------------- */

/* pairs[i] is the rank of the pair that begins at symbol i, and the id that it would become. */
static size_t lowest_rank(const gaze_pair *pairs, size_t count) {
    size_t lowest = 0;
    for (size_t i = 1; i < count; i++)
        if (pairs[i].first < pairs[lowest].first) lowest = i;
    return lowest;
}

size_t gaze_bpe_merge_short(const gaze_pair_map *merges, gaze_symbol *symbols, size_t count) {
    gaze_pair pairs[GAZE_BPE_SHORT_WORD];
    assert(count <= GAZE_BPE_SHORT_WORD);
    for (size_t i = 0; i + 1 < count; i++)
        pairs[i] = gaze_pair_map_get(merges, symbols[i].id, symbols[i + 1].id);
    while (count > 1) {
        const size_t at = lowest_rank(pairs, count - 1);
        if (pairs[at].first == GAZE_PAIR_NONE) break;
        symbols[at].id = pairs[at].second;
        symbols[at].length += symbols[at + 1].length;
        count--;
        memmove(symbols + at + 1, symbols + at + 2, (count - at - 1) * sizeof *symbols);
        memmove(pairs + at, pairs + at + 1, (count - at - 1) * sizeof *pairs);
        if (at + 1 < count) pairs[at] = gaze_pair_map_get(merges, symbols[at].id, symbols[at + 1].id);
        if (at > 0) pairs[at - 1] = gaze_pair_map_get(merges, symbols[at - 1].id, symbols[at].id);
    }
    return count;
}

/* Long words: a list and a heap ----------------------------------------------------------------------- */

#define NO_SYMBOL UINT32_MAX

/* A word while it is merged. A symbol that was swallowed by its left neighbour has length 0. */
typedef struct merging {
    const gaze_pair_map *merges;
    gaze_symbol *symbols;
    gaze_merge *heap;
    size_t size; /* of the heap */
} merging;

static bool comes_before(const gaze_merge *a, const gaze_merge *b) {
    return a->rank != b->rank ? a->rank < b->rank : a->at < b->at;
}

static void push(merging *m, gaze_merge merge) {
    size_t at = m->size++;
    for (size_t parent; at > 0; at = parent) {
        parent = (at - 1) / 2;
        if (!comes_before(&merge, &m->heap[parent])) break;
        m->heap[at] = m->heap[parent];
    }
    m->heap[at] = merge;
}

static gaze_merge pop(merging *m) {
    const gaze_merge top = m->heap[0], last = m->heap[--m->size];
    size_t at = 0;
    for (size_t child; (child = 2 * at + 1) < m->size; at = child) {
        if (child + 1 < m->size && comes_before(&m->heap[child + 1], &m->heap[child])) child++;
        if (!comes_before(&m->heap[child], &last)) break;
        m->heap[at] = m->heap[child];
    }
    m->heap[at] = last;
    return top;
}

/* Puts the merge of a symbol and the next one into the heap, if there is one. */
static void consider(merging *m, uint32_t at) {
    if (at == NO_SYMBOL || m->symbols[at].next == NO_SYMBOL) return;
    const uint32_t left = m->symbols[at].id, right = m->symbols[m->symbols[at].next].id;
    const gaze_pair found = gaze_pair_map_get(m->merges, left, right);
    if (found.first != GAZE_PAIR_NONE) push(m, (gaze_merge){found.first, found.second, at, left, right});
}

/* Whether the two symbols still stand there as they did when the merge was put into the heap. */
static bool is_possible(const merging *m, const gaze_merge *merge) {
    const gaze_symbol *left = &m->symbols[merge->at];
    return left->length && left->id == merge->left && left->next != NO_SYMBOL &&
           m->symbols[left->next].id == merge->right;
}

static void apply(merging *m, const gaze_merge *merge) {
    gaze_symbol *left = &m->symbols[merge->at], *right = &m->symbols[left->next];
    left->id = merge->merged;
    left->length += right->length;
    left->next = right->next;
    right->length = 0;
    if (left->next != NO_SYMBOL) m->symbols[left->next].previous = merge->at;
    consider(m, left->previous);
    consider(m, merge->at);
}

static void link_symbols(gaze_symbol *symbols, size_t count) {
    for (size_t i = 0; i < count; i++) {
        symbols[i].previous = i > 0 ? (uint32_t)i - 1 : NO_SYMBOL;
        symbols[i].next = i + 1 < count ? (uint32_t)i + 1 : NO_SYMBOL;
    }
}

/* Each merge takes one symbol away and puts at most two merges into the heap, so 2 count entries suffice:
 * count - 1 at the beginning, and one more than was popped for each of at most count - 1 merges. */
size_t gaze_bpe_merge_long(const gaze_pair_map *merges, gaze_symbol *symbols, size_t count,
                           gaze_merge *heap) {
    merging m = {merges, symbols, heap, 0};
    size_t left = 0;
    link_symbols(symbols, count);
    for (size_t i = 0; i < count; i++) consider(&m, (uint32_t)i);
    while (m.size > 0) {
        const gaze_merge merge = pop(&m);
        if (is_possible(&m, &merge)) apply(&m, &merge);
    }
    for (size_t i = 0; i < count; i++)
        if (symbols[i].length) symbols[left++] = symbols[i];
    return left;
}
