/* tokenizer/truncation and pad: windows and shares by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/encoding.h"
#include "tokenizer/truncation.h"

/* The windows of `tokens` tokens cut to `size`. */
static gaze_windows cut(size_t tokens, size_t size, size_t stride, gaze_side side) {
    gaze_windows windows[2];
    const gaze_truncation truncation = {.enabled = true, .max_length = size, .stride = stride, .side = side};
    assert_int_equal(gaze_truncate(windows, (size_t[]){tokens, 0}, false, 0, &truncation, NULL), GAZE_OK);
    return windows[0];
}

static void assert_window(const gaze_windows *windows, size_t i, size_t start, size_t end) {
    gaze_span span = gaze_window_at(windows, i);
    assert_int_equal(span.start, start);
    assert_int_equal(span.end, end);
}

/* The picture of truncation.h. */
static void windows_share_tokens(void **state) {
    (void)state;
    gaze_windows right = cut(10, 4, 1, GAZE_SIDE_RIGHT), left = cut(10, 4, 1, GAZE_SIDE_LEFT);
    assert_int_equal(right.count, 3);
    assert_window(&right, 0, 0, 4);
    assert_window(&right, 1, 3, 7);
    assert_window(&right, 2, 6, 10);
    assert_int_equal(left.count, 3);
    assert_window(&left, 0, 6, 10);
    assert_window(&left, 1, 3, 7);
    assert_window(&left, 2, 0, 4);
}

static void the_last_window_may_be_short(void **state) {
    (void)state;
    gaze_windows right = cut(9, 4, 0, GAZE_SIDE_RIGHT), left = cut(9, 4, 0, GAZE_SIDE_LEFT);
    assert_int_equal(right.count, 3);
    assert_window(&right, 2, 8, 9);
    assert_int_equal(left.count, 3);
    assert_window(&left, 2, 0, 1);
}

static void what_fits_is_one_window(void **state) {
    (void)state;
    gaze_windows windows = cut(4, 4, 9, GAZE_SIDE_RIGHT); /* the stride does not matter then */
    assert_int_equal(windows.count, 1);
    assert_window(&windows, 0, 0, 4);
}

/* No room at all: nothing stays, and the whole text is one window of overflow. */
static void no_room_at_all(void **state) {
    (void)state;
    gaze_windows windows = cut(3, 0, 0, GAZE_SIDE_RIGHT);
    assert_int_equal(windows.count, 2);
    assert_window(&windows, 0, 0, 0);
    assert_window(&windows, 1, 0, 3);
}

/* What stays of a pair of 8 and 6 tokens, 3 special tokens in all (row 51 of the goldens' table). */
static void the_longest_is_cut_first(void **state) {
    (void)state;
    static const size_t expected[][3] = {{7, 2, 2}, {8, 3, 2}, {9, 3, 3}, {10, 4, 3}, {16, 7, 6}, {17, 8, 6}};
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const gaze_truncation truncation = {.enabled = true, .max_length = expected[i][0]};
        gaze_windows windows[2];
        assert_int_equal(gaze_truncate(windows, (size_t[]){8, 6}, true, 3, &truncation, NULL), GAZE_OK);
        assert_int_equal(gaze_window_at(&windows[0], 0).end, expected[i][1]);
        assert_int_equal(gaze_window_at(&windows[1], 0).end, expected[i][2]);
    }
}

static void refuse(size_t first, size_t second, bool pair, gaze_truncation truncation, const char *message) {
    gaze_windows windows[2];
    gaze_error err;
    truncation.enabled = true;
    assert_int_equal(gaze_truncate(windows, (size_t[]){first, second}, pair, 2, &truncation, &err),
                     GAZE_ERROR_ARGUMENT);
    assert_string_equal(err.message, message);
}

static void what_cannot_be_cut(void **state) {
    (void)state;
    refuse(5, 0, false, (gaze_truncation){.max_length = 1},
           "Truncation error: max_length 1 is less than the 2 special tokens");
    refuse(9, 0, false, (gaze_truncation){.max_length = 6, .stride = 4},
           "Truncation error: stride 4, expected less than the 4 tokens of a window");
    refuse(9, 0, false, (gaze_truncation){.max_length = 6, .strategy = GAZE_TRUNCATE_ONLY_SECOND},
           "Truncation error: Second sequence not provided");
    refuse(2, 9, true, (gaze_truncation){.max_length = 6, .strategy = GAZE_TRUNCATE_ONLY_FIRST},
           "Truncation error: Sequence to truncate too short to respect the provided max_length");
}

/* Padding --------------------------------------------------------------------------------------------- */

static gaze_tokenizer *toy(void) {
    gaze_tokenizer *tokenizer;
    assert_int_equal(gaze_tokenizer_open(&tokenizer, "tests/data/tokenizer/toy-uncased", NULL), GAZE_OK);
    return tokenizer;
}

static gaze_tokens encode(const gaze_tokenizer *tokenizer, const char *text,
                          const gaze_encode_options *options) {
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, text, strlen(text), NULL, 0, options, NULL),
                     GAZE_OK);
    return tokens;
}

static void assert_ids(const gaze_tokens *tokens, const int32_t *ids, size_t count) {
    assert_int_equal(tokens->count, count);
    assert_memory_equal(tokens->ids, ids, count * sizeof *ids);
}

/* [CLS] low [SEP] beside [CLS] un ##want [SEP]: to the longest, rounded up to a multiple of 3. */
static void to_the_longest(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = toy();
    gaze_tokens batch[2] = {encode(tokenizer, "low", NULL), encode(tokenizer, "unwant", NULL)};
    const gaze_padding padding = {.enabled = true, .multiple_of = 3, .type_id = 5};
    assert_int_equal(gaze_tokenizer_pad(tokenizer, batch, 2, &padding, NULL), GAZE_OK);
    assert_ids(&batch[0], (int32_t[]){1, 13, 2, 3, 3, 3}, 6);
    assert_ids(&batch[1], (int32_t[]){1, 9, 6, 2, 3, 3}, 6);
    assert_string_equal(batch[0].strings[5], "[PAD]");
    assert_int_equal(batch[0].attention[5], 0);
    assert_int_equal(batch[0].attention[2], 1);
    assert_int_equal(batch[0].special[5], 1);
    assert_int_equal(batch[0].type_ids[5], 5);
    assert_int_equal(batch[0].word_ids[5], GAZE_NO_WORD);
    gaze_tokens_deinit(&batch[0]);
    gaze_tokens_deinit(&batch[1]);
    gaze_tokenizer_close(tokenizer);
}

/* Windows are padded too, and longer sequences left alone. */
static void on_the_left(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = toy();
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 4}};
    const gaze_padding padding = {.enabled = true, .length = 4, .side = GAZE_SIDE_LEFT};
    gaze_tokens tokens = encode(tokenizer, "low un low", &options),
                longer = encode(tokenizer, "low un low", NULL);
    assert_int_equal(gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, NULL), GAZE_OK);
    assert_ids(&tokens, (int32_t[]){1, 13, 9, 2}, 4);
    assert_int_equal(tokens.overflow_count, 1);
    assert_ids(&tokens.overflow[0], (int32_t[]){3, 1, 13, 2}, 4);
    assert_int_equal(gaze_tokenizer_pad(tokenizer, &longer, 1, &padding, NULL), GAZE_OK);
    assert_int_equal(longer.count, 5);
    gaze_tokens_deinit(&tokens);
    gaze_tokens_deinit(&longer);
    gaze_tokenizer_close(tokenizer);
}

static void there_is_no_pad_token(void **state) {
    (void)state;
    gaze_error err;
    const gaze_padding padding = {.enabled = true, .length = 2},
                       own = {.enabled = true, .length = 2, .token = "a"};
    gaze_tokenizer *tokenizer =
        tokenizer_of_json("{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}}");
    gaze_tokens tokens = encode(tokenizer, "a", NULL);
    assert_int_equal(gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, &err), GAZE_ERROR_NOT_FOUND);
    assert_int_equal(gaze_tokenizer_pad(tokenizer, NULL, 0, &padding, &err), GAZE_ERROR_NOT_FOUND);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(gaze_tokenizer_pad(tokenizer, &tokens, 1, &own, &err), GAZE_OK);
    assert_int_equal(tokens.count, 2);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

/* A file may ask for any length; memory for all of it must not be the first thing that says no. */
static void padding_has_a_limit(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_json("{\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"a\":0},\"unk_token\":\"a\"}}");
    gaze_tokens tokens = {0};
    gaze_error err = {0};
    gaze_padding padding = {.enabled = true, .length = GAZE_MAX_PADDING + 1, .token = "[PAD]"};
    assert_int_equal(gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, &err), GAZE_ERROR_LIMIT);
    assert_string_equal(err.message, "padding to 1048577 tokens, at most 1048576 are allowed");
    padding = (gaze_padding){.enabled = true, .length = 3, .multiple_of = SIZE_MAX, .token = "[PAD]"};
    assert_int_equal(gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, &err), GAZE_ERROR_LIMIT);
    assert_int_equal(tokens.count, 0);
    gaze_tokenizer_close(tokenizer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(windows_share_tokens),     cmocka_unit_test(the_last_window_may_be_short),
        cmocka_unit_test(what_fits_is_one_window),  cmocka_unit_test(no_room_at_all),
        cmocka_unit_test(the_longest_is_cut_first), cmocka_unit_test(what_cannot_be_cut),
        cmocka_unit_test(to_the_longest),           cmocka_unit_test(on_the_left),
        cmocka_unit_test(there_is_no_pad_token),
        cmocka_unit_test(padding_has_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
