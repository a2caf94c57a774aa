/* Two roads to one tokenizer: its tokenizer.json, and the older files beside it. */
#ifndef GAZE_TESTS_SUPPORT_TWO_ROADS_H
#define GAZE_TESTS_SUPPORT_TWO_ROADS_H

#include "tokenizer/tokenizer.h"

/* The tokenizer of a directory; the same as if it had no tokenizer.json. Both fail the test when there is an error. */
gaze_tokenizer *tokenizer_of_directory(const char *directory);
gaze_tokenizer *tokenizer_of_old_files(const char *directory);

/* Fails the test unless both have the same tokens by the same ids; unless the text with a pair gives the same. */
void assert_same_vocabulary(const gaze_tokenizer *x, const gaze_tokenizer *y);
void assert_same_encoding(const gaze_tokenizer *x, const gaze_tokenizer *y, const char *text, size_t length,
                          const char *pair);

#endif
