/* Growth: whether tokenizing takes time in proportion to the text. */
#ifndef GAZE_TESTS_SUPPORT_GROWTH_H
#define GAZE_TESTS_SUPPORT_GROWTH_H

#include "tokenizer/tokenizer.h"

/* Fails the test when 200,000 repetitions of the unit take much more than 16 times as long as 12,500. */
void assert_linear_time(const gaze_tokenizer *tokenizer, const char *unit);

#endif
