/* UTF-8: one code point at a time, strict, with the replacement rule of the Unicode standard.
 *
 * Ill-formed input is read as U+FFFD, one for each maximal subpart (Unicode 15, section 3.9, as the
 * WHATWG decoder and Python's errors='replace' do): E2 82 'y' is U+FFFD 'y'; C0 AF is two U+FFFD;
 * ED A0 80 is three.
 */
#ifndef GAZE_CORE_BASE_UTF8_H
#define GAZE_CORE_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define GAZE_REPLACEMENT_CHARACTER 0xFFFDu

/* Decodes the code point at text[0]; length > 0. Returns the number of bytes it takes (1 to 4).
 * Ill-formed: *code_point = U+FFFD and the length of the maximal subpart. *valid may be NULL. */
size_t gaze_utf8_decode(const char *text, size_t length, uint32_t *code_point, bool *valid);

/* Encodes a scalar value into out[4]; returns the number of bytes. Anything that is not a scalar value
 * (a surrogate, above U+10FFFF) is written as U+FFFD. */
size_t gaze_utf8_encode(uint32_t code_point, char out[4]);

/* True when all bytes are well-formed; otherwise *bad (may be NULL) is the offset of the first fault. */
bool gaze_utf8_valid(const char *text, size_t length, size_t *bad);

/* Number of code points, ill-formed maximal subparts counting as one each. */
size_t gaze_utf8_count(const char *text, size_t length);

#endif
