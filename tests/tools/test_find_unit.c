/* tools/pipeline: --token. By hand: in "The cats sat, the cats." the second "the" is token 6, after [CLS]. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tools/pipeline/find_unit.h"
#include "tools/pipeline/picture.h"

static const char TEXT[] = "The cats sat, the unhappily cats.";

typedef struct scene {
    gaze_source source;
    gaze_picture picture;
} scene;

static scene open_scene(gaze_unit unit) {
    scene s = {0};
    gaze_error err = {0};
    gaze_picture_options options = {.unit = unit,
                                    .read.input = {.text = TEXT, .text_length = sizeof TEXT - 1}};
    if (gaze_source_open(&s.source, "tests/data/models/tiny-bert", &err) ||
        gaze_picture_make(&s.picture, &s.source, &options, &err))
        fail_msg("%s", err.message);
    return s;
}

static void close_scene(scene *s) {
    gaze_picture_deinit(&s->picture);
    gaze_source_close(&s->source);
}

/* The label that a word finds. */
static const gaze_label *label_of(const scene *s, const char *word, size_t *index) {
    gaze_error err = {0};
    if (gaze_units_find(index, &s->picture.units, &s->source, word, &err)) fail_msg("%s: %s", word, err.message);
    return &s->picture.units.labels[*index];
}

static void assert_label(const scene *s, const char *word, const char *expected) {
    size_t index;
    const gaze_label *label = label_of(s, word, &index);
    if (label->length != strlen(expected) || memcmp(label->text, expected, label->length) != 0)
        fail_msg("%s: found %.*s", word, (int)label->length, label->text);
}

static void test_by_hand(void **state) {
    (void)state;
    scene s = open_scene(GAZE_UNIT_TOKEN);
    size_t first, second;
    assert_label(&s, "the", "the");
    label_of(&s, "the", &first);
    label_of(&s, "the#2", &second);
    assert_int_equal(first, 1);
    assert_true(second > first);
    assert_label(&s, "0", "[CLS]");
    assert_label(&s, "[SEP]", "[SEP]");
    assert_label(&s, "The", "the"); /* as the text has it */
    assert_label(&s, "SAT", "sat"); /* in any case */
    close_scene(&s);
}

/* A word in pieces is found by its first piece, or as a unit of its own. */
static void test_pieces(void **state) {
    (void)state;
    scene s = open_scene(GAZE_UNIT_TOKEN);
    size_t index;
    const gaze_label *piece = label_of(&s, "unhappily", &index);
    assert_int_equal(piece->marker, 0);
    assert_int_equal(piece[1].marker, 2);
    close_scene(&s);
    s = open_scene(GAZE_UNIT_WORD);
    assert_label(&s, "unhappily", "unhappily");
    close_scene(&s);
}

static void test_refusals(void **state) {
    (void)state;
    static const char *const words[] = {"dog", "the#3", "99", "", "#", "the#0", "99999999999999999999999"};
    scene s = open_scene(GAZE_UNIT_TOKEN);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        gaze_error err = {0};
        size_t index;
        assert_int_equal(gaze_units_find(&index, &s.picture.units, &s.source, words[i], &err), GAZE_ERROR_ARGUMENT);
        assert_non_null(strstr(err.message, "0 to "));
    }
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_refusals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
