/* viz/text_view/page.h: the text view as an interactive page. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/hostile.h"
#include "tests/support/page_check.h"
#include "viz/text_view/page.h"

enum { N = 3, LAYERS = 2 };

static const size_t LAYER_NUMBERS[LAYERS] = {0, 3}, HEAD_NUMBERS[1] = {2};
static const float WEIGHTS[N * N] = {0.25f, 0.25f, 0.5f, 0, 1, 0, 0.5f, 0.25f, 0.25f};
static const float *const MATRICES[LAYERS] = {WEIGHTS, WEIGHTS};

static gaze_text_page page_of(gaze_text_piece pieces[N]) {
    static const char *const names[N] = {"[CLS]", "a", "b"};
    for (size_t i = 0; i < N; i++)
        pieces[i] = (gaze_text_piece){.label = {.text = names[i], .length = strlen(names[i]), .special = i == 0, .id = 7},
                                      .text = names[i],
                                      .length = strlen(names[i]),
                                      .after_blank = true,
                                      .weight = WEIGHTS[2 * N + i],
                                      .chosen = i == 2};
    return (gaze_text_page){.view = {.pieces = pieces, .count = N, .panel = {.layer = 3, .head = 2}},
                            .weights = MATRICES,
                            .layers = LAYER_NUMBERS,
                            .heads = HEAD_NUMBERS,
                            .layer_count = LAYERS,
                            .head_count = 1,
                            .head = "2",
                            .layer = 1,
                            .bits = 8};
}

/* "b" gives .50 to [CLS] and .25 to "a" and itself; the page says so, and holds both layers. */
static void by_hand(void **state) {
    (void)state;
    gaze_text_piece pieces[N];
    gaze_text_page page = page_of(pieces);
    gaze_buffer out = {0}, dropped = {0};
    assert_int_equal(gaze_text_view_html(&out, &dropped, &page, NULL), GAZE_OK);
    assert_non_null(strstr(out.data, ">&#39;b&#39; attends to &#39;[CLS]&#39; .50, &#39;a&#39; .25, &#39;b&#39; .25</p>"));
    assert_non_null(strstr(out.data, "<title>[CLS], id 7: 0.5000</title>"));
    assert_non_null(strstr(out.data, "\"3\": [\""));
    assert_non_null(strstr(out.data, "\"0\": [\""));
    assert_int_equal(dropped.length, 0);
    gaze_buffer_deinit(&out);
}

/* A hidden piece keeps its elements, which are not displayed, and counts in no sum. */
static void hidden(void **state) {
    (void)state;
    gaze_text_piece pieces[N];
    gaze_text_page page = page_of(pieces);
    gaze_buffer out = {0};
    page.view.figure.special = GAZE_SPECIAL_HIDE;
    pieces[0].hidden = true;
    assert_int_equal(gaze_text_view_html(&out, NULL, &page, NULL), GAZE_OK);
    assert_non_null(strstr(out.data, "The weights sum to .50."));
    assert_non_null(strstr(out.data, ">&#39;b&#39; attends to &#39;a&#39; .25, &#39;b&#39; .25</p>"));
    const char *mark = strstr(out.data, "display=\"none\"");
    assert_non_null(mark);
    assert_non_null(strstr(mark, "[CLS], id 7"));
    gaze_buffer_deinit(&out);
}

/* Where there is no room, the layer that is shown first is held, and the others are named. */
static void budget(void **state) {
    (void)state;
    gaze_text_piece pieces[N];
    gaze_text_page page = page_of(pieces);
    gaze_buffer out = {0}, dropped = {0};
    page.budget = 1;
    assert_int_equal(gaze_text_view_html(&out, &dropped, &page, NULL), GAZE_OK);
    assert_string_equal(dropped.data, "Layers left out to keep the page small (--full keeps them): 0.");
    assert_null(strstr(out.data, "\"0\": [\""));
    assert_non_null(strstr(out.data, "\"3\": [\""));
    gaze_buffer_deinit(&out);
    gaze_buffer_deinit(&dropped);
}

static void refusals(void **state) {
    (void)state;
    gaze_text_page page = {0};
    gaze_buffer out = {0};
    assert_int_equal(gaze_text_view_html(&out, NULL, &page, NULL), GAZE_ERROR_ARGUMENT);
    assert_int_equal(out.length, 0);
}

/* Any token, model, title and note: the page has the elements that it has with an "a", and its data is JSON. */
static void hostile(void **state) {
    (void)state;
    size_t elements = 0;
    for (size_t k = 0; k < hostile_count; k++) {
        const hostile_text *text = &hostile_texts[k];
        gaze_share share = {text->at, text->length, 0.5, 0.5};
        gaze_text_piece pieces[N];
        gaze_text_page page = page_of(pieces);
        gaze_buffer out = {0};
        for (size_t i = 0; i < N; i++) {
            pieces[i].text = pieces[i].label.text = text->at;
            pieces[i].length = pieces[i].label.length = text->length;
        }
        page.view.figure = (gaze_figure){.title = text->at, .model = text->at, .note = text->at, .shares = &share,
                                         .share_count = 1, .special = GAZE_SPECIAL_DIM};
        assert_int_equal(gaze_text_view_html(&out, NULL, &page, NULL), GAZE_OK);
        gaze_json_free(page_data(&out));
        size_t now = page_elements(&out);
        if (k == 0) elements = now;
        assert_int_equal(now, elements);
        gaze_buffer_deinit(&out);
    }
}

static gaze_status write_once(void *context) {
    gaze_buffer out = {0}, dropped = {0};
    gaze_status status = gaze_text_view_html(&out, &dropped, context, NULL);
    gaze_buffer_deinit(&out);
    gaze_buffer_deinit(&dropped);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    gaze_text_piece pieces[N];
    gaze_text_page page = page_of(pieces);
    page.budget = 1;
    assert_true(fail_each_allocation(write_once, &page) > 20);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(hidden), cmocka_unit_test(budget),
                                       cmocka_unit_test(refusals), cmocka_unit_test(hostile), cmocka_unit_test(out_of_memory)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
