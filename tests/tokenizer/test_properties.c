/* What must hold for any text: offsets, threads, time. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/base/utf8.h"
#include "tests/support/encoding.h"
#include "tests/support/growth.h"

#define TOY "tests/data/tokenizer/toy-uncased"

static gaze_tokenizer *toy; /* shared by all tests, as threads share one */

static int open_toy(void **state) {
    (void)state;
    return gaze_tokenizer_open(&toy, TOY, NULL) != GAZE_OK;
}

static int close_toy(void **state) {
    (void)state;
    gaze_tokenizer_close(toy);
    return 0;
}

/* A generator of its own: the same texts everywhere. */
static uint32_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

static const char *const parts[] = {"un",
                                    "want",
                                    "UNwant",
                                    "\xC3\xA9\x64",
                                    "e\xCC\x81",
                                    "[MASK]",
                                    "[SEP]",
                                    " ",
                                    "  ",
                                    ",",
                                    "\xE4\xB8\xAD",
                                    "\xED\x95\x9C",
                                    "q\xCC\x87\xCC\xA3",
                                    "\xC4\xB0",
                                    "\xE2\x80\xA8",
                                    "\xF0\x9F\x91\x8D",
                                    "\xFF",
                                    "\xE2\x82",
                                    "\xED\xA0\x80",
                                    "x",
                                    "running",
                                    "\xC2\xAD"};

static size_t random_text(char *out, uint64_t *state) {
    size_t length = 0, count = next_random(state) % 16;
    for (size_t i = 0; i < count; i++) {
        const char *part = parts[next_random(state) % (sizeof parts / sizeof *parts)];
        memcpy(out + length, part, strlen(part));
        length += strlen(part);
    }
    return length;
}

static gaze_tokens encode(const char *text, size_t length) {
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, toy, text, length, NULL, 0, NULL, NULL), GAZE_OK);
    return tokens;
}

/* The byte at which every code point begins, and the length at the end; returns how many there are. */
static size_t boundaries(size_t *byte_at, const char *text, size_t length) {
    size_t count = 0;
    for (size_t at = 0; at < length; count++) {
        uint32_t c;
        byte_at[count] = at;
        at += gaze_utf8_decode(text + at, length - at, &c, NULL);
    }
    byte_at[count] = length;
    return count;
}

/* Offsets lie in the text, on boundaries of chars, in the same place in bytes as in chars, and they grow. */
static void offsets(void **unused) {
    (void)unused;
    uint64_t state = 1;
    char text[256];
    size_t byte_at[257];
    for (int round = 0; round < 2000; round++) {
        size_t length = random_text(text, &state), count = boundaries(byte_at, text, length), before = 0;
        gaze_tokens tokens = encode(text, length);
        for (size_t i = 1; i + 1 < tokens.count; i++) {
            gaze_span chars = tokens.chars[i], bytes = tokens.bytes[i];
            assert_true(before <= chars.start && chars.start <= chars.end && chars.end <= count);
            assert_int_equal(bytes.start, byte_at[chars.start]);
            assert_int_equal(bytes.end, byte_at[chars.end]);
            assert_true(tokens.word_ids[i] >= 0);
            before = chars.start;
        }
        gaze_tokens_deinit(&tokens);
    }
}

/* A text with ill-formed bytes is tokenized as the same text with U+FFFD in their places. */
static void ill_formed_bytes_are_replacement_characters(void **unused) {
    (void)unused;
    uint64_t state = 2;
    char text[256], clean[1024];
    for (int round = 0; round < 2000; round++) {
        size_t length = random_text(text, &state), clean_length = 0;
        for (size_t at = 0; at < length;) {
            uint32_t c;
            at += gaze_utf8_decode(text + at, length - at, &c, NULL);
            clean_length += gaze_utf8_encode(c, clean + clean_length);
        }
        gaze_tokens a = encode(text, length), b = encode(clean, clean_length);
        assert_int_equal(a.count, b.count);
        assert_memory_equal(a.ids, b.ids, a.count * sizeof *a.ids);
        assert_memory_equal(a.chars, b.chars, a.count * sizeof *a.chars);
        gaze_tokens_deinit(&a);
        gaze_tokens_deinit(&b);
    }
}

/* Threads share one tokenizer and get what one thread gets. */
static void threads_get_the_same(void **unused) {
    (void)unused;
    enum { TEXTS = 2000 };
    static char text[TEXTS][256];
    static size_t length[TEXTS];
    uint64_t state = 3;
    int different = 0;
    for (int i = 0; i < TEXTS; i++) length[i] = random_text(text[i], &state);
    gaze_tokens *alone = gaze_alloc_zero(TEXTS, sizeof *alone);
    assert_non_null(alone);
    for (int i = 0; i < TEXTS; i++) alone[i] = encode(text[i], length[i]);
#ifdef _OPENMP
#pragma omp parallel for num_threads(4) reduction(+ : different) schedule(dynamic)
#endif
    for (int i = 0; i < TEXTS; i++) {
        gaze_tokens tokens = {0};
        gaze_status status = gaze_tokenizer_encode(&tokens, toy, text[i], length[i], NULL, 0, NULL, NULL);
        different += status || tokens.count != alone[i].count ||
                     memcmp(tokens.ids, alone[i].ids, tokens.count * sizeof *tokens.ids) != 0;
        gaze_tokens_deinit(&tokens);
    }
    assert_int_equal(different, 0);
    for (int i = 0; i < TEXTS; i++) gaze_tokens_deinit(&alone[i]);
    gaze_free(alone);
}

/* Time ------------------------------------------------------------------------------------------------ */

static void time_grows_with_the_text_only(void **unused) {
    (void)unused;
    static const char *const units[] = {"a",        "un",   " ",  "\xCC\x81",     "\xCC\x87\xCC\xA3",
                                        "[MASK]",   "[CLS", ",",  "\xE4\xB8\xAD", "\xED\x95\x9C",
                                        "\xC4\xB0", "\xFF", "a ", "un want "};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) assert_linear_time(toy, units[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(offsets),
        cmocka_unit_test(ill_formed_bytes_are_replacement_characters),
        cmocka_unit_test(threads_get_the_same),
        cmocka_unit_test(time_grows_with_the_text_only),
    };
    return cmocka_run_group_tests(tests, open_toy, close_toy);
}
