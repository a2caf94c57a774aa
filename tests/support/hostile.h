/* Text that wants out of its place: markup, quotes, control characters, ill-formed UTF-8, signs that turn the writing
 * direction, families of emoji. */
#ifndef GAZE_TESTS_SUPPORT_HOSTILE_H
#define GAZE_TESTS_SUPPORT_HOSTILE_H

#include <stddef.h>

typedef struct hostile_text {
    const char *at; /* terminated, but may hold zero bytes before that */
    size_t length;
} hostile_text;

/* The first is the harmless "a". */
extern const hostile_text hostile_texts[];
extern const size_t hostile_count;

#endif
