/* tools/pipeline/model_picture.h and link_picture.h: figures of all heads, out of a tiny model. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/explain/link.h"
#include "tools/pipeline/link_picture.h"
#include "tools/pipeline/model_picture.h"
#include "tools/pipeline/text_picture.h"

#define TINY "tests/data/models/tiny-bert"

static const char TEXT[] = "The cats sat unhappily.", PAIR[] = "Why?";

static gaze_source open_source(gaze_picture_options *options) {
    gaze_error err = {0};
    gaze_source source;
    *options = (gaze_picture_options){
        .read.input = {
            .text = TEXT, .text_length = sizeof TEXT - 1, .pair = PAIR, .pair_length = sizeof PAIR - 1}};
    if (gaze_source_open(&source, TINY, &err)) fail_msg("%s", err.message);
    return source;
}

/* Statistics are of all tokens, whatever is hidden or joined; the matrices that are drawn are not. */
static void statistics_before_hiding(void **state) {
    (void)state;
    gaze_picture_options options;
    gaze_source source = open_source(&options);
    gaze_model_picture all, some;
    assert_int_equal(gaze_model_picture_make(&all, &source, &options, NULL), GAZE_OK);
    options.special = GAZE_SPECIAL_HIDE;
    options.unit = GAZE_UNIT_WORD;
    assert_int_equal(gaze_model_picture_make(&some, &source, &options, NULL), GAZE_OK);
    assert_int_equal(all.heads.panel_count, source.layers * source.heads);
    assert_int_equal(all.means.panel_count, source.layers);
    assert_true(some.heads.units.count < all.heads.units.count);
    assert_memory_equal(all.badges, some.badges, all.heads.panel_count * sizeof *all.badges);
    for (size_t i = 0; i < all.heads.panel_count; i++) {
        const double *values = all.badges[i].values;
        assert_true(fabs(values[GAZE_BADGE_ENTROPY] - all.heads.entropies[i]) < 1e-6);
        assert_true(values[GAZE_BADGE_CLS] > 0 && values[GAZE_BADGE_CLS] + values[GAZE_BADGE_SEP] < 1);
    }
    gaze_model_picture_deinit(&all);
    gaze_model_picture_deinit(&some);
    gaze_source_close(&source);
}

/* The mean of a layer's masses is the mass of its mean. */
static void means_of_layers(void **state) {
    (void)state;
    gaze_picture_options options;
    gaze_source source = open_source(&options);
    gaze_model_picture picture;
    options.include_heads = "1,3";
    options.include_layers = "0,2";
    assert_int_equal(gaze_model_picture_make(&picture, &source, &options, NULL), GAZE_OK);
    gaze_model_view view = gaze_model_picture_view(&picture);
    assert_int_equal(view.panel_count, 4);
    assert_int_equal(view.head_count, 2);
    assert_int_equal(view.means[1].layer, 2);
    for (size_t l = 0; l < 2; l++) {
        double mean =
            (view.badges[2 * l].values[GAZE_BADGE_SELF] + view.badges[2 * l + 1].values[GAZE_BADGE_SELF]) / 2;
        assert_true(fabs(view.mean_badges[l].values[GAZE_BADGE_SELF] - mean) < 1e-6);
    }
    gaze_model_picture_deinit(&picture);
    gaze_source_close(&source);
}

static void words_for_sorting(void **state) {
    (void)state;
    gaze_model_view view = {0};
    assert_true(gaze_model_view_sort(&view, NULL) && view.sort == GAZE_SORT_LAYER);
    assert_true(gaze_model_view_sort(&view, "label") && view.sort == GAZE_SORT_NAME);
    assert_true(gaze_model_view_sort(&view, "sep") && view.sort == GAZE_SORT_VALUE);
    assert_int_equal(view.sort_value, GAZE_BADGE_SEP);
    assert_false(gaze_model_view_sort(&view, "beauty"));
}

/* Each cell is the weight of its head, and what the others give is taken from it. */
static void a_link(void **state) {
    (void)state;
    gaze_picture_options options;
    gaze_source source = open_source(&options);
    gaze_link_picture picture;
    gaze_error err = {0};
    if (gaze_link_picture_make(&picture, &source, &options, "the,sat", &err)) fail_msg("%s", err.message);
    size_t T = source.tokens->count;
    double largest = 0;
    for (size_t i = 0; i < source.layers * source.heads; i++) {
        const float *a = gaze_source_attentions(&source, i / source.heads) + i % source.heads * T * T;
        double weight = (double)a[picture.from * T + picture.to];
        double difference = weight - gaze_link_others(a, T, picture.from, picture.to);
        assert_true((double)picture.weights[i] == weight);
        assert_true(fabs((double)picture.differences[i] - difference) < 1e-7);
        largest = fmax(largest, fabs(difference));
    }
    assert_true(picture.limit == largest);
    assert_string_equal(source.tokens->strings[picture.from], "the");
    gaze_link_picture_deinit(&picture);
    assert_int_equal(gaze_link_picture_make(&picture, &source, &options, "the,dog", NULL),
                     GAZE_ERROR_ARGUMENT);
    assert_null(picture.weights);
    gaze_source_close(&source);
}

/* A row, a column, and the mean of two rows, with the text as it was written. */
static void a_passage(void **state) {
    (void)state;
    gaze_picture_options options;
    gaze_source source = open_source(&options);
    gaze_text_picture picture;
    options.layer = "1";
    options.head = "2";
    for (int received = 0; received < 2; received++) {
        assert_int_equal(gaze_text_picture_make(&picture, &source, &options, "the,sat", received, NULL),
                         GAZE_OK);
        size_t T = picture.head.units.count;
        const float *a = picture.head.panels[0].weights;
        size_t the = 0, sat = 0;
        for (size_t t = 0; t < T; t++) {
            if (strcmp(source.tokens->strings[t], "the") == 0) the = t;
            if (strcmp(source.tokens->strings[t], "sat") == 0) sat = t;
        }
        for (size_t t = 0; t < T; t++) {
            double sum = received ? (double)a[t * T + the] + (double)a[t * T + sat]
                                  : (double)a[the * T + t] + (double)a[sat * T + t];
            assert_true(fabs((double)picture.pieces[t].weight - sum / 2) < 1e-7);
            assert_int_equal(picture.pieces[t].chosen, t == the || t == sat);
        }
        assert_int_equal(picture.pieces[the].length, 3);
        assert_memory_equal(picture.pieces[the].text, "The", 3);
        assert_true(picture.pieces[sat].after_blank);
        gaze_text_picture_deinit(&picture);
    }
    options.head = "all";
    gaze_error err = {0};
    assert_int_equal(gaze_text_picture_make(&picture, &source, &options, NULL, false, &err),
                     GAZE_ERROR_ARGUMENT);
    assert_non_null(strstr(err.message, "expected one"));
    gaze_source_close(&source);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statistics_before_hiding),
        cmocka_unit_test(means_of_layers),
        cmocka_unit_test(words_for_sorting),
        cmocka_unit_test(a_link),
        cmocka_unit_test(a_passage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
