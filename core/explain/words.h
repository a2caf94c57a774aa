/* Words: attention between words, out of attention between their pieces (Clark et al. 2019, section 4).
 *
 *     out[w,v] = 1/|w| sum_{t in w} sum_{s in v} a[t,s]
 *
 * A word is attended to by all that its pieces receive, so columns are summed; it attends as its pieces do on
 * average, so rows are averaged. Rows still sum to 1.
 */
#ifndef GAZE_CORE_EXPLAIN_WORDS_H
#define GAZE_CORE_EXPLAIN_WORDS_H

#include <stddef.h>

#include "core/base/tokens.h"

/* starts[tokens->count + 1]: word w is the tokens starts[w] to starts[w+1] - 1; starts[W] is the count.
 * Neighbours with the same word id in the same sequence are one word; a token without a word ([SEP]) is one by
 * itself. Returns W. */
size_t gaze_words_find(size_t *starts, const gaze_tokens *tokens);

/* a (T,T) -> out (W,W), T = starts[W]; the sums are taken in double from left to right. */
void gaze_words_join(float *out, const float *a, const size_t *starts, size_t W);

#endif
