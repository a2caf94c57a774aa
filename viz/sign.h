/* Characters that have no place in a figure, and what stands for them. */
#ifndef GAZE_VIZ_SIGN_H
#define GAZE_VIZ_SIGN_H

#include <stdint.h>

/* U+FFFD for what XML 1.0 forbids (section 2.2), the other controls, noncharacters, and the signs that reorder the
 * text after them (UAX 9); an arrow for a tab, a hooked one for the end of a line. NULL: the character itself. */
const char *gaze_sign_instead(uint32_t c);

#endif
