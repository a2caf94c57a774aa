/* The neuron view's page: what the script is given, what it may not do, how large it is.
 *
 * By hand: of (1, -2, .5) the largest is 2, so in 8 bits the scale is 2/127; 1 is 63.5 steps, which rounds up to 64, and
 * comes back as 1.0079; -2 as itself; .5 as 32 steps, .5039. The error is never more than half a step, .0079. In 12 bits a
 * step is 2/2047.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/json.h"
#include "core/explain/steps.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/neurons.h"
#include "tests/support/png_read.h"
#include "tests/support/xml_check.h"
#include "viz/html/scripts.h"
#include "viz/neuron_view/pack.h"

static void test_rounding_by_hand(void **state) {
    (void)state;
    static const float x[3] = {1, -2, .5f};
    float out[3];
    double scale = gaze_neuron_round(out, x, 3, 8);
    assert_true(scale == 2. / 127);
    assert_true(out[0] == (float)(64 * scale) && out[1] == -2 && out[2] == (float)(32 * scale));
    for (size_t i = 0; i < 3; i++) assert_true(fabs((double)(out[i] - x[i])) <= scale / 2);
    assert_true(gaze_neuron_round(out, x, 3, 12) == 2. / 2047);
    assert_true(gaze_neuron_round(out, x, 3, 16) == 2. / 32767);
    for (size_t i = 0; i < 3; i++) assert_true(fabs((double)(out[i] - x[i])) <= 1. / 32767);
}

static void test_rounding_again_changes_nothing(void **state) {
    (void)state;
    neurons n = neurons_new(8, 64, 8);
    float once[512], twice[512];
    for (unsigned bits = 8; bits <= 16; bits += 8) {
        double first = gaze_neuron_round(once, n.keys, 512, bits), second = gaze_neuron_round(twice, once, 512, bits);
        assert_true(fabs(first - second) < 1e-9);
        for (size_t i = 0; i < 512; i++) assert_true(fabsf(once[i] - twice[i]) < 1e-6f);
    }
    neurons_free(&n);
}

static void test_no_number_is_0(void **state) {
    (void)state;
    static const float x[4] = {NAN, INFINITY, -INFINITY, 3}, zero[2] = {0, 0};
    float out[4];
    gaze_neuron_round(out, x, 4, 16);
    assert_true(out[0] == 0 && out[1] == 0 && out[2] == 0 && out[3] == 3);
    assert_true(gaze_neuron_round(out, zero, 2, 16) == 0 && out[0] == 0 && out[1] == 0);
}

/* -1 is FF in 8 bits; in 16 the low bytes stand first. Stored deflate blocks are not assumed: only without zlib. */
static void test_packed(void **state) {
    (void)state;
    static const float ones[2] = {-1, 1};
    const float *const arrays[1] = {ones};
    const double scale = 1. / 127;
    gaze_buffer out = {0};
    gaze_error err = {0};
    size_t size;
    assert_int_equal(gaze_neuron_pack(&out, arrays, &scale, 1, 2, 8, &err), GAZE_OK);
    uint8_t *bytes = base64_read(out.data, &size);
    assert_int_equal(bytes[0] & 15, 8); /* zlib */
    free(bytes);
    gaze_buffer_deinit(&out);
}

/* Pages --------------------------------------------------------------------------------------------------- */

typedef struct page {
    neurons n;
    gaze_neuron_head heads[2];
    gaze_neuron_page page;
} page;

static page *page_new(size_t tokens, size_t K, size_t heads) {
    page *p = calloc(1, sizeof *p);
    assert_non_null(p);
    p->n = neurons_new(tokens, K, tokens <= GAZE_NEURON_ALL ? tokens : GAZE_NEURON_SOME);
    for (size_t h = 0; h < 2; h++)
        p->heads[h] = (gaze_neuron_head){p->n.queries, p->n.keys, p->n.values, 2. / 32767, 2. / 32767, 2. / 32767};
    p->n.view.page = true;
    p->n.view.head = 1;
    p->page = (gaze_neuron_page){.view = p->n.view, .heads = p->heads, .first_layer = (size_t)p->n.view.layer,
                                 .layer_count = 1, .head_count = heads, .bits = 16, .largest_error = 2e-5};
    return p;
}

static void page_free(page *p) {
    neurons_free(&p->n);
    free(p);
}

static gaze_buffer written(const gaze_neuron_page *what) {
    gaze_buffer html = {0};
    gaze_error err = {0};
    if (gaze_neuron_view_html(&html, what, &err)) fail_msg("%s", err.message);
    assert_int_equal(strlen(html.data), html.length);
    return html;
}

/* The data between its script's tags. */
static gaze_json *data_of(const gaze_buffer *html) {
    gaze_json *json = NULL;
    gaze_error err = {0};
    const char *start = strstr(html->data, "type=\"application/json\">");
    assert_non_null(start);
    start = strchr(start, '>') + 1;
    const char *end = strstr(start, "</script>");
    if (gaze_json_parse(&json, start, (size_t)(end - start), NULL, &err)) fail_msg("%s", err.message);
    return json;
}

static void test_data(void **state) {
    (void)state;
    page *p = page_new(5, 8, 2);
    gaze_buffer html = written(&p->page);
    gaze_json *json = data_of(&html);
    const gaze_json_value *root = gaze_json_root(json);
    uint64_t tokens, head;
    assert_true(gaze_json_uint64(gaze_json_get(root, "tokens"), &tokens) && tokens == 5);
    assert_true(gaze_json_uint64(gaze_json_get(root, "head"), &head) && head == 1);
    assert_true(gaze_json_equals(gaze_json_get(root, "specials"), "10001"));
    const gaze_json_value *first = gaze_json_first(gaze_json_first(gaze_json_get(root, "vectors")));
    double scale;
    assert_true(gaze_json_double(first, &scale) && scale == 2. / 32767);
    assert_non_null(strstr(html.data, "differ from the model&#39;s by 0.0001 at most"));
    gaze_json_free(json);
    gaze_buffer_deinit(&html);
    page_free(p);
}

/* q of every token up to 32, that of the query alone beyond. */
static void test_queries(void **state) {
    (void)state;
    static const size_t tokens[] = {8, 33};
    for (size_t i = 0; i < 2; i++) {
        page *p = page_new(tokens[i], 8, 1);
        gaze_buffer html = written(&p->page);
        const char *group = strstr(html.data, "id=\"gaze-queries\""), *end = strstr(group, "id=\"gaze-keys\"");
        size_t count = 0;
        for (const char *at = group; (at = strstr(at, "<text")) && at < end; at++) count++;
        assert_int_equal(count, i ? 1 : 8);
        gaze_buffer_deinit(&html);
        page_free(p);
    }
}

static size_t elements_of(const gaze_buffer *html) {
    size_t count = 0;
    const char *end = strstr(html->data, "<script");
    for (const char *at = html->data; at < end; at++)
        if (at[0] == '<' && at[1] >= 'a' && at[1] <= 'z') count++;
    return count;
}

static void test_size(void **state) {
    (void)state;
    static const size_t tokens[] = {8, 32, 128, 512};
    for (size_t i = 0; i < 4; i++) {
        page *p = page_new(tokens[i], 64, 2);
        gaze_buffer html = written(&p->page);
        print_message("note: %zu tokens, 2 heads of 64: %zu bytes, %zu elements\n", tokens[i], html.length,
                      elements_of(&html));
        assert_true(elements_of(&html) <= 5000);
        gaze_buffer_deinit(&html);
        page_free(p);
    }
    size_t script = strlen((const char *)gaze_script_common) + strlen((const char *)gaze_script_inflate) +
                    strlen((const char *)gaze_script_neuron_view);
    print_message("note: %zu bytes of script\n", script);
    assert_true(script <= 25000);
}

static const char *const hostile[] = {"a", "</script><script>alert(1)</script>", "<!--<script>", "]]>", "\" onload=\"x",
                                      "' onload='x", "\x01\x02\x7f", "\xff\xfe", "\u202Eevil", "\u2028", "", "{}{}",
                                      "\u0627\u0644 </title>"};

static void test_hostile(void **state) {
    (void)state;
    size_t elements = 0;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        page *p = page_new(5, 8, 2);
        gaze_figure *about = &p->page.view.figure;
        size_t length = strlen(hostile[i]);
        for (size_t t = 0; t < 5; t++) p->n.labels[t] = (gaze_label){.text = hostile[i], .length = length};
        about->title = about->model = about->note = about->text = about->pair = hostile[i];
        about->text_length = about->pair_length = length;
        p->n.share = (gaze_share){.text = hostile[i], .length = length};
        about->shares = &p->n.share;
        about->share_count = 1;
        about->special = GAZE_SPECIAL_DIM;
        gaze_buffer html = written(&p->page);
        assert_int_equal(count_of(html.data, "<script"), 2);
        assert_int_equal(count_of(html.data, "</script"), 2);
        assert_int_equal(count_of(html.data, "onload=\""), 0);
        assert_int_equal(count_of(html.data, "=\"http"), 2 + count_of(html.data, "=\"http-"));
        if (i == 0) elements = elements_of(&html);
        assert_int_equal(elements_of(&html), elements);
        gaze_json_free(data_of(&html));
        gaze_buffer_deinit(&html);
        page_free(p);
    }
}

static gaze_status write_once(void *context) {
    gaze_buffer html = {0};
    gaze_error err = {0};
    gaze_status status = gaze_neuron_view_html(&html, context, &err);
    gaze_buffer_deinit(&html);
    return status;
}

static void test_memory_fails(void **state) {
    (void)state;
    page *p = page_new(5, 8, 2);
    assert_true(fail_each_allocation(write_once, &p->page) > 5);
    page_free(p);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rounding_by_hand),
        cmocka_unit_test(test_rounding_again_changes_nothing),
        cmocka_unit_test(test_no_number_is_0),
        cmocka_unit_test(test_packed),
        cmocka_unit_test(test_data),
        cmocka_unit_test(test_queries),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_memory_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
