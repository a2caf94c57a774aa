/* The neuron view: that what it prints is true, how much it is, and that it stays in its place.
 *
 * By hand, the two keys of tests/core/test_steps.c: q . k is 2 and -2, divided by the root of 4 it is 1 and -1, the
 * weights are .881 and .119; the output (.881, .358, .477, 0). With a limit of 2 for vectors, the cell of 1 has the
 * colour of level 16 of 31 (15.5 rounds up).
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/neurons.h"
#include "tests/support/xml_check.h"
#include "viz/neuron_view/draw.h"

static const float queries[8] = {1, 2, 0, 0, 0, 0, 0, 0}, keys[8] = {2, 0, 0, 0, 0, -1, 0, 0};
static const float values[8] = {1, 0, 0, 0, 0, 3, 4, 0}, products[8] = {2, 0, 0, 0, 0, -2, 0, 0};
static const float weights[2] = {.8807971f, .1192029f}, output[4] = {.8807971f, .3576087f, .4768116f, 0};
static const double dots[2] = {2, -2}, scores[2] = {1, -1}, norms[2] = {.8807971, .5960146};
static const size_t rows[2] = {0, 1}, order[4] = {0, 1, 2, 3};

static gaze_neuron_view by_hand(const gaze_label labels[2]) {
    return (gaze_neuron_view){.figure = {.model = "by hand", .text = "a b", .text_length = 3, .theme = GAZE_THEME_LIGHT},
                              .layer = 5, .labels = labels, .token_count = 2, .head_size = 4, .rows = rows,
                              .row_count = 2, .queries = queries, .keys = keys, .values = values,
                              .products = products, .dots = dots, .scores = scores, .weights = weights,
                              .norms = norms, .output = output, .order = order,
                              .limits = {.vectors = 2, .products = 2, .scores = 1, .values = 3, .output = 1}};
}

static const gaze_label ab[2] = {{.text = "a", .length = 1, .id = 7}, {.text = "b", .length = 1, .id = 8}};

/* The figure, with lines of the caption joined: they end anywhere. */
static gaze_buffer drawn(const gaze_neuron_view *view) {
    gaze_buffer svg = {0}, joined = {0};
    neurons_draw(view, &svg);
    for (const char *at = svg.data; *at; at++)
        if (strncmp(at, " </text>\n<text", 14) == 0)
            at = strchr(at + 9, '>'), gaze_buffer_putc(&joined, ' ');
        else
            gaze_buffer_putc(&joined, *at);
    gaze_buffer_deinit(&svg);
    return joined;
}

static void expect(const gaze_buffer *svg, const char *text) {
    if (!strstr(svg->data, text)) fail_msg("not in the figure: %s", text);
}

static void test_by_hand(void **state) {
    (void)state;
    gaze_neuron_view view = by_hand(ab);
    gaze_buffer svg = drawn(&view);
    static const char *const numbers[] = {">2.000<", ">-2.000<", ">1.000<",  ">-1.000<", ">0.881<", ">0.119<", ">0.596<",
                                          "/ √4<",   "±1.00<",  "&#39;a&#39; attends to &#39;a&#39; 0.881, &#39;b&#39; 0.119<",
                                          "q of &#39;a&#39;, by dimension: 1.000 2.000 0.000 0.000<",
                                          "output for &#39;a&#39;, by dimension: 0.881 0.358 0.477 0.000<",
                                          "All keys are shown; their weights sum to 1.000.",
                                          "1 of 4 dimensions", "make 2.000 of q · k = 2.000", "(100 %)",
                                          "tick in the corner: 1.",
                                          ">5.000<", "over all 2 keys, own scale ±1.00<"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        expect(&svg, numbers[i]);
    expect(&svg, "Layer 5, head 0, from &#39;a&#39;");
    gaze_rgb color = gaze_color_signed(16 / 31.0);
    char stroke[64];
    snprintf(stroke, sizeof stroke, "stroke=\"#%02x%02x%02x\"", color.r, color.g, color.b);
    expect(&svg, stroke);
    gaze_buffer_deinit(&svg);
}

static void test_levels(void **state) {
    (void)state;
    assert_int_equal(gaze_neuron_level(0, 2), 0);
    assert_int_equal(gaze_neuron_level(1, 2), 16);
    assert_int_equal(gaze_neuron_level(-1, 2), -16);
    assert_int_equal(gaze_neuron_level(2, 2), 31);
    assert_int_equal(gaze_neuron_level(-9, 2), -31);
    assert_int_equal(gaze_neuron_level((double)NAN, 2), 0);
    assert_int_equal(gaze_neuron_level((double)INFINITY, 2), 0);
    assert_int_equal(gaze_neuron_level(1, 0), 0);
    assert_false(gaze_neuron_is_clipped(2, 2));
    assert_true(gaze_neuron_is_clipped(-2.1, 2));
}

static void test_dark_colours_are_legible(void **state) {
    (void)state;
    static const gaze_neuron_column letters[] = {GAZE_NEURON_Q, GAZE_NEURON_K, GAZE_NEURON_V};
    static const gaze_theme themes[] = {GAZE_THEME_LIGHT, GAZE_THEME_DARK};
    for (size_t i = 0; i < 6; i++) {
        gaze_neuron_view view = by_hand(ab);
        gaze_palette palette;
        view.figure.theme = themes[i / 3];
        gaze_palette_fill(&palette, &view.figure);
        assert_true(gaze_color_contrast(palette.paper, gaze_neuron_letter_color(&view, letters[i % 3])) >= 4.5);
    }
}

/* Keys without a row: what they hold stands below the rows. */
static void test_others(void **state) {
    (void)state;
    gaze_neuron_view view = by_hand(ab);
    view.row_count = 1;
    gaze_buffer svg = drawn(&view);
    expect(&svg, ">other keys (1)</text>");
    expect(&svg, ">0.119</text>");
    gaze_buffer_deinit(&svg);
}

/* Bytes that are kept: after a change that is wanted, GAZE_UPDATE_GOLDEN=1 make test T=neuron_view, and look at them. */
static void test_golden(void **state) {
    (void)state;
    static const gaze_label labels[2] = {{.text = "猫", .length = 3, .id = 7},
                                         {.text = "##\u0301<b", .length = 6, .marker = 2, .id = 8}};
    gaze_neuron_view view = by_hand(labels);
    gaze_buffer svg = {0};
    neurons_draw(&view, &svg);
    figure_assert_golden("tests/data/viz/neuron.svg", &svg);
    gaze_buffer_clear(&svg);
    view.figure.theme = GAZE_THEME_DARK;
    view.figure.language = GAZE_LANGUAGE_ZH;
    view.sorted = true;
    neurons_draw(&view, &svg);
    figure_assert_golden("tests/data/viz/neuron-dark-zh.svg", &svg);
    gaze_buffer_deinit(&svg);
}

/* Any number of tokens, dimensions of BERT-base: at most 250 kB and 5,000 elements. */
static void test_size(void **state) {
    (void)state;
    static const size_t tokens[] = {1, 8, 32, 128, 512}, sizes[] = {64, 128};
    for (size_t i = 0; i < 10; i++) {
        size_t T = tokens[i % 5], R = T < 13 ? T : T <= 16 ? T : 13;
        neurons n = neurons_new(T, sizes[i / 5], R);
        gaze_buffer svg = {0};
        size_t elements = neurons_draw(&n.view, &svg);
        if (i < 5) print_message("note: %zu tokens of 64 dimensions: %zu bytes, %zu elements\n", T, svg.length, elements);
        assert_true(svg.length <= (i < 5 ? 250000 : 500000));
        assert_true(elements <= 5000);
        gaze_buffer_deinit(&svg);
        neurons_free(&n);
    }
}

/* What the caption counts: here 5 of 20 keys. */
static void test_caption_is_true(void **state) {
    (void)state;
    neurons n = neurons_new(20, 8, 5);
    char text[160];
    double shown = 0, all = 0;
    n.view.limits.vectors = n.view.limits.products = n.view.limits.values = n.view.limits.output = 1e9;
    n.view.limits.scores = 1e9;
    n.keys[3] = 2e9f;
    n.keys[8 * 6] = 2e9f; /* of a key that is not drawn */
    n.values[9] = NAN;
    n.view.softmax_error = .25;
    for (size_t s = 0; s < 20; s++) {
        if (s < 5) shown += (double)n.weights[s];
        all += (double)n.weights[s];
    }
    gaze_buffer svg = drawn(&n.view);
    snprintf(text, sizeof text, "5 keys of 20 with %.3f of the weight, out of a sum of %.3f over all.", shown, all);
    expect(&svg, text);
    expect(&svg, "with a tick in the corner: 1.");
    expect(&svg, "because they hold no number: 1.");
    expect(&svg, "differ by up to 0.250 from softmax");
    gaze_buffer_deinit(&svg);
    neurons_free(&n);
}

static void test_special_tokens(void **state) {
    (void)state;
    neurons n = neurons_new(4, 8, 4);
    n.share = (gaze_share){.text = "[SEP]", .length = 5, .least = .625, .most = .625};
    n.view.figure.shares = &n.share;
    n.view.figure.share_count = 1;
    gaze_buffer svg = drawn(&n.view);
    assert_null(strstr(svg.data, "62.5"));
    gaze_buffer_clear(&svg);
    n.view.figure.special = GAZE_SPECIAL_DIM;
    neurons_draw(&n.view, &svg);
    expect(&svg, "[SEP] takes 62.5 %");
    assert_int_equal(count_of(svg.data, "fill-opacity=\"0.6\""), 1);
    gaze_buffer_clear(&svg);
    n.view.figure.special = GAZE_SPECIAL_HIDE;
    n.view.rows = n.rows + 1;
    n.view.row_count = 2;
    neurons_draw(&n.view, &svg);
    expect(&svg, "(hidden)");
    assert_null(strstr(strstr(svg.data, "attends to"), "&#39;[CLS]&#39;"));
    gaze_buffer_deinit(&svg);
    neurons_free(&n);
}

static void test_masked_keys_say_so(void **state) {
    (void)state;
    gaze_neuron_view view = by_hand(ab);
    const double masked[2] = {1, -(double)INFINITY};
    view.scores = masked;
    gaze_buffer svg = drawn(&view);
    expect(&svg, ">masked<");
    expect(&svg, ">-1.000<");
    gaze_buffer_deinit(&svg);
}

/* Two words 'a': the title, the line, the caption and what is said on hover tell which. */
static void test_equal_words(void **state) {
    (void)state;
    gaze_label twice[2] = {ab[0], ab[0]};
    gaze_labels_number(twice, 2);
    gaze_neuron_view view = by_hand(twice);
    view.query = 1;
    gaze_buffer svg = drawn(&view);
    expect(&svg, ", from &#39;a&#39; (2)");
    expect(&svg, "&#39;a&#39; (2) attends to &#39;a&#39; (1) 0.881, &#39;a&#39; (2) 0.119<");
    expect(&svg, "for the strongest key, &#39;a&#39; (1)");
    expect(&svg, "k of &#39;a&#39; (2), by dimension: ");
    gaze_buffer_deinit(&svg);
}

/* The same figure in another order of the dimensions: the same numbers on hover. */
static void test_sorted(void **state) {
    (void)state;
    gaze_neuron_view view = by_hand(ab);
    const size_t reversed[4] = {3, 2, 1, 0};
    view.order = reversed;
    gaze_buffer plain = drawn(&view);
    view.sorted = true;
    gaze_buffer sorted = drawn(&view);
    expect(&sorted, "Dimensions stand in the order of");
    assert_null(strstr(plain.data, "Dimensions stand"));
    assert_true(strcmp(plain.data, sorted.data) != 0);
    expect(&sorted, "q of &#39;a&#39;, by dimension: 1.000 2.000 0.000 0.000<");
    gaze_buffer_deinit(&plain);
    gaze_buffer_deinit(&sorted);
}

static const char *const hostile[] = {"a", "</text><script>alert(1)</script>", "\" onload=\"alert(1)", "' onload='x",
                                      "]]><![CDATA[", "--><!--", "&#0;&amp;&xxe;", "\x01\x02\x1b\x7f", "\xff\xfe\xc0\xaf",
                                      "\u202Eevil\u202C", "\u2066\u2069", "\u0627\u0644\u0639 </title>",
                                      "\U0001F469\u200D\U0001F469", "a\nb\tc", "", "{}{}%s%n", "url(http:x)"};

/* In labels, title, model, note and texts: nothing becomes an element, an attribute or an address. */
static void test_hostile(void **state) {
    (void)state;
    size_t elements = 0;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        neurons n = neurons_new(5, 8, 5);
        gaze_figure *about = &n.view.figure;
        for (size_t t = 0; t < 5; t++) n.labels[t] = (gaze_label){.text = hostile[i], .length = strlen(hostile[i])};
        about->title = i % 2 ? hostile[i] : NULL;
        about->model = about->note = about->text = about->pair = hostile[i];
        about->text_length = about->pair_length = strlen(hostile[i]);
        n.share = (gaze_share){.text = hostile[i], .length = strlen(hostile[i])};
        about->shares = &n.share;
        about->share_count = 1;
        about->special = GAZE_SPECIAL_DIM;
        gaze_buffer svg = {0};
        size_t now = neurons_draw(&n.view, &svg);
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "onload=\""), 0);
        assert_int_equal(count_of(svg.data, "=\"http"), 2); /* the two namespaces */
        assert_int_equal(strlen(svg.data), svg.length);
        if (i == 0) elements = now;
        assert_true(now + 4 >= elements && now <= elements + 4); /* lines of the caption */
        gaze_buffer_deinit(&svg);
        neurons_free(&n);
    }
}

static void test_long_labels(void **state) {
    (void)state;
    neurons n = neurons_new(5, 64, 5);
    char *text = malloc(1 << 20);
    assert_non_null(text);
    memset(text, 'x', 1 << 20);
    text[5] = '\0';
    for (size_t t = 0; t < 5; t++) n.labels[t] = (gaze_label){.text = text, .length = 1 << 20};
    gaze_buffer svg = drawn(&n.view);
    assert_true(svg.length < 250000);
    gaze_buffer_deinit(&svg);
    free(text);
    neurons_free(&n);
}

static void fails(gaze_neuron_view view, gaze_status want) {
    gaze_buffer svg = {0};
    gaze_error err = {0};
    assert_int_equal(gaze_neuron_view_svg(&svg, &view, &err), want);
    gaze_buffer_deinit(&svg);
}

static void test_what_cannot_be_drawn(void **state) {
    (void)state;
    gaze_neuron_view view = by_hand(ab);
    static const size_t beyond[2] = {0, 2};
#define FAILS(field, value, status)                                                                          \
    do {                                                                                                     \
        gaze_neuron_view wrong = view;                                                                       \
        wrong.field = value;                                                                                 \
        fails(wrong, status);                                                                                \
    } while (0)
    FAILS(token_count, 0, GAZE_ERROR_ARGUMENT);
    FAILS(head_size, 0, GAZE_ERROR_ARGUMENT);
    FAILS(row_count, 0, GAZE_ERROR_ARGUMENT);
    FAILS(query, 2, GAZE_ERROR_ARGUMENT);
    FAILS(strongest, 2, GAZE_ERROR_ARGUMENT);
    FAILS(rows, beyond, GAZE_ERROR_ARGUMENT);
    FAILS(token_count, 5000, GAZE_ERROR_LIMIT);
    FAILS(head_size, 1025, GAZE_ERROR_LIMIT);
    FAILS(row_count, 65, GAZE_ERROR_LIMIT);
}

static gaze_status draw_once(void *context) {
    gaze_buffer svg = {0};
    gaze_error err = {0};
    gaze_status status = gaze_neuron_view_svg(&svg, context, &err);
    if (!status) assert_xml(svg.data, svg.length);
    gaze_buffer_deinit(&svg);
    return status;
}

static void test_memory_fails(void **state) {
    (void)state;
    gaze_neuron_view view = by_hand(ab);
    assert_true(fail_each_allocation(draw_once, &view) > 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_others),
        cmocka_unit_test(test_levels),
        cmocka_unit_test(test_dark_colours_are_legible),
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_equal_words),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_caption_is_true),
        cmocka_unit_test(test_special_tokens),
        cmocka_unit_test(test_masked_keys_say_so),
        cmocka_unit_test(test_sorted),
        cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_long_labels),
        cmocka_unit_test(test_what_cannot_be_drawn),
        cmocka_unit_test(test_memory_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
