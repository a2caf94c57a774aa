/* The page of the model view, viz/model_view/page.h: what C writes of it; tests/browser/model_view.test.js tries it.
 *
 * By hand: two layers of two heads and their means are six thumbnails; the weights of both layers are in the data.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/hostile.h"
#include "tests/support/model_views.h"
#include "tests/support/xml_check.h"
#include "viz/html/scripts.h"

static gaze_model_page page_of(const model_figure *m) {
    return (gaze_model_page){.view = m->view, .sort = "layer", .bits = 8};
}

static void write_page(const gaze_model_page *page, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_model_view_html(out, page, &err)) fail_msg("%s", err.message);
}

static void by_hand(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 2);
    gaze_model_page page = page_of(&m);
    gaze_buffer html = {0};
    write_page(&page, &html);
    assert_int_equal(count_of(html.data, "class=\"gaze-thumb\""), 6);
    assert_int_equal(count_of(html.data, "tabindex=\"0\""), 1);
    assert_int_equal(count_of(html.data, "default-src &#39;none&#39;"), 1);
    assert_non_null(strstr(html.data, "\"0\": [\""));
    assert_non_null(strstr(html.data, "\"1\": [\""));
    assert_non_null(strstr(html.data, "<title>layer 1, head 0</title>"));
    assert_non_null(strstr(html.data, "Attention is not an explanation"));
    assert_int_equal(count_of(html.data, "http"),
                     count_of(html.data, "http://www.w3.org/") + 1); /* http-equiv */
    gaze_buffer_deinit(&html);
    model_figure_free(&m);
}

/* Sorted as C sorts: the largest first. Head 2 has the most for the previous token. */
static void orders(void **state) {
    (void)state;
    model_figure m = model_figure_new(5, 2, 2);
    gaze_model_page page = page_of(&m);
    gaze_buffer html = {0};
    m.badges[2].values[GAZE_BADGE_PREVIOUS] = 0.75;
    write_page(&page, &html);
    assert_non_null(strstr(html.data, "\"previous\": [2,0,1,3]"));
    assert_non_null(strstr(html.data, "\"layer\": [0,1,2,3]"));
    gaze_buffer_deinit(&html);
    model_figure_free(&m);
}

/* The last layer is always there; what was left out is said. */
static void budget(void **state) {
    (void)state;
    model_figure m = model_figure_new(16, 3, 2);
    gaze_model_page page = page_of(&m);
    gaze_buffer html = {0};
    page.budget = 1;
    write_page(&page, &html);
    assert_null(strstr(html.data, "\"1\": [\""));
    assert_non_null(strstr(html.data, "\"2\": [\""));
    assert_non_null(strstr(html.data, "(--full keeps them): layers 0, 1."));
    gaze_buffer_deinit(&html);
    model_figure_free(&m);
}

/* The spec allows 25 kB of script in a page. */
static void scripts_are_small(void **state) {
    (void)state;
    const unsigned char *const scripts[] = {gaze_script_inflate, gaze_script_common, gaze_script_dots,
                                            gaze_script_model_view};
    size_t size = 0;
    for (size_t i = 0; i < 4; i++) size += strlen((const char *)scripts[i]);
    assert_in_range(size, 1, 25 * 1024);
}

static void hostile(void **state) {
    (void)state;
    for (size_t i = 0; i < hostile_count; i++) {
        model_figure m = model_figure_new(3, 1, 2);
        gaze_label labels[3];
        gaze_buffer html = {0};
        for (size_t k = 0; k < 3; k++)
            labels[k] = (gaze_label){.text = hostile_texts[i].at, .length = hostile_texts[i].length};
        m.view.labels = labels;
        m.view.figure.model = m.view.figure.text = m.view.figure.note = hostile_texts[i].at;
        m.view.figure.text_length = hostile_texts[i].length;
        gaze_model_page page = page_of(&m);
        write_page(&page, &html);
        assert_int_equal(strlen(html.data), html.length);
        assert_int_equal(count_of(html.data, "<script"), 2);
        assert_int_equal(count_of(html.data, "</script"), 2);
        assert_int_equal(count_of(html.data, "onload=\""), 0);
        gaze_buffer_deinit(&html);
        model_figure_free(&m);
    }
}

static gaze_status write_again(void *context) {
    gaze_buffer html = {0};
    gaze_status status = gaze_model_view_html(&html, context, NULL);
    gaze_buffer_deinit(&html);
    return status;
}

static void refused_and_out_of_memory(void **state) {
    (void)state;
    model_figure m = model_figure_new(3, 2, 2);
    gaze_model_page page = page_of(&m);
    assert_true(fail_each_allocation(write_again, &page) > 5);
    page.view.count = 0;
    assert_int_equal(write_again(&page), GAZE_ERROR_ARGUMENT);
    model_figure_free(&m);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand), cmocka_unit_test(orders),
        cmocka_unit_test(budget),  cmocka_unit_test(scripts_are_small),
        cmocka_unit_test(hostile), cmocka_unit_test(refused_and_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
