/* tools/pipeline/token_choice.h: tokens and words by name.
 *
 * By hand, the labels of "The cats sat unhappily." and "The end": [CLS] the cat ##s sat ... : "the" is the first of
 * them, "the#2" the second, "The" the one that the text writes so, 0 is [CLS] and -1 the last [SEP].
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tools/pipeline/token_choice.h"

/* "The cats, the 7": [CLS] the cat ##s , the 7 [SEP] */
static const char TEXT[] = "The cats, the 7";
static const char *const strings[] = {"[CLS]", "the", "cat", "##s", ",", "the", "7", "[SEP]"};
static const gaze_span spans[] = {{0, 0}, {0, 3}, {4, 7}, {7, 8}, {8, 9}, {10, 13}, {14, 15}, {0, 0}};
static const int32_t words[] = {-1, 0, 1, 1, 2, 3, 4, -1};
enum { T = 8 };

typedef struct scene {
    gaze_tokens tokens;
    gaze_source source;
    gaze_units units;
} scene;

static void open_scene(scene *s, gaze_unit unit, bool hide) {
    memset(s, 0, sizeof *s);
    for (size_t t = 0; t < T; t++) {
        bool special = words[t] < 0;
        gaze_token token = {.string = strings[t],
                            .string_length = strlen(strings[t]),
                            .bytes = spans[t],
                            .word_id = words[t],
                            .sequence_id = special ? GAZE_NO_SEQUENCE : 0,
                            .special = special,
                            .attention = 1};
        assert_int_equal(gaze_tokens_append(&s->tokens, &token, NULL), GAZE_OK);
    }
    s->source.tokens = &s->tokens;
    s->source.input = (gaze_input){.text = TEXT, .text_length = sizeof TEXT - 1};
    assert_int_equal(gaze_units_make(&s->units, &s->tokens, &s->source.input, unit, hide, NULL), GAZE_OK);
}

static void close_scene(scene *s) {
    gaze_units_deinit(&s->units);
    gaze_tokens_deinit(&s->tokens);
}

static void chooses(const scene *s, const char *name, size_t want) {
    size_t unit;
    gaze_error err = {0};
    if (gaze_token_choose(&unit, name, &s->units, &s->source, &err)) fail_msg("%s: %s", name, err.message);
    if (unit != want) fail_msg("%s: %zu, expected %zu", name, unit, want);
}

static void refuses(const scene *s, const char *name, const char *why) {
    size_t unit;
    gaze_error err = {0};
    assert_int_equal(gaze_token_choose(&unit, name, &s->units, &s->source, &err), GAZE_ERROR_ARGUMENT);
    if (!strstr(err.message, why)) fail_msg("%s: %s", name, err.message);
}

static void tokens_by_hand(void **state) {
    (void)state;
    scene s;
    open_scene(&s, GAZE_UNIT_TOKEN, false);
    chooses(&s, "the", 1);
    chooses(&s, "the#1", 1);
    chooses(&s, "the#2", 5);
    chooses(&s, "The", 1);
    chooses(&s, "THE#2", 5);
    chooses(&s, "##s", 3);
    chooses(&s, "s", 3);
    chooses(&s, ",", 4);
    chooses(&s, "[CLS]", 0);
    chooses(&s, "[sep]", 7);
    chooses(&s, "2", 2);
    chooses(&s, "-1", 7);
    chooses(&s, "7", 7); /* a number is an index; the text "7" is */
    chooses(&s, "7#1", 6);
    close_scene(&s);
}

static void no_such_token(void **state) {
    (void)state;
    scene s;
    open_scene(&s, GAZE_UNIT_TOKEN, false);
    refuses(&s, "dog", "there is no token 'dog' among the 8 here");
    refuses(&s, "the#3", "'the' occurs 2 times only");
    refuses(&s, "cat#2", "'cat' occurs 1 time only");
    refuses(&s, "cats", "'cats' is cut into the tokens 2 to 3, from 'cat' to '##s'");
    refuses(&s, "8", "there is no token 8; there are 0 to 7");
    refuses(&s, "-9", "there is no token -9");
    refuses(&s, "", "there is no token ''");
    refuses(&s, "#2", "there is no token '#2'");
    refuses(&s, "the#0", "there is no token 'the#0'");
    refuses(&s, "99999999999999999999", "there is no token");
    close_scene(&s);
}

static void words_and_hidden_tokens(void **state) {
    (void)state;
    scene s;
    open_scene(&s, GAZE_UNIT_WORD, true);
    assert_int_equal(s.units.count, 5); /* The cats , the 7 */
    chooses(&s, "cats", 1);
    chooses(&s, "The", 0);
    chooses(&s, "the", 3); /* as the labels have it */
    chooses(&s, "the#2", 3);
    chooses(&s, "2", 1); /* [CLS] is word 0, hidden or not */
    refuses(&s, "0", "word 0 is special, and hidden");
    refuses(&s, "-1", "word -1 is special, and hidden");
    refuses(&s, "[CLS]", "there is no word '[CLS]'");
    refuses(&s, "cat", "there is no word 'cat'");
    close_scene(&s);
}

/* Byte-level BPE marks a blank before a token, Unigram too; a record may have no text to compare with. */
static void signs_for_a_blank(void **state) {
    (void)state;
    scene s;
    open_scene(&s, GAZE_UNIT_TOKEN, false);
    s.source.input = (gaze_input){0};
    s.units.labels[1].text = "\xC4\xA0"
                             "It";
    s.units.labels[1].length = 4;
    s.units.labels[2].text = "\xE2\x96\x81"
                             "was";
    s.units.labels[2].length = 6;
    chooses(&s, "It", 1);
    chooses(&s, "it", 1);
    chooses(&s,
            "\xC4\xA0"
            "It",
            1);
    chooses(&s, "was", 2);
    refuses(&s, "cats", "there is no token 'cats'");
    close_scene(&s);
}

static void lists(void **state) {
    (void)state;
    scene s;
    size_t chosen[T], count;
    open_scene(&s, GAZE_UNIT_TOKEN, false);
    assert_int_equal(gaze_token_choose_list(chosen, &count, "the#2,cat,2,,", &s.units, &s.source, NULL),
                     GAZE_OK);
    assert_int_equal(count, 3);
    assert_int_equal(chosen[0], 5);
    assert_int_equal(chosen[1], 2);
    assert_int_equal(chosen[2], 4);
    assert_int_equal(gaze_token_choose_list(chosen, &count, "cat,dog", &s.units, &s.source, NULL),
                     GAZE_ERROR_ARGUMENT);
    assert_int_equal(gaze_token_choose_list(chosen, &count, "", &s.units, &s.source, NULL),
                     GAZE_ERROR_ARGUMENT);
    close_scene(&s);
}

static void links_by_hand(void **state) {
    (void)state;
    static const struct {
        const char *link;
        size_t from, to;
    } good[] = {{"the,cat", 1, 2}, {"the#2,-1", 5, 7}, {",,cat", 4, 2}, {"cat,,", 2, 4}, {",,,", 4, 4}};
    static const char *const bad[] = {"", "the", "the,", ",", ",,", "the,cat,7", "dog,cat", "cat,dog"};
    scene s;
    open_scene(&s, GAZE_UNIT_TOKEN, false);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        size_t from, to;
        gaze_error err = {0};
        if (gaze_token_choose_link(&from, &to, good[i].link, &s.units, &s.source, &err))
            fail_msg("%s", err.message);
        assert_int_equal(from, good[i].from);
        assert_int_equal(to, good[i].to);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t from, to;
        assert_int_equal(gaze_token_choose_link(&from, &to, bad[i], &s.units, &s.source, NULL),
                         GAZE_ERROR_ARGUMENT);
    }
    close_scene(&s);
}

/* Neither the diagonal nor a special token counts, however strong. */
static void the_strongest_link(void **state) {
    (void)state;
    scene s;
    size_t from, to;
    float weights[T * T] = {0};
    open_scene(&s, GAZE_UNIT_TOKEN, false);
    weights[1 * T + 1] = 0.9f;
    weights[2 * T + 7] = 0.8f;
    weights[0 * T + 2] = 0.7f;
    weights[5 * T + 2] = 0.3f;
    weights[6 * T + 2] = 0.3f;
    gaze_token_choose_strongest(&from, &to, &s.units, weights);
    assert_int_equal(from, 5);
    assert_int_equal(to, 2);
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_by_hand),
        cmocka_unit_test(no_such_token),
        cmocka_unit_test(words_and_hidden_tokens),
        cmocka_unit_test(signs_for_a_blank),
        cmocka_unit_test(lists),
        cmocka_unit_test(links_by_hand),
        cmocka_unit_test(the_strongest_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
