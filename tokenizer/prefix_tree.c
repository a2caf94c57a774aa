#include "tokenizer/prefix_tree.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"

static int compare(const void *a, const void *b) {
    const gaze_prefix_key *x = a, *y = b;
    const gaze_string p = x->string, q = y->string;
    const size_t shorter = p.length < q.length ? p.length : q.length;
    const int order = shorter ? memcmp(p.text, q.text, shorter) : 0;
    if (order) return order;
    if (p.length != q.length) return p.length < q.length ? -1 : 1;
    return x->value < y->value ? -1 : x->value > y->value;
}

static size_t common_prefix(gaze_string a, gaze_string b) {
    size_t length = 0;
    while (length < a.length && length < b.length && a.text[length] == b.text[length]) length++;
    return length;
}

/* The root, and a node for every byte of a key that is not shared with the key before. */
static bool count_nodes(const gaze_prefix_key *keys, size_t count, size_t *nodes) {
    *nodes = 1;
    for (size_t i = 0; i < count; i++) {
        const size_t shared = i > 0 ? common_prefix(keys[i - 1].string, keys[i].string) : 0;
        if (!gaze_size_add(*nodes, keys[i].string.length - shared, nodes)) return false;
    }
    return *nodes < GAZE_NO_NODE;
}

/* The keys that begin with the bytes on the way to a node: a range of the sorted list. */
typedef struct range {
    size_t low, high, depth;
} range;

/* Numbers the children of a node, and notes their ranges. */
static void add_children(gaze_prefix_tree *tree, range *ranges, const gaze_prefix_key *keys, uint32_t node) {
    range r = ranges[node];
    tree->values[node] = GAZE_NO_VALUE;
    tree->first[node] = (uint32_t)tree->count;
    for (; r.low < r.high && keys[r.low].string.length == r.depth; r.low++)
        tree->values[node] = keys[r.low].value; /* of equal keys, the last */
    while (r.low < r.high) {
        const char byte = keys[r.low].string.text[r.depth];
        size_t end = r.low + 1;
        while (end < r.high && keys[end].string.text[r.depth] == byte) end++;
        tree->bytes[tree->count] = (unsigned char)byte;
        ranges[tree->count++] = (range){r.low, end, r.depth + 1};
        r.low = end;
    }
}

bool gaze_prefix_tree_init(gaze_prefix_tree *tree, gaze_prefix_key *keys, size_t count) {
    size_t nodes;
    *tree = (gaze_prefix_tree){0};
    if (count) qsort(keys, count, sizeof *keys, compare);
    if (!count_nodes(keys, count, &nodes)) return false;
    range *ranges = gaze_alloc(nodes, sizeof *ranges);
    tree->first = gaze_alloc(nodes + 1, sizeof *tree->first);
    tree->bytes = gaze_alloc(nodes, sizeof *tree->bytes);
    tree->values = gaze_alloc(nodes, sizeof *tree->values);
    const bool ok = ranges && tree->first && tree->bytes && tree->values;
    if (ok) {
        ranges[0] = (range){0, count, 0};
        tree->bytes[0] = 0;
        tree->count = 1;
        for (uint32_t node = 0; node < nodes; node++) add_children(tree, ranges, keys, node);
        tree->first[nodes] = (uint32_t)tree->count;
    } else {
        gaze_prefix_tree_deinit(tree);
    }
    gaze_free(ranges);
    return ok;
}

void gaze_prefix_tree_deinit(gaze_prefix_tree *tree) {
    gaze_free(tree->first);
    gaze_free(tree->bytes);
    gaze_free(tree->values);
    *tree = (gaze_prefix_tree){0};
}
