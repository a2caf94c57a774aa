/* Characters that have no place in a figure, and what stands for them. */
#ifndef GAZE_VIZ_SIGN_H
#define GAZE_VIZ_SIGN_H

#include <stddef.h>
#include <stdint.h>

#include "core/base/buffer.h"

/* U+FFFD for what XML 1.0 forbids (section 2.2), the other controls, noncharacters, and the signs that reorder the
 * text after them (UAX 9); an arrow for a tab, a hooked one for the end of a line. NULL: the character itself. */
const char *gaze_sign_instead(uint32_t c);

/* Appends text from anywhere as plain text that a terminal or a page may show: with those signs in it, and U+FFFD
 * for what is no UTF-8. */
void gaze_sign_put(gaze_buffer *out, const char *text, size_t length);

#endif
