/* The page of the model view, viz/model_view/page.h: what C writes of it; tests/browser/model_view.test.js tries it.
 *
 * By hand: two layers of two heads and their means are six thumbnails; the weights of both layers are in the data.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/deflate.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/hostile.h"
#include "tests/support/model_views.h"
#include "tests/support/random.h"
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
    assert_int_equal(count_of(html.data, "<image"), 1); /* of which each shows a part */
    assert_int_equal(count_of(html.data, "href=\"#gaze-sprite\""), 6);
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

/* Attention as heads have it: a softmax of scores of different sharpness, in which some keys get much from all queries. */
static void fill_head(float *weights, size_t count, double sharpness, random_state *random) {
    double bias[512], row[512];
    for (size_t s = 0; s < count; s++) bias[s] = random_uniform(random) + random_uniform(random);
    for (size_t t = 0; t < count; t++) {
        double sum = 0;
        for (size_t s = 0; s < count; s++) {
            double score = random_uniform(random) + random_uniform(random) + random_uniform(random);
            sum += row[s] = exp(sharpness * score + bias[s]);
        }
        for (size_t s = 0; s < count; s++) weights[t * count + s] = (float)(row[s] / sum);
    }
}

/* 144 heads with 12 matrices between them: each is packed by itself, so that no two share bytes. */
static size_t size_of_page(size_t count, bool full) {
    model_figure m = model_figure_new(2, 12, 12);
    gaze_label labels[512];
    random_state random = {count};
    float *weights = malloc(12 * count * count * sizeof *weights);
    assert_non_null(weights);
    for (size_t i = 0; i < count; i++) labels[i] = (gaze_label){.text = "token", .length = 5};
    for (size_t i = 0; i < 12; i++) fill_head(weights + i * count * count, count, 0.5 + 0.3 * (double)i, &random);
    for (size_t i = 0; i < 144; i++) m.figure.panels[i].weights = weights + i % 12 * count * count;
    m.view.count = count;
    m.view.labels = labels;
    gaze_model_page page = page_of(&m);
    page.budget = full ? 0 : GAZE_MODEL_PAGE_BUDGET;
    gaze_buffer html = {0};
    write_page(&page, &html);
    size_t size = html.length;
    print_message("note: 12 x 12 heads, %zu tokens%s: %zu bytes\n", count, full ? ", --full" : "", size);
    gaze_buffer_deinit(&html);
    free(weights);
    model_figure_free(&m);
    return size;
}

static void sizes(void **state) {
    (void)state;
    if (!gaze_deflate_available()) skip();
    assert_in_range(size_of_page(8, false), 1, 300000);
    assert_in_range(size_of_page(32, false), 1, 300000);
    assert_in_range(size_of_page(128, false), 1000000, 2000000);
    assert_in_range(size_of_page(512, false), 1, 8000000);
    assert_in_range(size_of_page(512, true), 10000000, 26000000);
}

/* The script draws the thumbnails where all weights are there and each is a number; else the picture is a fine one. */
static void redrawn(void **state) {
    (void)state;
    model_figure m = model_figure_new(32, 4, 8);
    gaze_model_page page = page_of(&m);
    gaze_buffer html = {0};
    write_page(&page, &html);
    assert_non_null(strstr(html.data, "\"redrawn\": true"));
    assert_non_null(strstr(html.data, "viewBox=\"16 0 16 16\"")); /* of the second head: two tokens are a dot */
    page.budget = 1;
    gaze_buffer_clear(&html);
    write_page(&page, &html);
    assert_non_null(strstr(html.data, "\"redrawn\": false"));
    assert_non_null(strstr(html.data, "viewBox=\"32 0 32 32\""));
    page.budget = 0;
    m.figure.weights[31 * 32 * 32 + 5] = NAN;
    gaze_buffer_clear(&html);
    write_page(&page, &html);
    assert_non_null(strstr(html.data, "\"redrawn\": false"));
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
    assert_in_range(size, 1, 25000);
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
        cmocka_unit_test(budget),  cmocka_unit_test(sizes), cmocka_unit_test(redrawn),  cmocka_unit_test(scripts_are_small),
        cmocka_unit_test(hostile), cmocka_unit_test(refused_and_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
