/* A link: how strongly one token attends to another, and whether it alone does.
 *
 *     weight = a[from,to]
 *     others = 1/(T-1) sum_{t != from} a[t,to]        what the other rows give to the same token
 *
 * A head that always looks at "cat" has a large weight from "it" to "cat", and as large a mean of the others; one that
 * singles "it" out has weight - others near the weight.
 */
#ifndef GAZE_CORE_EXPLAIN_LINK_H
#define GAZE_CORE_EXPLAIN_LINK_H

#include <stddef.h>

/* Mean over the rows but `from`, in double, of a[t,to], a (T,T); 0 when there is no other row. */
double gaze_link_others(const float *a, size_t T, size_t from, size_t to);

#endif
