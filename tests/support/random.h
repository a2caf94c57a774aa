/* Random numbers that are the same everywhere: a test that fails can be run again. */
#ifndef GAZE_TESTS_SUPPORT_RANDOM_H
#define GAZE_TESTS_SUPPORT_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* The state; any start but 0. */
typedef struct random_state {
    uint64_t bits;
} random_state;

uint64_t random_bits(random_state *state);                     /* 64 of them */
size_t random_below(random_state *state, size_t limit);        /* 0 .. limit - 1 */
float random_uniform(random_state *state);                     /* -1 .. 1 */
void random_fill(random_state *state, float *x, size_t count); /* uniform */

#endif
