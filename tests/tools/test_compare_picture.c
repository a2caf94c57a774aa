/* tools/pipeline/compare_side.h and compare_picture.h: two sides, and what parts them.
 *
 * By hand: "layer=3,head=1" is layer "3" and head "1"; in "layer=0,2,text=a, b" the list and the text keep their commas.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "tools/pipeline/compare_picture.h"
#include "tools/pipeline/compare_side.h"

#define TINY "tests/data/models/tiny-bert"

static void same(const char *got, const char *want) {
    if (want)
        assert_string_equal(got, want);
    else
        assert_null(got);
}

static void says(const char *words, const char *layer, const char *head, const char *model,
                 const char *text) {
    gaze_side_options side;
    gaze_error err = {0};
    if (gaze_side_read(&side, words, &err)) fail_msg("%s: %s", words, err.message);
    same(side.layer, layer);
    same(side.head, head);
    same(side.model, model);
    same(side.text, text);
    gaze_side_deinit(&side);
}

static void sides_by_hand(void **state) {
    (void)state;
    says("layer=3,head=1", "3", "1", NULL, NULL);
    says("layer=0,2,text=a, b", "0,2", NULL, NULL, "a, b");
    says("text=\"a, head=1 b\",head=mean", NULL, "mean", NULL, "a, head=1 b");
    says("text=\"", NULL, NULL, NULL, "\"");
    says("model=/a/b=c,text=", NULL, NULL, "/a/b=c", "");
}

static void no_sides(void **state) {
    (void)state;
    static const char *const bad[] = {
        "", "3", "layer", "layers=3", "head=1,head=2", "text=\"a\",b=1,head=2,head=3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gaze_side_options side;
        assert_int_equal(gaze_side_read(&side, bad[i], NULL), GAZE_ERROR_ARGUMENT);
        assert_null(side.head);
    }
}

static void open_source(gaze_source *source) {
    gaze_error err = {0};
    if (gaze_source_open(source, TINY, &err)) fail_msg("%s", err.message);
}

static gaze_picture_options options_of(const char *layer, const char *text) {
    return (gaze_picture_options){
        .layer = layer, .head = "1", .read.input = {.text = text, .text_length = strlen(text)}};
}

/* One run for both; the difference is that of the numbers, its limit no larger than the largest. */
static void two_layers(void **state) {
    (void)state;
    gaze_source source;
    gaze_compare_picture picture;
    open_source(&source);
    gaze_source *const sources[2] = {&source, &source};
    gaze_picture_options options[2] = {options_of("0", "the cat sat"), options_of("2", "the cat sat")};
    assert_int_equal(gaze_compare_picture_make(&picture, sources, options, NULL), GAZE_OK);
    gaze_compare view = gaze_compare_picture_view(&picture);
    size_t N = view.sides[0].count;
    double most = 0;
    for (size_t i = 0; i < N * N; i++) {
        assert_true(view.difference[i] == view.sides[0].panel.weights[i] - view.sides[1].panel.weights[i]);
        most = fmax(most, fabs((double)view.difference[i]));
    }
    assert_true(view.limit > 0 && view.limit <= most);
    assert_int_equal(view.sides[0].panel.layer, 0);
    assert_int_equal(view.sides[1].panel.layer, 2);
    assert_non_null(view.figure.text);
    gaze_compare_picture_deinit(&picture);
    options[1].head = "all";
    assert_int_equal(gaze_compare_picture_make(&picture, sources, options, NULL), GAZE_ERROR_ARGUMENT);
    gaze_source_close(&source);
}

static void two_texts(void **state) {
    (void)state;
    gaze_source a, b;
    gaze_compare_picture picture;
    open_source(&a);
    open_source(&b);
    gaze_source *const sources[2] = {&a, &b};
    gaze_picture_options options[2] = {options_of("1", "the cat sat"), options_of("1", "the cat")};
    assert_int_equal(gaze_compare_picture_make(&picture, sources, options, NULL), GAZE_OK);
    gaze_compare view = gaze_compare_picture_view(&picture);
    assert_null(view.difference);
    assert_null(view.figure.text);
    assert_string_equal(view.figure.model, "tiny-bert");
    gaze_compare_picture_deinit(&picture);
    gaze_source_close(&a);
    gaze_source_close(&b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sides_by_hand),
        cmocka_unit_test(no_sides),
        cmocka_unit_test(two_layers),
        cmocka_unit_test(two_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
