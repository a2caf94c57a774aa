#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "tests/support/growth.h"

/* Processor seconds for `count` repetitions of the unit, best of three. */
static double seconds(const gaze_tokenizer *tokenizer, const char *unit, size_t count) {
    const size_t length = strlen(unit);
    char *text = malloc(length * count);
    double best = 1e9;
    assert_non_null(text);
    for (size_t i = 0; i < count; i++) memcpy(text + i * length, unit, length);
    for (int round = 0; round < 3; round++) {
        const clock_t start = clock();
        gaze_tokens tokens = {0};
        assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, text, length * count, NULL, 0, NULL, NULL),
                         GAZE_OK);
        const double taken = (double)(clock() - start) / CLOCKS_PER_SEC;
        gaze_tokens_deinit(&tokens);
        if (taken < best) best = taken;
    }
    free(text);
    return best;
}

/* Something quadratic would take 256 times as long. */
void assert_linear_time(const gaze_tokenizer *tokenizer, const char *unit) {
    const double small = seconds(tokenizer, unit, 12500), large = seconds(tokenizer, unit, 200000);
    if (large > 64 * small + 0.05)
        fail_msg("'%s': %.4f s, and %.4f s for 16 times as much", unit, small, large);
}
