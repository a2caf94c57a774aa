/* How fast this level can multiply and add at all: the yardstick of benchmarks. */
#include "core/kernels/simd/level.h"

/* Independent chains: two multiply-adds begin in each cycle, and each takes about four or five. */
enum { CHAINS = 12 };

double NAME(peak)(size_t rounds) {
    vec chains[CHAINS];
    vec factor = splat(0.999f), step = splat(0.001f);
    UNROLL
    for (size_t c = 0; c < CHAINS; c++) chains[c] = splat((float)c);
    for (size_t i = 0; i < rounds; i++) {
        UNROLL
        for (size_t c = 0; c < CHAINS; c++) chains[c] = chains[c] * factor + step;
    }
    float lanes[WIDTH], used = 0; /* the result must be used, or the loop would be dropped */
    for (size_t c = 0; c < CHAINS; c++) {
        store(lanes, chains[c]);
        used += lanes[0];
    }
    return used > 0 ? 2.0 * (double)rounds * CHAINS * WIDTH : 0;
}
