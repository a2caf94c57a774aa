#include "tests/support/random.h"

/* Marsaglia's xorshift with Vigna's multiplier ("xorshift64*"). */
uint64_t random_bits(random_state *state) {
    state->bits ^= state->bits >> 12;
    state->bits ^= state->bits << 25;
    state->bits ^= state->bits >> 27;
    return state->bits * 0x2545F4914F6CDD1Du;
}

size_t random_below(random_state *state, size_t limit) {
    return (size_t)((random_bits(state) >> 11) % limit); /* cut last: the same numbers where size_t is narrow */
}

float random_uniform(random_state *state) {
    return (float)(random_bits(state) >> 40) * 0x1p-23f - 1.0f;
}

void random_fill(random_state *state, float *x, size_t count) {
    for (size_t i = 0; i < count; i++) x[i] = random_uniform(state);
}
