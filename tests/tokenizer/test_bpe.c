/* tokenizer/bpe and bpe_merge: merges by hand, against the textbook's loop, and what becomes of unknown chars. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/support/encoding.h"
#include "tests/support/growth.h"
#include "tokenizer/bpe_merge.h"
#include "tokenizer/token_model.h"

#define G "\xC4\xA0" /* U+0120, the space */

static gaze_tokenizer *open_toy(void) {
    gaze_tokenizer *tokenizer;
    assert_int_equal(gaze_tokenizer_open(&tokenizer, "tests/data/tokenizer/toy-roberta", NULL), GAZE_OK);
    return tokenizer;
}

/* Merging --------------------------------------------------------------------------------------------- */

/* The example of the chapter. Merges in order: e s, es t, l o, lo w, n e, ne w, _ low, _ new, e r. */
static void low_lower_newest(void **state) {
    (void)state;
    gaze_tokenizer *toy = open_toy();
    const gaze_encode_options plain = {.no_special_tokens = true};
    assert_encoding(toy, "low lower newest", NULL, &plain,
                    "low(0,3) " G "low(4,7) er(7,9) " G "new(10,13) est(13,16)");
    assert_encoding(toy, "lowlow newer", NULL, &plain, "low(0,3) low(3,6) " G "new(7,10) er(10,12)");
    assert_encoding(toy, "eses", NULL, &plain, "es(0,2) es(2,4)");
    assert_encoding(toy, "west", NULL, &plain, "w(0,1) est(1,4)");
    assert_encoding(toy, "new\xC3\xA9", NULL, &plain, "new(0,3) \xC3\x83(3,4) \xC2\xA9(3,4)");
    gaze_tokenizer_close(toy);
}

static void add_merge(gaze_pair_map *merges, uint32_t left, uint32_t right, uint32_t rank, uint32_t merged) {
    gaze_pair *place = gaze_pair_map_at(merges, (gaze_pair){left, right});
    assert_non_null(place);
    *place = (gaze_pair){rank, merged};
}

/* The example of bpe_merge.h: a b, ab c, b c on a b c d; and "aaa", whose left pair goes first. */
static void lowest_rank_then_leftmost(void **state) {
    (void)state;
    enum { A, B, C, D, AB, ABC, BC, AA };
    gaze_pair_map merges = {0};
    gaze_symbol word[] = {
        {.id = A, .length = 1}, {.id = B, .length = 1}, {.id = C, .length = 1}, {.id = D, .length = 1}};
    gaze_symbol same[] = {{.id = A, .length = 1}, {.id = A, .length = 1}, {.id = A, .length = 1}};
    gaze_merge heap[8];
    add_merge(&merges, A, B, 0, AB);
    add_merge(&merges, AB, C, 1, ABC);
    add_merge(&merges, B, C, 2, BC);
    add_merge(&merges, A, A, 3, AA);
    assert_int_equal(gaze_bpe_merge_short(&merges, word, 4), 2);
    assert_int_equal(word[0].id, ABC);
    assert_int_equal(word[0].length, 3);
    assert_int_equal(word[1].id, D);
    assert_int_equal(gaze_bpe_merge_long(&merges, same, 3, heap), 2);
    assert_int_equal(same[0].id, AA);
    assert_int_equal(same[1].id, A);
    gaze_pair_map_deinit(&merges);
}

/* The textbook's loop, word for word: look at all pairs, join the best, begin again. */
static size_t merge_naively(const gaze_pair_map *merges, gaze_symbol *symbols, size_t count) {
    for (;;) {
        gaze_pair best = {GAZE_PAIR_NONE, GAZE_PAIR_NONE};
        size_t at = 0;
        for (size_t i = 0; i + 1 < count; i++) {
            const gaze_pair found = gaze_pair_map_get(merges, symbols[i].id, symbols[i + 1].id);
            if (found.first >= best.first) continue;
            best = found;
            at = i;
        }
        if (best.first == GAZE_PAIR_NONE) return count;
        symbols[at].id = best.second;
        symbols[at].length += symbols[at + 1].length;
        count--;
        for (size_t i = at + 1; i < count; i++) symbols[i] = symbols[i + 1];
    }
}

static uint32_t next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*state >> 33);
}

/* Merges of random symbols: new ones of those that exist, in random order of rank. */
static void random_merges(gaze_pair_map *merges, uint32_t letters, uint32_t count, uint64_t *state) {
    for (uint32_t i = 0; i < count; i++)
        add_merge(merges, next_random(state) % (letters + i), next_random(state) % (letters + i),
                  i * 7919 % count, letters + i);
}

static void assert_same_symbols(const gaze_symbol *a, const gaze_symbol *b, size_t count) {
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(a[i].id, b[i].id);
        assert_int_equal(a[i].length, b[i].length);
    }
}

/* The scan and the heap give what the textbook's loop gives, for random merges and words of any length. */
static void as_the_textbook_says(void **state) {
    (void)state;
    enum { LONGEST = 150 };
    uint64_t random = 5;
    gaze_symbol naive[LONGEST], scan[LONGEST], heap[LONGEST];
    gaze_merge room[2 * LONGEST];
    for (int round = 0; round < 3000; round++) {
        gaze_pair_map merges = {0};
        const uint32_t letters = 1 + next_random(&random) % 4;
        const size_t count = 1 + next_random(&random) % LONGEST;
        random_merges(&merges, letters, 1 + next_random(&random) % 40, &random);
        for (size_t i = 0; i < count; i++)
            naive[i] = scan[i] = heap[i] = (gaze_symbol){.id = next_random(&random) % letters, .length = 1};
        const size_t left = merge_naively(&merges, naive, count);
        assert_int_equal(gaze_bpe_merge_long(&merges, heap, count, room), left);
        assert_same_symbols(naive, heap, left);
        if (count <= GAZE_BPE_SHORT_WORD) {
            assert_int_equal(gaze_bpe_merge_short(&merges, scan, count), left);
            assert_same_symbols(naive, scan, left);
        }
        gaze_pair_map_deinit(&merges);
    }
}

/* Words without an end: equal bytes, merges that cascade, no merge at all, a space before every word. */
static void time_grows_with_the_word_only(void **state) {
    (void)state;
    static const char *const units[] = {"a",  "low",          "es",   " ",    "\n",    "'",
                                        "x1", "\xE4\xB8\xAD", "\xFF", " low", "<mask>"};
    gaze_tokenizer *toy = open_toy();
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) assert_linear_time(toy, units[i]);
    gaze_tokenizer_close(toy);
}

/* A word of 1 MB, and 100,000 equal bytes that merge pair by pair to ever longer tokens. */
static void very_long_words(void **state) {
    (void)state;
    enum { SIZE = 1000000, EQUAL = 100000 };
    gaze_tokenizer *toy = open_toy();
    gaze_tokenizer *pairs = tokenizer_of_json(
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0,\"aa\":1,\"aaaa\":2,\"aaaaaaaa\":3},"
        "\"merges\":[\"a a\",\"aa aa\",\"aaaa aaaa\"]}}");
    char *text = gaze_alloc(SIZE, 1);
    gaze_tokens tokens = {0};
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++) text[i] = "lowest"[i % 6];
    assert_int_equal(gaze_tokenizer_encode(&tokens, toy, text, SIZE, NULL, 0, NULL, NULL), GAZE_OK);
    assert_int_equal(tokens.count, 2 + SIZE / 6 * 2 + 2); /* low est ... low e in <s> and </s> */
    gaze_tokens_deinit(&tokens);
    memset(text, 'a', EQUAL);
    assert_int_equal(gaze_tokenizer_encode(&tokens, pairs, text, EQUAL, NULL, 0, NULL, NULL), GAZE_OK);
    assert_int_equal(tokens.count, EQUAL / 8);
    gaze_tokens_deinit(&tokens);
    gaze_free(text);
    gaze_tokenizer_close(pairs);
    gaze_tokenizer_close(toy);
}

/* Unknown chars --------------------------------------------------------------------------------------- */

#define BPE(settings, vocab, merges)                                                                         \
    "{\"pre_tokenizer\":{\"type\":\"WhitespaceSplit\"},\"model\":{\"type\":\"BPE\"," settings                \
    "\"vocab\":{" vocab "},\"merges\":[" merges "]}}"
#define UNK "\"unk_token\":\"?\","

static void expect(const char *json, const char *text, const char *want) {
    gaze_tokenizer *tokenizer = tokenizer_of_json(json);
    assert_encoding(tokenizer, text, NULL, NULL, want);
    gaze_tokenizer_close(tokenizer);
}

/* Without an unknown token a char is lost, and all behind it is too far to the left. */
static void lost_chars(void **state) {
    (void)state;
    const char *json = BPE("", "\"a\":0,\"b\":1,\"ab\":2", "\"a b\"");
    expect(json, "ab", "ab(0,2)");
    expect(json, "axb", "ab(0,2)");
    expect(json,
           "\xC3\xA9"
           "b",
           "b(0,1)"); /* its one byte lies in the char of two */
    expect(json, "x y b", "b(4,5)");
}

static void unknown_tokens(void **state) {
    (void)state;
    expect(BPE(UNK, "\"?\":0,\"a\":1", ""), "axya", "a(0,1) ?(1,2) ?(2,3) a(3,4)");
    expect(BPE(UNK "\"fuse_unk\":true,", "\"?\":0,\"a\":1", ""), "axyax", "a(0,1) ?(1,3) a(3,4) ?(4,5)");
    expect(BPE(UNK, "\"?\":0,\"a\":1,\"?a\":2", "[\"?\",\"a\"]"), "xa", "?a(0,2)"); /* it merges too */
}

/* The bytes of U+00E9 have entries, those of the snowman have not; its unknown token comes late. */
static void bytes_of_unknown_chars(void **state) {
    (void)state;
    const char *json =
        BPE(UNK "\"fuse_unk\":true,\"byte_fallback\":true,", "\"?\":0,\"a\":1,\"<0xC3>\":2,\"<0xA9>\":3", "");
    expect(json, "a\xC3\xA9", "a(0,1) <0xC3>(1,2) <0xA9>(1,2)");
    expect(json,
           "a\xE2\x98\x83\xC3\xA9"
           "a",
           "a(0,1) <0xC3>(1,2) <0xA9>(1,2) ?(1,3) a(3,4)");
}

static void an_unknown_token_without_entry(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_json(BPE(UNK, "\"a\":0", ""));
    assert_encoding(tokenizer, "a", NULL, NULL, "a(0,1)");
    assert_no_encoding(tokenizer, "ab", GAZE_ERROR_NOT_FOUND, "Unk token `?` not found in the vocabulary");
    gaze_tokenizer_close(tokenizer);
}

/* Settings -------------------------------------------------------------------------------------------- */

/* ## before all chars but the first, </w> behind the last; a merge takes the second ## away. */
static void prefix_and_suffix(void **state) {
    (void)state;
    const char *json = BPE("\"continuing_subword_prefix\":\"##\",\"end_of_word_suffix\":\"</w>\",",
                           "\"a\":0,\"##b\":1,\"ab\":2,\"##c</w>\":3,\"abc</w>\":4,\"a</w>\":5",
                           "[\"a\",\"##b\"],[\"ab\",\"##c</w>\"]");
    expect(json, "abc", "abc</w>(0,3)");
    expect(json, "a", "a</w>(0,1)");
}

/* b c goes first, so that abc is never reached by merges. */
static void entries_before_merges(void **state) {
    (void)state;
#define ABC "\"a\":0,\"b\":1,\"c\":2,\"ab\":3,\"bc\":4,\"abc\":5"
    expect(BPE("", ABC, "\"b c\",\"a b\""), "abc", "a(0,1) bc(1,3)");
    expect(BPE("\"ignore_merges\":true,", ABC, "\"b c\",\"a b\""), "abc abcabc",
           "abc(0,3) a(4,5) bc(5,7) a(7,8) bc(8,10)");
}

/* The old form of merges with the comment of merges.txt; of a pair that stands twice, the last rank. */
static void forms_of_merges(void **state) {
    (void)state;
    expect(BPE("", "\"a\":0,\"b\":1,\"ab\":2", "\"#version: 0.2\",\"a b\""), "ab", "ab(0,2)");
    expect(BPE("\"dropout\":0.0,", "\"a\":0,\"b\":1,\"ab\":2", "[\"a\",\"b\"]"), "ab", "ab(0,2)");
    expect(BPE("", "\"a\":0,\"b\":1,\"c\":2,\"ab\":3,\"bc\":4", "\"a b\",\"b c\",\"a b\""), "abc",
           "a(0,1) bc(1,3)");
}

static void refuse(const char *settings, const char *merges, gaze_status status, const char *message) {
    char model[400];
    gaze_tokenizer *tokenizer;
    gaze_error err;
    snprintf(model, sizeof model,
             "{\"model\":{\"type\":\"BPE\",%s\"vocab\":{\"a\":0,\"b\":1,\"##b\":2},\"merges\":%s}}", settings,
             merges);
    const gaze_tokenizer_files files = {.tokenizer_json = model, .tokenizer_json_size = strlen(model)};
    assert_int_equal(gaze_tokenizer_open_files(&tokenizer, &files, &err), status);
    assert_string_equal(err.message, message);
}

static void what_is_refused(void **state) {
    (void)state;
#define MODEL  "tokenizer.json: model: "
#define TWENTY "tttttttttttttttttttt"
    refuse("", "{}", GAZE_ERROR_SCHEMA, MODEL "'merges' is an object, expected an array");
    refuse("", "[\"a\"]", GAZE_ERROR_SCHEMA, MODEL "merge 0: expected \"a b\" or [\"a\", \"b\"]");
    refuse("", "[\"a b c\"]", GAZE_ERROR_SCHEMA, MODEL "merge 0: expected \"a b\" or [\"a\", \"b\"]");
    refuse("", "[[\"a\",1]]", GAZE_ERROR_SCHEMA, MODEL "merge 0: expected \"a b\" or [\"a\", \"b\"]");
    refuse("", "[\"a x\"]", GAZE_ERROR_SCHEMA, MODEL "merge 0: 'x' is not in the vocabulary");
    refuse("", "[\"a b\"]", GAZE_ERROR_SCHEMA, MODEL "merge 0: 'ab' is not in the vocabulary");
    refuse("", "[\"a " TWENTY TWENTY TWENTY TWENTY "x\"]", GAZE_ERROR_SCHEMA,
           MODEL "merge 0: '" TWENTY TWENTY TWENTY TWENTY "' is not in the vocabulary");
    refuse("\"continuing_subword_prefix\":\"##\",", "[\"a b\"]", GAZE_ERROR_SCHEMA,
           MODEL "merge 0: 'b' is shorter than 'continuing_subword_prefix'");
    refuse("\"dropout\":0.1,", "[]", GAZE_ERROR_UNSUPPORTED,
           MODEL "'dropout' is not 0: what it gives is random");
    refuse("\"byte_fallback\":true,\"end_of_word_suffix\":\"x\",", "[]", GAZE_ERROR_UNSUPPORTED,
           MODEL "'byte_fallback' together with a prefix or a suffix is not supported");
    refuse("\"end_of_word_suffix\":\"123456789012345678901234567890123\",", "[]", GAZE_ERROR_LIMIT,
           MODEL "'end_of_word_suffix' has 33 bytes, at most 32 are allowed");
    refuse("\"fuse_unk\":1,", "[]", GAZE_ERROR_SCHEMA,
           MODEL "BPE: 'fuse_unk' is a number, expected true or false");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(low_lower_newest),
        cmocka_unit_test(lowest_rank_then_leftmost),
        cmocka_unit_test(as_the_textbook_says),
        cmocka_unit_test(time_grows_with_the_word_only),
        cmocka_unit_test(very_long_words),
        cmocka_unit_test(lost_chars),
        cmocka_unit_test(unknown_tokens),
        cmocka_unit_test(bytes_of_unknown_chars),
        cmocka_unit_test(an_unknown_token_without_entry),
        cmocka_unit_test(prefix_and_suffix),
        cmocka_unit_test(entries_before_merges),
        cmocka_unit_test(forms_of_merges),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
