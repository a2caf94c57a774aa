/* tools/pipeline: selection, units, pictures. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tools/pipeline/picture.h"

#define TINY "tests/data/models/tiny-bert"

/* --layer and --head --------------------------------------------------------------------------------- */

static void selects(const char *word, const char *include, gaze_reduction reduction, const char *indices) {
    gaze_selection s;
    gaze_error err = {0};
    char found[64] = "";
    if (gaze_select(&s, word, include, "layer", 6, &err)) fail_msg("%s: %s", word, err.message);
    assert_int_equal(s.reduction, reduction);
    for (size_t i = 0; i < s.count; i++) found[i] = (char)('0' + s.indices[i]);
    assert_string_equal(found, indices);
    gaze_selection_deinit(&s);
}

static void words_for_layers(void **state) {
    (void)state;
    selects("3", NULL, GAZE_EACH, "3");
    selects("-1", NULL, GAZE_EACH, "5");
    selects("last", "0", GAZE_EACH, "5");
    selects("all", NULL, GAZE_EACH, "012345");
    selects("all", "4,0-1", GAZE_EACH, "014");
    selects("mean", NULL, GAZE_MEAN, "012345");
    selects("max", "-2", GAZE_MAX, "4");
    selects("0,2,4-5,2", NULL, GAZE_EACH, "0245");
}

static void words_for_no_layer(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"", "'' is no layer"},      {"first", "expected a number, mean"}, {"6", "no layer 6; there are 0 to 5"},
        {"-7", "no layer -7"},       {"4-2", "the lower one first"},       {"1;2", "a list of layers"},
        {"3x", "a list of layers"},  {"1,", "'' is no layer"},             {"99999999999999999999", "no layer"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gaze_selection s;
        gaze_error err = {0};
        assert_int_equal(gaze_select(&s, cases[i][0], NULL, "layer", 6, &err), GAZE_ERROR_ARGUMENT);
        if (!strstr(err.message, cases[i][1])) fail_msg("'%s': %s", cases[i][0], err.message);
        assert_null(s.indices);
    }
}

/* Pictures ------------------------------------------------------------------------------------------- */

/* A tiny model and a pair, of which it knows some words in pieces. */
typedef struct scene {
    gaze_source source;
    gaze_picture_options options;
    gaze_picture picture;
} scene;

static const char TEXT[] = "The cats sat unhappily.", PAIR[] = "Why?";

static scene open_scene(void) {
    gaze_error err = {0};
    scene s = {.options = {.layer = "1", .head = "2"}};
    if (gaze_source_open(&s.source, TINY, &err)) fail_msg("%s", err.message);
    s.options.read.input = (gaze_input){.text = TEXT, .text_length = sizeof TEXT - 1, .pair = PAIR,
                                        .pair_length = sizeof PAIR - 1};
    return s;
}

static void make(scene *s) {
    gaze_error err = {0};
    gaze_picture_deinit(&s->picture);
    if (gaze_picture_make(&s->picture, &s->source, &s->options, &err)) fail_msg("%s", err.message);
}

static void close_scene(scene *s) {
    gaze_picture_deinit(&s->picture);
    gaze_source_close(&s->source);
}

static double row_sum(const gaze_picture *p, size_t panel, size_t row) {
    double sum = 0;
    for (size_t s = 0; s < p->units.count; s++) sum += (double)p->panels[panel].weights[row * p->units.count + s];
    return sum;
}

static void one_head_is_not_copied(void **state) {
    (void)state;
    scene s = open_scene();
    make(&s);
    size_t T = s.source.tokens->count;
    assert_int_equal(s.picture.units.count, T);
    assert_int_equal(s.picture.panel_count, 1);
    assert_ptr_equal(s.picture.panels[0].weights, gaze_source_attentions(&s.source, 1) + 2 * T * T);
    assert_int_equal(s.picture.panels[0].layer, 1);
    assert_int_equal(s.picture.panels[0].head, 2);
    assert_null(gaze_source_attentions(&s.source, 0));
    assert_string_equal(s.picture.figure.model, "tiny-bert");
    close_scene(&s);
}

static void a_grid_goes_layer_by_layer(void **state) {
    (void)state;
    static const int32_t want[][2] = {{0, 1}, {0, 3}, {2, 1}, {2, 3}};
    scene s = open_scene();
    s.options.layer = "0,2";
    s.options.head = "all";
    s.options.include_heads = "1,3";
    make(&s);
    assert_int_equal(s.picture.panel_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(s.picture.panels[i].layer, want[i][0]);
        assert_int_equal(s.picture.panels[i].head, want[i][1]);
        assert_float_equal(row_sum(&s.picture, i, 0), 1, 1e-6);
    }
    close_scene(&s);
}

static bool is_label(const gaze_label *label, const char *text) {
    return label->length == strlen(text) && memcmp(label->text, text, label->length) == 0;
}

/* Words carry the text as it was written, and every row still sums to 1. */
static void words_have_the_text_of_the_input(void **state) {
    (void)state;
    static const char *const want[] = {"[CLS]", "The", "cats", "sat", "unhappily", ".", "[SEP]", "Why", "?", "[SEP]"};
    scene s = open_scene();
    s.options.unit = GAZE_UNIT_WORD;
    s.options.head = "mean";
    make(&s);
    assert_true(s.source.tokens->count > 10);
    assert_int_equal(s.picture.units.count, 10);
    for (size_t i = 0; i < 10; i++) {
        const gaze_label *label = &s.picture.units.labels[i];
        if (!is_label(label, want[i])) fail_msg("unit %zu is '%.*s'", i, (int)label->length, label->text);
        assert_int_equal(label->marker, 0);
        assert_int_equal(label->segment, i > 6);
        assert_true(fabs(row_sum(&s.picture, 0, i) - 1) <= 1e-6);
    }
    assert_int_equal(s.picture.panels[0].head, GAZE_PANEL_MEAN);
    close_scene(&s);
}

/* The largest that a head gives to a word, not the sum of what the pieces get from several heads. */
static void the_maximum_is_taken_over_words(void **state) {
    (void)state;
    scene s = open_scene();
    s.options.unit = GAZE_UNIT_WORD;
    s.options.head = "max";
    make(&s);
    size_t N = s.picture.units.count;
    float largest = s.picture.panels[0].weights[4 * N + 4];
    s.options.head = "all";
    make(&s);
    float want = 0;
    for (size_t h = 0; h < s.picture.panel_count; h++)
        want = fmaxf(want, s.picture.panels[h].weights[4 * N + 4]);
    assert_true(largest == want);
    close_scene(&s);
}

static void hidden_tokens_are_counted(void **state) {
    (void)state;
    for (int unit = 0; unit < 2; unit++) {
        scene s = open_scene();
        s.options.unit = unit ? GAZE_UNIT_WORD : GAZE_UNIT_TOKEN;
        s.options.special = GAZE_SPECIAL_HIDE;
        make(&s);
        assert_int_equal(s.picture.figure.share_count, 2);
        assert_memory_equal(s.picture.figure.shares[0].text, "[CLS]", 5);
        assert_memory_equal(s.picture.figure.shares[1].text, "[SEP]", 5);
        double hidden = s.picture.figure.shares[0].most + s.picture.figure.shares[1].most, shown = 0;
        size_t N = s.picture.units.count;
        for (size_t i = 0; i < N; i++) {
            assert_false(s.picture.units.labels[i].special);
            shown += row_sum(&s.picture, 0, i) / (double)N;
        }
        assert_true(hidden > 0.01);
        assert_true(fabs(hidden + shown - 1) <= 1e-6);
        s.options.renormalise = true;
        make(&s);
        for (size_t i = 0; i < N; i++) assert_true(fabs(row_sum(&s.picture, 0, i) - 1) <= 1e-6);
        assert_true(s.picture.figure.renormalised);
        close_scene(&s);
    }
}

static void dimmed_tokens_stay(void **state) {
    (void)state;
    scene s = open_scene();
    s.options.special = GAZE_SPECIAL_DIM;
    make(&s);
    assert_int_equal(s.picture.units.count, s.source.tokens->count);
    assert_int_equal(s.picture.figure.special, GAZE_SPECIAL_DIM);
    close_scene(&s);
}

static void a_text_of_nothing_cannot_be_hidden(void **state) {
    (void)state;
    gaze_error err = {0};
    scene s = open_scene();
    s.options.special = GAZE_SPECIAL_HIDE;
    s.options.read.input = (gaze_input){.text = "", .text_length = 0};
    assert_int_equal(gaze_picture_make(&s.picture, &s.source, &s.options, &err), GAZE_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "all 2 tokens are special"));
    close_scene(&s);
}

static void a_token_finds_its_unit(void **state) {
    (void)state;
    size_t unit;
    scene s = open_scene();
    s.options.unit = GAZE_UNIT_WORD;
    s.options.special = GAZE_SPECIAL_HIDE;
    make(&s);
    assert_false(gaze_units_of_token(&s.picture.units, 0, &unit));
    assert_true(gaze_units_of_token(&s.picture.units, 1, &unit));
    assert_int_equal(unit, 0);
    assert_true(gaze_units_of_token(&s.picture.units, s.source.tokens->count - 2, &unit));
    assert_int_equal(unit, s.picture.units.count - 1);
    close_scene(&s);
}

/* Two pictures of one run, as compare draws them. */
static void two_pictures_share_a_source(void **state) {
    (void)state;
    gaze_error err = {0};
    bool layers[4] = {false};
    scene s = open_scene();
    gaze_picture other;
    gaze_picture_options second = s.options;
    second.layer = "3";
    assert_int_equal(gaze_picture_select(&s.picture, &s.source, &s.options, &err), GAZE_OK);
    assert_int_equal(gaze_picture_select(&other, &s.source, &second, &err), GAZE_OK);
    gaze_picture_want_layers(layers, &s.picture);
    gaze_picture_want_layers(layers, &other);
    assert_true(!layers[0] && layers[1] && !layers[2] && layers[3]);
    s.options.read.layers = layers;
    assert_int_equal(gaze_source_read(&s.source, &s.options.read, &err), GAZE_OK);
    assert_int_equal(gaze_picture_fill(&s.picture, &s.source, &s.options, &err), GAZE_OK);
    assert_int_equal(gaze_picture_fill(&other, &s.source, &second, &err), GAZE_OK);
    assert_int_equal(other.panels[0].layer, 3);
    gaze_picture_deinit(&other);
    close_scene(&s);
}

static gaze_status make_and_forget(void *context) {
    scene *s = context;
    gaze_status status = gaze_picture_make(&s->picture, &s->source, &s->options, NULL);
    gaze_picture_deinit(&s->picture);
    return status;
}

static void every_allocation_may_fail(void **state) {
    (void)state;
    scene s = open_scene();
    s.options.unit = GAZE_UNIT_WORD;
    s.options.special = GAZE_SPECIAL_HIDE;
    s.options.head = "max";
    s.options.renormalise = true;
    s.options.read.threads = 1;
    assert_true(fail_each_allocation(make_and_forget, &s) > 10);
    close_scene(&s);
}

/* The text above a picture is the whole text; where the tokens are not, that must be said. */
static void a_text_that_was_cut_says_so(void **state) {
    (void)state;
    scene s = open_scene();
    make(&s);
    assert_int_equal(s.picture.figure.cut, 0);
    s.options.read.truncation = (gaze_truncation){.enabled = true, .max_length = 6};
    make(&s);
    assert_int_equal(s.picture.figure.cut, 6);
    close_scene(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_for_layers),
        cmocka_unit_test(words_for_no_layer),
        cmocka_unit_test(one_head_is_not_copied),
        cmocka_unit_test(a_grid_goes_layer_by_layer),
        cmocka_unit_test(words_have_the_text_of_the_input),
        cmocka_unit_test(the_maximum_is_taken_over_words),
        cmocka_unit_test(hidden_tokens_are_counted),
        cmocka_unit_test(dimmed_tokens_stay),
        cmocka_unit_test(a_text_of_nothing_cannot_be_hidden),
        cmocka_unit_test(a_token_finds_its_unit),
        cmocka_unit_test(a_text_that_was_cut_says_so),
        cmocka_unit_test(two_pictures_share_a_source),
        cmocka_unit_test(every_allocation_may_fail),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
