/* tokenizer/unigram, prefix_tree and metaspace: the best cut by hand, and by trying all of them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/component.h"
#include "tests/support/encoding.h"
#include "tests/support/growth.h"
#include "tokenizer/metaspace.h"
#include "tokenizer/prefix_tree.h"

#define BLOCK "\xE2\x96\x81" /* U+2581, the visible space */

/* The tree -------------------------------------------------------------------------------------------- */

static gaze_prefix_key key(const char *string, int32_t value) {
    return (gaze_prefix_key){{string, strlen(string)}, value};
}

/* The example of prefix_tree.h, number by number. */
static void nodes_level_by_level(void **state) {
    (void)state;
    gaze_prefix_key keys[] = {key("b", 12), key("ab", 11), key("bcd", 13), key("a", 10)};
    gaze_prefix_tree tree;
    assert_true(gaze_prefix_tree_init(&tree, keys, 4));
    assert_int_equal(tree.count, 6);
    assert_memory_equal(tree.first, ((uint32_t[]){1, 3, 4, 5, 5, 6, 6}), 7 * sizeof(uint32_t));
    assert_memory_equal(tree.bytes + 1, "abbcd", 5);
    assert_memory_equal(tree.values, ((int32_t[]){-1, 10, 12, 11, -1, 13}), 6 * sizeof(int32_t));
    assert_int_equal(gaze_prefix_tree_child(&tree, 0, 'b'), 2);
    assert_int_equal(gaze_prefix_tree_child(&tree, 2, 'c'), 4);
    assert_int_equal(gaze_prefix_tree_child(&tree, 0, 'c'), GAZE_NO_NODE);
    assert_int_equal(gaze_prefix_tree_child(&tree, 5, 'a'), GAZE_NO_NODE);
    gaze_prefix_tree_deinit(&tree);
}

/* No key; the empty key; a key twice; bytes above 127, which come after the others. */
static void unusual_keys(void **state) {
    (void)state;
    gaze_prefix_key keys[] = {key("a", 1), key("", 5), key("\xFF", 3), key("a", 2), key("\x7F", 4)};
    gaze_prefix_tree tree;
    assert_true(gaze_prefix_tree_init(&tree, keys, 0));
    assert_int_equal(tree.count, 1);
    assert_int_equal(gaze_prefix_tree_child(&tree, 0, 'a'), GAZE_NO_NODE);
    gaze_prefix_tree_deinit(&tree);
    assert_true(gaze_prefix_tree_init(&tree, keys, 5));
    assert_int_equal(tree.values[0], 5);
    assert_int_equal(tree.values[gaze_prefix_tree_child(&tree, 0, 'a')], 2); /* the greater of the two */
    assert_int_equal(tree.values[gaze_prefix_tree_child(&tree, 0, 0xFF)], 3);
    assert_int_equal(tree.values[gaze_prefix_tree_child(&tree, 0, 0x7F)], 4);
    gaze_prefix_tree_deinit(&tree);
}

/* The best cut ---------------------------------------------------------------------------------------- */

#define UNIGRAM(settings, vocab) "{\"model\":{\"type\":\"Unigram\"," settings "\"vocab\":[" vocab "]}}"
#define UNK                      "\"unk_id\":0,"
#define CHAPTER                  "[\"?\",0],[\"a\",-2],[\"b\",-2],[\"ab\",-3],[\"c\",-1]"

static void expect(const char *json, const char *text, const char *want) {
    gaze_tokenizer *tokenizer = tokenizer_of_json(json);
    assert_encoding(tokenizer, text, NULL, NULL, want);
    gaze_tokenizer_close(tokenizer);
}

/* The example of the chapter: a b c is -5, ab c is -4. */
static void the_best_sum(void **state) {
    (void)state;
    expect(UNIGRAM(UNK, CHAPTER), "abc", "ab(0,2) c(2,3)");
    expect(UNIGRAM(UNK, CHAPTER), "ba", "b(0,1) a(1,2)");
    expect(UNIGRAM(UNK, CHAPTER ",[\"bc\",-0.5]"), "abc", "a(0,1) bc(1,3)"); /* -2.5: greedy would miss it */
}

/* a b is as good as ab: the one that starts first was there first. */
static void of_equal_cuts_the_first(void **state) {
    (void)state;
    expect(UNIGRAM(UNK, "[\"?\",0],[\"a\",-1],[\"b\",-1],[\"ab\",-2]"), "ab", "ab(0,2)");
    expect(UNIGRAM(UNK, "[\"?\",0],[\"a\",-1],[\"b\",-2],[\"bc\",-3],[\"ab\",-3],[\"c\",-1]"), "abc",
           "a(0,1) bc(1,3)"); /* a, then at c: ab c and a bc are both -4, and bc came first */
}

/* Unknown chars cost 10 more than the worst piece; neighbours are one token, and its string is the text. */
static void unknown_text(void **state) {
    (void)state;
    expect(UNIGRAM(UNK, CHAPTER), "axyc", "a(0,1) xy(1,3) c(3,4)");
    expect(UNIGRAM(UNK, CHAPTER), "x", "x(0,1)");
    expect(UNIGRAM(UNK, CHAPTER ",[\"xy\",-40]"), "xyx", "xy(0,2) x(2,3)"); /* an unknown char is -50 now */
}

/* Where scores are no logarithms, three unknown chars may be better than the piece that they spell; together
 * they have its id all the same. */
static void unknown_text_that_is_a_piece(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_json(UNIGRAM(UNK, "[\"?\",20],[\"xyx\",20]"));
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "xyx", 3, NULL, 0, NULL, NULL), GAZE_OK);
    assert_int_equal(tokens.count, 1);
    assert_int_equal(tokens.ids[0], 1);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

static void bytes_of_unknown_text(void **state) {
    (void)state;
    const char *json =
        UNIGRAM(UNK "\"byte_fallback\":true,", CHAPTER ",[\"<0xC3>\",-9],[\"<0xA9>\",-9],[\"<0x78>\",-9]");
    expect(json, "a\xC3\xA9x", "a(0,1) <0xC3>(1,3) <0xA9>(1,3) <0x78>(1,3)"); /* each covers all of it */
    expect(json, "a\xC3\xA8", "a(0,1) \xC3\xA8(1,2)");                        /* no entry for A8 */
}

/* The library's words; known text needs no unknown token. */
static void no_unknown_token(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_json(UNIGRAM("\"unk_id\":null,", CHAPTER));
    assert_encoding(tokenizer, "abc", NULL, NULL, "ab(0,2) c(2,3)");
    assert_no_encoding(tokenizer, "abx", GAZE_ERROR_NOT_FOUND,
                       "Encountered an unknown token but `unk_id` is missing");
    gaze_tokenizer_close(tokenizer);
}

/* A piece that stands twice: the later score and id count; a new token is numbered behind both. */
static void a_piece_twice(void **state) {
    (void)state;
    gaze_tokenizer *tokenizer = tokenizer_of_json(
        "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
        "\"normalized\":false,\"special\":true}],\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"?"
        "\",0],"
        "[\"a\",-1],[\"aa\",-1.5],[\"a\",-0.5]]}}");
    gaze_tokens tokens = {0};
    assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, "aa<n>", 5, NULL, 0, NULL, NULL), GAZE_OK);
    assert_int_equal(tokens.count, 3);
    assert_memory_equal(tokens.ids, ((int32_t[]){3, 3, 4}), 12);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
}

/* All cuts of "abcab" into pieces of random score, tried one by one: none is better than the one found. */
static double best_of_all(const double *scores, size_t at) {
    enum { LENGTH = 5 };
    double best = at == LENGTH ? 0 : -INFINITY;
    for (size_t length = 1; at + length <= LENGTH; length++) {
        const double sum = scores[at * LENGTH + length - 1] + best_of_all(scores, at + length);
        if (sum > best) best = sum;
    }
    return best;
}

static void as_good_as_any(void **state) {
    (void)state;
    static const char text[] = "abcde";
    for (unsigned seed = 1; seed <= 200; seed++) {
        gaze_buffer json = {0};
        gaze_tokens tokens = {0};
        double scores[25], sum = 0;
        gaze_buffer_puts(&json, "{\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"?\",-99]");
        for (unsigned at = 0; at < 5; at++)
            for (unsigned length = 1; at + length <= 5; length++) {
                const unsigned score = (seed * 2654435761u + at * 40503u + length * 9973u) >> 8 & 15;
                scores[at * 5 + length - 1] = -(double)score - 1;
                gaze_buffer_printf(&json, ",[\"%.*s\",-%u]", (int)length, text + at, score + 1);
            }
        gaze_buffer_puts(&json, "]}}");
        gaze_tokenizer *tokenizer = tokenizer_of_json(json.data);
        assert_int_equal(gaze_tokenizer_encode(&tokens, tokenizer, text, 5, NULL, 0, NULL, NULL), GAZE_OK);
        for (size_t i = 0; i < tokens.count; i++)
            sum += scores[tokens.chars[i].start * 5 + tokens.chars[i].end - tokens.chars[i].start - 1];
        assert_true(sum == best_of_all(scores, 0));
        gaze_tokens_deinit(&tokens);
        gaze_tokenizer_close(tokenizer);
        gaze_buffer_deinit(&json);
    }
}

static void time_grows_with_the_word_only(void **state) {
    (void)state;
    static const char *const units[] = {"a", "ab", "x", "\xE4\xB8\xAD", " ", "abcx"};
    gaze_tokenizer *tokenizer =
        tokenizer_of_json(UNIGRAM(UNK, CHAPTER ",[\"aaaaaaaa\",-9],[\"abababab\",-5]"));
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) assert_linear_time(tokenizer, units[i]);
    gaze_tokenizer_close(tokenizer);
}

/* Metaspace ------------------------------------------------------------------------------------------- */

#define METASPACE(scheme, split)                                                                             \
    "{\"type\":\"Metaspace\",\"replacement\":\"" BLOCK "\",\"prepend_scheme\":\"" scheme                     \
    "\",\"split\":" split "}"

static void visible_spaces(void **state) {
    (void)state;
    expect_component(apply_pre_tokenizer, METASPACE("always", "true"), "Hi  you",
                     "[[\"" BLOCK "Hi\",[0,2]],[\"" BLOCK "\",[2,3]],[\"" BLOCK "you\",[3,7]]]");
    expect_component(apply_pre_tokenizer, METASPACE("never", "true"), "Hi you",
                     "[[\"Hi\",[0,2]],[\"" BLOCK "you\",[2,6]]]");
    expect_component(apply_pre_tokenizer, METASPACE("always", "false"), " Hi you",
                     "[[\"" BLOCK "Hi" BLOCK "you\",[0,7]]]");
    expect_component(apply_pre_tokenizer, METASPACE("always", "true"), BLOCK "a\tb",
                     "[[\"" BLOCK "a\\tb\",[0,4]]]"); /* one is there; a tab is no space */
}

/* "first" means the first of the text, and not of each piece. */
static void only_at_the_beginning(void **state) {
    (void)state;
    expect_component(apply_pre_tokenizer,
                     "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"WhitespaceSplit\"}," METASPACE(
                         "first", "true") "]}",
                     "a b", "[[\"" BLOCK "a\",[0,1]],[\"b\",[2,3]]]");
    expect_component(apply_pre_tokenizer,
                     "{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"WhitespaceSplit\"}," METASPACE(
                         "first", "true") "]}",
                     " a b", "[[\"a\",[1,2]],[\"b\",[3,4]]]");
}

/* Old files say add_prefix_space. */
static void settings_of_metaspace(void **state) {
    (void)state;
#define OLD(fields) "{\"type\":\"Metaspace\",\"replacement\":\"_\"" fields "}"
    expect_component(apply_pre_tokenizer, OLD(""), "a", "[[\"_a\",[0,1]]]");
    expect_component(apply_pre_tokenizer, OLD(",\"add_prefix_space\":true"), "a", "[[\"_a\",[0,1]]]");
    expect_component(apply_pre_tokenizer, OLD(",\"add_prefix_space\":false"), "a", "[[\"a\",[0,1]]]");
    expect_component(apply_pre_tokenizer, OLD(",\"add_prefix_space\":true,\"prepend_scheme\":\"never\""), "a",
                     "[[\"a\",[0,1]]]");
    expect_component(
        apply_pre_tokenizer, OLD(",\"add_prefix_space\":false,\"prepend_scheme\":\"always\""), "a",
        "pre_tokenizer: Metaspace: 'add_prefix_space' is false, but 'prepend_scheme' is not \"never\"");
    expect_component(apply_pre_tokenizer, "{\"type\":\"Metaspace\",\"replacement\":\"ab\"}", "a",
                     "pre_tokenizer: Metaspace: 'replacement' is 2 chars, expected 1");
    expect_component(apply_pre_tokenizer, "{\"type\":\"Metaspace\"}", "a",
                     "pre_tokenizer: Metaspace: 'replacement' is nothing, expected a string");
}

static void expect_decoded(gaze_prepend_scheme scheme, const char *want) {
    static const char *const tokens[] = {BLOCK BLOCK "Hi", BLOCK, BLOCK "you" BLOCK};
    const gaze_metaspace settings = {.replacement = {(const uint32_t[]){0x2581}, 1},
                                     .prepend_scheme = scheme};
    gaze_strings in = {0}, out = {0};
    for (size_t i = 0; i < 3; i++) {
        gaze_buffer_puts(&in.bytes, tokens[i]);
        gaze_strings_end(&in);
    }
    gaze_metaspace_decode(&out, &in, &settings);
    assert_int_equal(out.count, 3);
    assert_string_equal(out.bytes.data, want);
    gaze_strings_deinit(&in);
    gaze_strings_deinit(&out);
}

static void spaces_again(void **state) {
    (void)state;
    expect_decoded(GAZE_PREPEND_ALWAYS, "Hi  you ");
    expect_decoded(GAZE_PREPEND_FIRST, "Hi  you ");
    expect_decoded(GAZE_PREPEND_NEVER, "  Hi  you ");
}

/* Refusals -------------------------------------------------------------------------------------------- */

static void refuse(const char *model, gaze_status status, const char *message) {
    gaze_tokenizer *tokenizer;
    gaze_error err;
    const gaze_tokenizer_files files = {.tokenizer_json = model, .tokenizer_json_size = strlen(model)};
    assert_int_equal(gaze_tokenizer_open_files(&tokenizer, &files, &err), status);
    assert_string_equal(err.message, message);
}

static void what_is_refused(void **state) {
    (void)state;
#define MODEL "tokenizer.json: model: "
    refuse(UNIGRAM("", ""), GAZE_ERROR_SCHEMA,
           MODEL "'vocab' is an array, expected an array that is not empty");
    refuse("{\"model\":{\"vocab\":{\"a\":1}}}", GAZE_ERROR_SCHEMA,
           MODEL "'vocab' is an object, expected an array that is not empty");
    refuse(UNIGRAM("", "[\"a\",0],[\"b\"]"), GAZE_ERROR_SCHEMA, MODEL "vocab: entry 1 is no [token, score]");
    refuse(UNIGRAM("", "[]"), GAZE_ERROR_SCHEMA, MODEL "vocab: entry 0 is no [token, score]");
    refuse(UNIGRAM("", "[1,0]"), GAZE_ERROR_SCHEMA, MODEL "vocab: entry 0 is no [token, score]");
    refuse(UNIGRAM("", "[\"a\",0,0]"), GAZE_ERROR_SCHEMA, MODEL "vocab: entry 0 is no [token, score]");
    refuse(UNIGRAM("", "\"a\""), GAZE_ERROR_SCHEMA, MODEL "vocab: entry 0 is no [token, score]");
    refuse(UNIGRAM("", "[\"a\",\"0\"]"), GAZE_ERROR_SCHEMA, MODEL "vocab: the score of piece 0 is no number");
    refuse(UNIGRAM("\"unk_id\":1,", "[\"a\",0]"), GAZE_ERROR_SCHEMA,
           MODEL "'unk_id' is 1, and there are 1 pieces");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nodes_level_by_level),
        cmocka_unit_test(unusual_keys),
        cmocka_unit_test(the_best_sum),
        cmocka_unit_test(of_equal_cuts_the_first),
        cmocka_unit_test(unknown_text),
        cmocka_unit_test(unknown_text_that_is_a_piece),
        cmocka_unit_test(bytes_of_unknown_text),
        cmocka_unit_test(no_unknown_token),
        cmocka_unit_test(a_piece_twice),
        cmocka_unit_test(as_good_as_any),
        cmocka_unit_test(time_grows_with_the_word_only),
        cmocka_unit_test(visible_spaces),
        cmocka_unit_test(only_at_the_beginning),
        cmocka_unit_test(settings_of_metaspace),
        cmocka_unit_test(spaces_again),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
