/* What a heat map says: title, headline, description, caption.
 *
 * By hand: of the weights .10 .90 / .35 .65 of two tokens the strongest are a → b .90, b → b .65, b → a .35.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"

/* The description names the three largest weights, largest first. */
static void test_description(void **state) {
    (void)state;
    const float weights[] = {0.1f, 0.9f, 0.35f, 0.65f};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
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

/* Three of four cells show .33, and two show .33 and .34 where the strongest is .3351. */
static void test_ties(void **state) {
    (void)state;
    float weights[] = {0.3333f, 0.3267f, 0.3251f, 0.3249f};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
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
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    gaze_buffer svg = {0};
    map.figure.special = GAZE_SPECIAL_HIDE;
    map.figure.shares = shares;
    map.figure.share_count = 2;
    figure_draw(&map, &svg);
    assert_has(&svg, "Strongest shown: &#39;a&#39; → &#39;b&#39; .20. Special tokens are");
    assert_has(&svg, "take 68 %.");
    gaze_buffer_deinit(&svg);
}

/* Which of two words 'a': on hover and in the caption. */
static void test_equal_words(void **state) {
    (void)state;
    const float weights[] = {0.25f, 0.75f, 0.5f, 0.5f};
    gaze_label twice[2] = {figure_two[0], figure_two[0]};
    gaze_labels_number(twice, 2);
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    map.rows = map.columns = twice;
    gaze_buffer svg = {0};
    figure_draw(&map, &svg);
    assert_has(&svg, "<title>from &#39;a&#39; (1) to &#39;a&#39; (2): 0.7500</title>");
    assert_has(&svg, "Strongest: &#39;a&#39; (1) → &#39;a&#39; (2) .75.");
    gaze_buffer_deinit(&svg);
}

/* "'A' → 'B' .90" stays in this order when the labels run from right to left: a mark (U+200E) ends them. */
static void test_right_to_left_in_a_caption(void **state) {
    (void)state;
    static const float weights[4] = {0.1f, 0.9f, 0.35f, 0.65f};
    gaze_panel panel = {weights, 0, 0};
    gaze_heatmap map = figure_two_by_two(weights, &panel);
    gaze_label labels[2] = {{.text = "\u062C", .length = 2, .id = -1}, {.text = "b", .length = 1, .id = -1}};
    gaze_buffer svg = {0};
    map.rows = map.columns = labels;
    figure_draw(&map, &svg);
    assert_has(&svg, "&#39;\u062C\u200E&#39; → &#39;b&#39; .90");
    gaze_buffer_deinit(&svg);
}

static void assert_title(int32_t layer, int32_t head, const char *want) {
    const float weights[] = {1, 0, 0, 1};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
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

/* Layers that do not follow one another are listed; a mean over some says which. */
static void test_titles_of_parts(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_panel panels[4];
    gaze_heatmap map = figure_two_by_two(weights, panels);
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

/* What was hidden is said, in percent; of several panels the range. */
static void test_hidden_tokens(void **state) {
    (void)state;
    const float weights[] = {0.30f, 0.08f, 0.38f, 0.002f};
    const gaze_share shares[] = {{"[CLS]", 5, 0.0042, 0.0042}, {"[SEP]", 5, 0.617, 0.617}};
    gaze_panel panels[2];
    gaze_heatmap map = figure_two_by_two(weights, panels);
    gaze_buffer svg = {0};
    map.figure.shares = shares;
    map.figure.share_count = 2;
    map.figure.special = GAZE_SPECIAL_HIDE;
    figure_draw(&map, &svg);
    assert_has(&svg, "[CLS] takes 0.4 % of this head (hidden). [SEP] takes 62 % of this head (hidden).");
    assert_has(&svg, "Rows sum to .38 to .38 here.");
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
    gaze_heatmap map = figure_two_by_two(weights, &panel);
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

static void test_treatment_is_said(void **state) {
    (void)state;
    const float weights[] = {0.75f, 0.25f, 0.5f, 0.5f};
    gaze_panel panel;
    gaze_heatmap map = figure_two_by_two(weights, &panel);
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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_description),
        cmocka_unit_test(test_strongest),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_hidden_share),
        cmocka_unit_test(test_equal_words),
        cmocka_unit_test(test_right_to_left_in_a_caption),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_panels_have_names),
        cmocka_unit_test(test_titles_of_parts),
        cmocka_unit_test(test_hidden_tokens),
        cmocka_unit_test(test_shares_are_described),
        cmocka_unit_test(test_treatment_is_said),
        cmocka_unit_test(test_chinese),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
