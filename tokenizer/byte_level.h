/* Byte-level text: every byte of the UTF-8 stands as one visible char.
 *
 * So a vocabulary with 256 single chars covers every text, and none of its tokens is a control character or
 * a space, which files of that time could not hold. (Hugging Face: ByteLevel; GPT-2: bytes_to_unicode.)
 *
 *     bytes 21-7E, A1-AC, AE-FF    the char with that number: a is a
 *     the 68 others, in order      U+0100, U+0101, ...: the space is U+0120 (G with a dot), LF is U+010A
 *
 *     "a é\n"  ->  a U+0120 U+00C3 U+00A9 U+010A
 */
#ifndef GAZE_TOKENIZER_BYTE_LEVEL_H
#define GAZE_TOKENIZER_BYTE_LEVEL_H

#include <stdbool.h>

#include "core/base/error.h"
#include "tokenizer/normalized.h"
#include "tokenizer/pieces.h"
#include "tokenizer/strings.h"

/* How the space looks, which stands at the beginning of most tokens. */
#define GAZE_BYTE_LEVEL_SPACE 0x120u

uint32_t gaze_byte_to_char(unsigned char byte);
/* The byte that a char stands for; -1 when it stands for none. */
int gaze_char_to_byte(uint32_t c);

/* The normalizer: every char becomes the chars of its bytes, all of which share its alignment. */
gaze_status gaze_byte_level_normalize(gaze_normalized *text, gaze_error *err);

/* The pre-tokenizer: with `add_prefix_space`, every piece gets a space at its beginning unless it has one;
 * with `use_regex`, it is cut into words as GPT-2 does; then its bytes become chars. */
gaze_status gaze_byte_level_pre_tokenize(gaze_pieces *pieces, bool add_prefix_space, bool use_regex,
                                         gaze_error *err);

/* The decoder: all tokens together are bytes again, and those are read as UTF-8, ill-formed ones as U+FFFD.
 * A token with a char that stands for no byte is taken as it is. */
void gaze_byte_level_decode(gaze_strings *out, const gaze_strings *in);

#endif
