/* Whether two texts read the same without regard to capitals:
 * answers and labels that differ in nothing else are one. */
#ifndef GAZE_TOOLS_PIPELINE_SAME_LOWERED_H
#define GAZE_TOOLS_PIPELINE_SAME_LOWERED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Whether a.lower() == b.lower() in Python: without regard to capitals, and a capital sigma at the end of a word is a
 * final one. */
bool gaze_same_lowered(const char *a, size_t a_length, const char *b, size_t b_length);
/* A number that is the same for texts that are the same so (FNV-1a). */
uint64_t gaze_lowered_key(const char *text, size_t length);

#endif
