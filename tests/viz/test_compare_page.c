/* viz/compare/page.h: the comparison as an interactive page.
 *
 * By hand: A looks .25 and .75 from the first of two tokens, B by half; A minus B is .25 from 'a' to 'b', and so the page
 * begins there. A weight of 0.75 in 8 bits is round(255 sqrt(.75))^2 / 255^2; here the view's own numbers are whole.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/hostile.h"
#include "tests/support/page_check.h"
#include "viz/compare/page.h"

enum { N = 2, LAYERS = 2 };

static const size_t LAYER_NUMBERS[LAYERS] = {0, 3}, HEAD_NUMBERS[1] = {2}, SEEN[N] = {0, 1};
static const float A[] = {0.25f, 0.75f, 0.5f, 0.5f}, B[] = {0.5f, 0.5f, 0.5f, 0.5f},
                   MINUS[] = {-0.25f, 0.25f, 0, 0};
static const float *const OF_A[LAYERS] = {A, A}, *const OF_B[LAYERS] = {B, B};

/* `labels` (N) are those of both sides. */
static gaze_compare_page page_of(const gaze_label *labels) {
    gaze_compare_side a = {.panel = {A, 3, 2}, .labels = labels, .count = N},
                      b = {.panel = {B, 0, 2}, .labels = labels, .count = N};
    gaze_compare_page_side side = {.weights = OF_A,
                                   .labels = labels,
                                   .seen = SEEN,
                                   .all = N,
                                   .layers = LAYER_NUMBERS,
                                   .heads = HEAD_NUMBERS,
                                   .layer_count = LAYERS,
                                   .head_count = 1,
                                   .head = "2",
                                   .layer = 1};
    gaze_compare_page page = {
        .view = {.sides = {a, b}, .difference = MINUS, .limit = 0.25}, .sides = {side, side}, .bits = 8};
    page.sides[1].weights = OF_B;
    page.sides[1].layer = 0;
    return page;
}

static const gaze_label LABELS[N] = {{.text = "a", .length = 1, .id = 7},
                                     {.text = "b", .length = 1, .id = 8}};

static void by_hand(void **state) {
    (void)state;
    gaze_compare_page page = page_of(LABELS);
    gaze_buffer out = {0}, dropped = {0};
    assert_int_equal(gaze_compare_html(&out, &dropped, &page, NULL), GAZE_OK);
    assert_non_null(strstr(
        out.data, ">Largest difference: from &#39;a&#39; to &#39;b&#39;: .750 in A, .500 in B, difference +.250</p>"));
    assert_non_null(strstr(out.data, "Frame: the cell that is read above."));
    assert_int_equal(dropped.length, 0);
    gaze_json *json = page_data(&out);
    const gaze_json_value *sides = gaze_json_get(gaze_json_root(json), "sides");
    assert_int_equal(sides->count, 2);
    assert_int_equal(gaze_json_get(gaze_json_root(json), "boxes")->count, 3);
    gaze_json_free(json);
    gaze_buffer_deinit(&out);
}

/* Where there is no room, the layers that are shown first are held, and the others are named. */
static void budget(void **state) {
    (void)state;
    gaze_compare_page page = page_of(LABELS);
    gaze_buffer out = {0}, dropped = {0};
    page.budget = 2;
    assert_int_equal(gaze_compare_html(&out, &dropped, &page, NULL), GAZE_OK);
    assert_non_null(strstr(dropped.data, "left out of A to keep the page small (--full keeps them): 0."));
    assert_non_null(strstr(dropped.data, "left out of B to keep the page small (--full keeps them): 3."));
    gaze_buffer_deinit(&out);
    gaze_buffer_deinit(&dropped);
}

/* Any token, model, title, text and note: the page has the elements that it has with an "a", and its data is JSON. */
static void hostile(void **state) {
    (void)state;
    size_t elements = 0;
    for (size_t k = 0; k < hostile_count; k++) {
        const hostile_text *text = &hostile_texts[k];
        gaze_label labels[N] = {{.text = text->at, .length = text->length, .id = 1, .special = true},
                                {.text = text->at, .length = text->length, .id = 2}};
        gaze_share share = {text->at, text->length, 0.5, 0.5};
        gaze_compare_page page = page_of(labels);
        gaze_figure figure = {.title = text->at,
                              .model = text->at,
                              .note = text->at,
                              .text = text->at,
                              .text_length = text->length,
                              .special = GAZE_SPECIAL_DIM};
        gaze_buffer out = {0};
        page.view.figure = figure;
        for (size_t i = 0; i < 2; i++)
            page.view.sides[i].figure = (gaze_figure){.shares = &share, .share_count = 1};
        assert_int_equal(gaze_compare_html(&out, NULL, &page, NULL), GAZE_OK);
        gaze_json_free(page_data(&out));
        size_t now = page_elements(&out);
        if (k == 0) elements = now;
        assert_int_equal(now, elements);
        gaze_buffer_deinit(&out);
    }
}

static void refusals(void **state) {
    (void)state;
    gaze_compare_page page = {0};
    gaze_buffer out = {0};
    assert_int_equal(gaze_compare_html(&out, NULL, &page, NULL), GAZE_ERROR_ARGUMENT);
    assert_int_equal(out.length, 0);
}

static gaze_status write_once(void *context) {
    gaze_buffer out = {0}, dropped = {0};
    gaze_status status = gaze_compare_html(&out, &dropped, context, NULL);
    gaze_buffer_deinit(&out);
    gaze_buffer_deinit(&dropped);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    gaze_compare_page page = page_of(LABELS);
    page.budget = 2;
    assert_true(fail_each_allocation(write_once, &page) > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(budget),
                                       cmocka_unit_test(hostile), cmocka_unit_test(refusals),
                                       cmocka_unit_test(out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
