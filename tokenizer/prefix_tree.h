/* A prefix tree: which of many strings a text begins with, all at once.
 *
 * The nodes are numbered level by level, so that the children of a node are neighbours, in the order of
 * their bytes, and one number says where they begin:
 *
 *     "a" "ab" "b" "bcd"        node    0   1   2   3   4   5
 *                               byte        a   b   b   c   d
 *                               value   -   a   b   ab  -   bcd
 *                               first   1   3   4   5   5   6   6     children of i: first[i] to first[i + 1] - 1
 */
#ifndef GAZE_TOKENIZER_PREFIX_TREE_H
#define GAZE_TOKENIZER_PREFIX_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tokenizer/strings.h"

#define GAZE_NO_NODE  UINT32_MAX
#define GAZE_NO_VALUE (-1)

typedef struct gaze_prefix_key {
    gaze_string string; /* borrowed */
    int32_t value;      /* from 0 */
} gaze_prefix_key;

/* A zeroed struct is for deinit alone. */
typedef struct gaze_prefix_tree {
    uint32_t *first;      /* [count + 1] */
    unsigned char *bytes; /* [count]: that leads to the node */
    int32_t *values;      /* [count]: of the string that ends at the node, or GAZE_NO_VALUE */
    size_t count;         /* nodes; node 0 is the root */
} gaze_prefix_tree;

/* Sorts the keys and builds the tree. Of equal strings, the greatest value counts. False: out of memory, or
 * beyond 2^32 nodes. */
bool gaze_prefix_tree_init(gaze_prefix_tree *tree, gaze_prefix_key *keys, size_t count);
void gaze_prefix_tree_deinit(gaze_prefix_tree *tree);

/* The child of a node for a byte; GAZE_NO_NODE when there is none. */
static inline uint32_t gaze_prefix_tree_child(const gaze_prefix_tree *tree, uint32_t node,
                                              unsigned char byte) {
    uint32_t low = tree->first[node], high = tree->first[node + 1];
    const uint32_t end = high;
    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        if (tree->bytes[middle] < byte)
            low = middle + 1;
        else
            high = middle;
    }
    return low < end && tree->bytes[low] == byte ? low : GAZE_NO_NODE;
}

#endif
