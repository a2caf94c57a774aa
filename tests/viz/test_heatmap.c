/* The heat map, viz/heatmap/heatmap.h: what is drawn and what is said.
 *
 * By hand: two tokens, the first looking .75 at itself and .25 at the other, the second half and half.
 * The levels are round(255 sqrt(w)) = 221, 128, 180, 180; the numbers .75 .25 .50 .50; both rows sum to 1.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"

static const gaze_label two[2] = {{.text = "a", .length = 1, .id = 7}, {.text = "b", .length = 1, .id = 8}};

static gaze_heatmap two_by_two(const float *weights, gaze_panel *panel) {
    *panel = (gaze_panel){weights, 4, 3};
    return (gaze_heatmap){
        .rows = two, .columns = two, .row_count = 2, .column_count = 2, .panels = panel, .panel_count = 1};
}

static void assert_has(const gaze_buffer *svg, const char *needle) {
    if (!strstr(svg->data, needle)) fail_msg("not in the figure: %s", needle);
}

static void assert_has_not(const gaze_buffer *svg, const char *needle) {
    if (strstr(svg->data, needle)) fail_msg("in the figure: %s", needle);
}

/* Which of two words 'a': on hover and in the caption. */
static void test_equal_words(void **state) {
    (void)state;
    const float weights[] = {0.25f, 0.75f, 0.5f, 0.5f};
    gaze_label twice[2] = {two[0], two[0]};
    gaze_labels_number(twice, 2);
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    map.rows = map.columns = twice;
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "<title>from &#39;a&#39; (1) to &#39;a&#39; (2): 0.7500</title>");
    assert_has(&svg, "Strongest: &#39;a&#39; (1) → &#39;a&#39; (2) .75.");
    gaze_buffer_deinit(&svg);
}

static void test_by_hand(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    static const unsigned levels[] = {221, 128, 180};
    for (size_t i = 0; i < 3; i++) {
        gaze_rgb color = gaze_color_ramp(levels[i]);
        char rect[80];
        snprintf(rect, sizeof rect, "height=\"55\" fill=\"#%02x%02x%02x\"><title>", color.r, color.g,
                 color.b);
        assert_has(&svg, rect);
    }
    assert_has(&svg, ">.75</text>");
    assert_has(&svg, ">.25</text>");
    assert_int_equal(count_of(svg.data, ">.50</text>"), 2);
    assert_has(&svg, "<title>from &#39;a&#39; to &#39;b&#39;: 0.2500</title>");
    assert_has(&svg, "<title>a, id 7</title>a</text>");
    assert_has(&svg, ">Layer 4, head 3<");
    assert_has(&svg, "Each row sums to 1.");
    assert_int_equal(count_of(svg.data, ">1.00</text>"), 2);
    assert_has(&svg, "Rows: query, attends from. Columns: key, attended to.");
    assert_has(&svg, "Attention is not an explanation");
    gaze_buffer_deinit(&svg);
}

/* Rows that are no distribution are reported as they are. */
static void test_sums(void **state) {
    (void)state;
    const float weights[] = {0.5f, 0.25f, 0.25f, 0.16f};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "Rows sum to 0.41 to 0.75 here.");
    assert_has_not(&svg, "Each row sums to 1.");
    assert_has(&svg, ">0.75</text>");
    gaze_buffer_deinit(&svg);
}

/* What is no weight is drawn as such and counted; nothing of it is hidden. */
static void test_not_numbers(void **state) {
    (void)state;
    const float weights[] = {(float)NAN, 1.5f, -0.5f, INFINITY};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "Hatched cells hold no number: 2.");
    assert_has(&svg, "Weights outside 0 to 1, drawn at an end of the scale: 2.");
    assert_has(&svg, "stroke=\"#c0392b\"");
    assert_has(&svg, ">1.50</text>");
    assert_has(&svg, ">-0.50</text>");
    assert_has(&svg, ": NaN</title>");
    assert_has(&svg, ": inf</title>");
    assert_int_equal(count_of(svg.data, "M0 27"), 1);
    gaze_buffer_deinit(&svg);
}

static void assert_title(int32_t layer, int32_t head, const char *want) {
    const float weights[] = {1, 0, 0, 1};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    panel.layer = layer;
    panel.head = head;
    figure_draw(&map, &svg);
    assert_has(&svg, want);
    gaze_buffer_deinit(&svg);
}

static void test_titles(void **state) {
    (void)state;
    assert_title(0, 11, ">Layer 0, head 11<");
    assert_title(5, GAZE_PANEL_MEAN, ">Layer 5, mean over heads<");
    assert_title(5, GAZE_PANEL_MAX, ">Layer 5, maximum over heads<");
    assert_title(GAZE_PANEL_MEAN, GAZE_PANEL_MEAN, ">Mean over layers, mean over heads<");
}

static void test_panels_have_names(void **state) {
    (void)state;
    gaze_buffer svg = {0};
    figure one_layer = figure_new(5, 1, 12), model = figure_new(4, 3, 4), means = figure_new(4, 6, 1);
    figure_draw(&one_layer.map, &svg);
    assert_has(&svg, ">Layer 0, heads 0 to 11<");
    for (int i = 0; i < 12; i++) {
        char name[32];
        snprintf(name, sizeof name, ">head %d</text>", i);
        assert_int_equal(count_of(svg.data, name), 1);
    }
    gaze_buffer_clear(&svg);
    figure_draw(&model.map, &svg);
    assert_has(&svg, ">Layers 0 to 2, heads 0 to 3<");
    assert_int_equal(count_of(svg.data, ">head 3</text>"), 1);
    assert_int_equal(count_of(svg.data, ">layer 2</text>"), 1);
    gaze_buffer_clear(&svg);
    for (size_t i = 0; i < 6; i++) means.panels[i].head = GAZE_PANEL_MEAN;
    figure_draw(&means.map, &svg);
    assert_has(&svg, ">Layers 0 to 5, mean over heads<");
    assert_int_equal(count_of(svg.data, ">layer 5</text>"), 1);
    gaze_buffer_deinit(&svg);
    figure_free(&one_layer);
    figure_free(&model);
    figure_free(&means);
}

/* The description names the three largest weights, largest first. */
static void test_description(void **state) {
    (void)state;
    const float weights[] = {0.1f, 0.9f, 0.35f, 0.65f};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg,
               "Strongest links: &#39;a&#39; → &#39;b&#39; .90; &#39;b&#39; → &#39;b&#39; .65; "
               "&#39;b&#39; → &#39;a&#39; .35.</desc>");
    assert_has(&svg, "role=\"img\" aria-labelledby=\"gaze-title gaze-desc\"");
    gaze_buffer_deinit(&svg);
}

/* The headline names the strongest link, and the strongest between two tokens that are not special,
 * which is neither a special token's nor a token's own. */
static void test_strongest(void **state) {
    (void)state;
    figure f = figure_new(17, 1, 1);
    gaze_buffer svg = {0};
    float *weights = calloc(17 * 17, sizeof *weights);
    assert_non_null(weights);
    weights[5 * 17] = 0.75f;
    weights[6 * 17 + 6] = 0.5f;
    weights[7 * 17 + 7] = 0.4375f;
    weights[7 * 17 + 8] = 0.25f;
    f.labels[0].special = true;
    for (size_t i = 1; i < 17; i++) f.labels[i].special = false;
    f.panels[0].weights = weights;
    figure_draw(&f.map, &svg);
    assert_has(&svg, "Strongest: &#39;");
    assert_int_equal(count_of(svg.data, "&#39; .75."), 1);
    assert_int_equal(count_of(svg.data, ".25."), 1);
    assert_int_equal(count_of(svg.data, "Weights from"), 1);
    assert_int_equal(count_of(svg.data, "font-weight=\"700\""), 4);
    char *frames = strstr(svg.data, "<path class=\"gaze-border\" fill=\"none\"");
    assert_non_null(frames);
    *strstr(frames, "/>") = '\0';
    assert_int_equal(count_of(frames, "M"), 2); /* one around each */
    gaze_buffer_deinit(&svg);
    free(weights);
    figure_free(&f);
}

/* "'A' → 'B' .90" stays in this order when the labels run from right to left: a mark (U+200E) ends them. */
static void test_right_to_left_in_a_caption(void **state) {
    (void)state;
    static const float weights[4] = {0.1f, 0.9f, 0.35f, 0.65f};
    gaze_panel panel = {weights, 0, 0};
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_label labels[2] = {{.text = "\u062C", .length = 2, .id = -1}, {.text = "b", .length = 1, .id = -1}};
    gaze_buffer svg = {0};
    map.rows = map.columns = labels;
    figure_draw(&map, &svg);
    assert_has(&svg, "&#39;\u062C\u200E&#39; → &#39;b&#39; .90");
    gaze_buffer_deinit(&svg);
}

/* Three of four cells show .33, and two show .33 and .34 where the strongest is .3351. */
static void test_ties(void **state) {
    (void)state;
    float weights[] = {0.3333f, 0.3267f, 0.3251f, 0.3249f};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "Strongest: &#39;a&#39; → &#39;a&#39; .33. 3 cells show .33. Then, between");
    weights[0] = 0.3351f;
    gaze_buffer_clear(&svg);
    figure_draw(&map, &svg);
    assert_has(&svg, "Strongest: &#39;a&#39; → &#39;a&#39; .34. Then, between");
    gaze_buffer_deinit(&svg);
}

/* Of what is hidden the headline tells the sum: 41 % and 27 %. */
static void test_hidden_share(void **state) {
    (void)state;
    static const float weights[4] = {0.1f, 0.2f, 0.05f, 0.1f};
    static const gaze_share shares[] = {{"[CLS]", 5, 0.41, 0.41}, {"[SEP]", 5, 0.27, 0.27}};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    map.figure.special = GAZE_SPECIAL_HIDE;
    map.figure.shares = shares;
    map.figure.share_count = 2;
    figure_draw(&map, &svg);
    assert_has(&svg, "Strongest shown: &#39;a&#39; → &#39;b&#39; .20. Special tokens are");
    assert_has(&svg, "take 68 %.");
    gaze_buffer_deinit(&svg);
}

/* The pieces word1 ##2 and word5 ##6 of seven tokens have a line beside them: two rows and two columns. */
static void test_words(void **state) {
    (void)state;
    figure f = figure_new(8, 1, 1), whole = figure_new(3, 1, 1);
    gaze_buffer svg = {0};
    figure_draw(&f.map, &svg);
    const char *path = strstr(svg.data, "stroke=\"#7d8892\" d=\"");
    assert_non_null(path);
    *strstr(path, "/>") = '\0';
    assert_int_equal(count_of(path, "v109"), 2);
    assert_int_equal(count_of(path, "h109"), 2);
    gaze_buffer_clear(&svg);
    figure_draw(&whole.map, &svg);
    assert_has_not(&svg, "v109");
    gaze_buffer_deinit(&svg);
    figure_free(&f);
    figure_free(&whole);
}

static void test_pair(void **state) {
    (void)state;
    figure f = figure_new(8, 1, 1);
    gaze_buffer svg = {0};
    for (size_t i = 5; i < 8; i++) f.labels[i].segment = 1;
    f.map.figure.pair = "It slept.";
    f.map.figure.pair_length = 9;
    figure_draw(&f.map, &svg);
    assert_has(&svg, "A, B: first and second text.");
    assert_int_equal(count_of(svg.data, ">A</text>"), 2); /* of the rows and of the columns */
    assert_int_equal(count_of(svg.data, ">B</text>"), 2);
    assert_has(&svg, "gaze-border");
    assert_has(&svg, "It slept.");
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

/* Plain attributes carry the looks; only the automatic theme brings a style for dark screens. */
static void test_themes(void **state) {
    (void)state;
    figure f = figure_new(6, 1, 1);
    gaze_buffer svg[3] = {{0}};
    for (int theme = 0; theme < 3; theme++) {
        f.map.figure.theme = (gaze_theme)theme;
        figure_draw(&f.map, &svg[theme]);
    }
    assert_has(&svg[GAZE_THEME_AUTO], "prefers-color-scheme");
    assert_has_not(&svg[GAZE_THEME_LIGHT], "prefers-color-scheme");
    assert_has_not(&svg[GAZE_THEME_DARK], "prefers-color-scheme");
    assert_has(&svg[GAZE_THEME_AUTO], "class=\"gaze-paper\"");
    assert_has(&svg[GAZE_THEME_AUTO], "fill=\"#ffffff\"");
    assert_has(&svg[GAZE_THEME_DARK], "fill=\"#101518\"");
    for (int theme = 0; theme < 3; theme++) gaze_buffer_deinit(&svg[theme]);
    figure_free(&f);
}

static void test_chinese(void **state) {
    (void)state;
    figure f = figure_new(6, 1, 1);
    gaze_buffer svg = {0};
    f.map.figure.language = GAZE_LANGUAGE_ZH;
    figure_draw(&f.map, &svg);
    assert_has(&svg, "xml:lang=\"zh\"");
    assert_has(&svg, "第 0 层，第 0 头");
    assert_has(&svg, "每行之和为 1。");
    gaze_buffer_deinit(&svg);
    figure_free(&f);
}

static void test_same_bytes(void **state) {
    (void)state;
    figure a = figure_new(30, 1, 2), b = figure_new(30, 1, 2);
    gaze_buffer first = {0}, second = {0};
    figure_draw(&a.map, &first);
    if (!setlocale(LC_ALL, "de_DE.UTF-8")) printf("note: no German locale here\n");
    figure_draw(&b.map, &second);
    setlocale(LC_ALL, "C");
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.data, second.data, first.length);
    gaze_buffer_deinit(&first);
    gaze_buffer_deinit(&second);
    figure_free(&a);
    figure_free(&b);
}

static void test_refused(void **state) {
    (void)state;
    const float weights[] = {1, 0, 0, 1};
    gaze_panel panel;
    const gaze_heatmap good = two_by_two(weights, &panel);
    gaze_heatmap bad[6] = {good, good, good, good, good, good};
    bad[0].row_count = 0;
    bad[1].column_count = 0;
    bad[2].panel_count = 0;
    bad[3].row_count = 4097;
    bad[4].column_count = SIZE_MAX;
    bad[5].panel_count = SIZE_MAX;
    for (size_t i = 0; i < 6; i++) {
        gaze_buffer svg = {0};
        gaze_error err = {0};
        assert_int_equal(gaze_heatmap_svg(&svg, &bad[i], &err),
                         i < 3 ? GAZE_ERROR_ARGUMENT : GAZE_ERROR_LIMIT);
        assert_non_null(strstr(err.message, "heat map"));
        assert_null(svg.data);
    }
}

/* Fails the k-th allocation, and with `forever` all after it. */
typedef struct countdown {
    size_t left;
    bool forever;
} countdown;

static bool count_down(void *context) {
    countdown *c = context;
    if (c->left > 0) return --c->left > 0;
    return !c->forever;
}

static void try_every_failure(const gaze_heatmap *map, bool forever) {
    for (size_t k = 1; k < 200; k++) {
        gaze_buffer svg = {0};
        countdown c = {k, forever};
        gaze_memory_set_hook(count_down, &c);
        gaze_status status = gaze_heatmap_svg(&svg, map, NULL);
        gaze_memory_set_hook(NULL, NULL);
        gaze_buffer_deinit(&svg);
        if (c.left > 0) {
            assert_int_equal(status, GAZE_OK);
            assert_true(k > 5);
            return;
        }
        assert_int_equal(status, GAZE_ERROR_MEMORY);
    }
    fail_msg("more than 200 allocations");
}

static void test_out_of_memory(void **state) {
    (void)state;
    figure vectors = figure_new(8, 1, 1), picture = figure_new(49, 1, 1);
    for (int forever = 0; forever < 2; forever++) {
        try_every_failure(&vectors.map, forever);
        try_every_failure(&picture.map, forever);
    }
    figure_free(&vectors);
    figure_free(&picture);
}

/* What was hidden is said, in percent; of several panels the range. */
static void test_hidden_tokens(void **state) {
    (void)state;
    const float weights[] = {0.30f, 0.08f, 0.38f, 0.002f};
    const gaze_share shares[] = {{"[CLS]", 5, 0.0042, 0.0042}, {"[SEP]", 5, 0.617, 0.617}};
    gaze_panel panels[2];
    gaze_heatmap map = two_by_two(weights, panels);
    gaze_buffer svg = {0};
    map.figure.shares = shares;
    map.figure.share_count = 2;
    map.figure.special = GAZE_SPECIAL_HIDE;
    figure_draw(&map, &svg);
    assert_has(&svg, "[CLS] takes 0.4 % of this head (hidden). [SEP] takes 62 % of this head (hidden).");
    assert_has(&svg, "Rows sum to 0.38 to 0.38 here.");
    gaze_buffer_clear(&svg);
    const gaze_share range = {"[SEP]", 5, 0.0, 0.904};
    panels[1] = (gaze_panel){weights, 4, 5};
    map.panel_count = 2;
    map.figure.shares = &range;
    map.figure.share_count = 1;
    map.figure.language = GAZE_LANGUAGE_ZH;
    figure_draw(&map, &svg);
    assert_has(&svg, "[SEP] 占去此处注意力的 0 至 90 %（已隐藏）。");
    gaze_buffer_deinit(&svg);
}

/* Shown tokens are no matter for the caption; the description says what they take all the same. */
static void test_shares_are_described(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    const gaze_share share = {"[SEP]", 5, 0.5, 0.5};
    const double entropy = 0.6278;
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    map.figure.shares = &share;
    map.figure.share_count = 1;
    map.entropies = &entropy;
    figure_draw(&map, &svg);
    assert_has(&svg, "[SEP] takes 50 % of this head. Mean entropy of a row: 0.63 nats, where uniform attention has "
                     "0.69.</desc>");
    assert_int_equal(count_of(svg.data, "takes 50 %"), 1);
    gaze_buffer_deinit(&svg);
}

/* A veil in one path over the rows and columns of special tokens; their numbers stand on it. */
static void test_dimmed_tokens(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_label labels[2] = {two[0], two[1]};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    labels[1].special = true;
    map.rows = map.columns = labels;
    map.figure.special = GAZE_SPECIAL_DIM;
    figure_draw(&map, &svg);
    const char *veil = strstr(svg.data, "fill-opacity=\"0.87\""), *first = strstr(svg.data, ">.75</text>");
    assert_non_null(veil);
    assert_true(first && first < veil);
    assert_null(strstr(veil, ">.75</text>"));
    assert_non_null(strstr(veil, ">.25</text>"));
    assert_int_equal(count_of(veil, ">.50</text>"), 2);
    assert_int_equal(count_of(svg.data, "fill-opacity"), 1);
    gaze_buffer_deinit(&svg);
}

static void test_treatment_is_said(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_panel panel;
    gaze_heatmap map = two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    map.figure.words = map.figure.renormalised = true;
    figure_draw(&map, &svg);
    assert_has(&svg, "row is the mean of its"); /* the line may break behind it */
    assert_has(&svg, "Each row was divided by its sum (renormalised).");
    gaze_buffer_clear(&svg);
    map.figure.cut = 128;
    figure_draw(&map, &svg);
    assert_has(&svg, "The text was cut to");
    gaze_buffer_deinit(&svg);
}

/* Layers that do not follow one another are listed; a mean over some says which. */
static void test_titles_of_parts(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_panel panels[4];
    gaze_heatmap map = two_by_two(weights, panels);
    gaze_buffer svg = {0};
    for (int i = 0; i < 4; i++) panels[i] = (gaze_panel){weights, i / 2 * 3, i % 2};
    map.panel_count = 4;
    figure_draw(&map, &svg);
    assert_has(&svg, ">Layers 0, 3, heads 0 to 1<");
    gaze_buffer_clear(&svg);
    map.panel_count = 1;
    panels[0] = (gaze_panel){weights, 2, GAZE_PANEL_MEAN};
    map.figure.heads = "0, 5";
    figure_draw(&map, &svg);
    assert_has(&svg, ">Layer 2, mean over heads (0, 5)<");
    gaze_buffer_deinit(&svg);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_equal_words),
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_not_numbers),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_panels_have_names),
        cmocka_unit_test(test_description),
        cmocka_unit_test(test_strongest),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_hidden_share),
        cmocka_unit_test(test_right_to_left_in_a_caption),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_pair),
        cmocka_unit_test(test_themes),
        cmocka_unit_test(test_chinese),
        cmocka_unit_test(test_hidden_tokens),
        cmocka_unit_test(test_shares_are_described),
        cmocka_unit_test(test_dimmed_tokens),
        cmocka_unit_test(test_treatment_is_said),
        cmocka_unit_test(test_titles_of_parts),
        cmocka_unit_test(test_same_bytes),
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
