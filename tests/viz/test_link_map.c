/* The link map, viz/link_map/link_map.h.
 *
 * By hand: two layers (0 and 3) of two heads. Layer 3, head 0 gives .71 where the others give .64; layer 0, head 1 gives
 * .49, the others .13: the first is framed on the left, the second on the right.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/hostile.h"
#include "tests/support/xml_check.h"
#include "viz/link_map/draw.h"

static const float weights[] = {0.0625f, 0.5f, 0.71875f, 0.25f},
                   differences[] = {-0.125f, 0.375f, 0.0625f, 0};
static const size_t layers[] = {0, 3}, heads[] = {0, 1};

static gaze_link_map small(void) {
    return (gaze_link_map){.figure = {.model = "tiny", .text = "It is.", .text_length = 6},
                           .from = {.text = "it", .length = 2},
                           .to = {.text = "cat", .length = 3},
                           .weights = weights,
                           .differences = differences,
                           .layer_count = 2,
                           .head_count = 2,
                           .layers = layers,
                           .heads = heads,
                           .limit = 0.375};
}

static size_t draw(const gaze_link_map *map, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_link_map_svg(out, map, &err)) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}

static void by_hand(void **state) {
    (void)state;
    gaze_link_map map = small();
    gaze_buffer svg = {0};
    draw(&map, &svg);
    assert_has(&svg, ">From &#39;it&#39; to &#39;cat&#39;, in every head<");
    assert_has(&svg, "Largest weight: layer 3, head 0: .719, where the other rows give .656 on average.");
    assert_has(&svg, "Largest difference: layer 0, head 1: .500, others .125.");
    assert_has(&svg, "Next: layer 0, head 1: .500, others .125.");
    assert_has(&svg, ">Weight minus what the other tokens give &#39;cat&#39; on average</text>");
    assert_has(&svg, ">.72</text>");
    assert_has(&svg, ">-.13</text>");
    assert_has(&svg, "<title>layer 3, head 0: 0.7188</title>");
    assert_has(&svg, ">+0.375</text>");
    assert_has(&svg, ">-0.375</text>");
    assert_has(&svg, "Attention is not an explanation");
    assert_int_equal(count_of(svg.data, "stroke-width=\"2.5\""), 2);
    assert_int_equal(count_of(svg.data, "drawn in the last colour"), 0);
    gaze_buffer_deinit(&svg);
}

/* Which of several words 'cat' is looked at: in the title, above the right map, in the caption. */
static void equal_words(void **state) {
    (void)state;
    gaze_link_map map = small();
    gaze_buffer svg = {0};
    map.to.nth = 2;
    draw(&map, &svg);
    assert_has(&svg, ">From &#39;it&#39; to &#39;cat&#39; (2), in every head<");
    assert_has(&svg, "what the other tokens give &#39;cat&#39; (2) on average</text>");
    assert_has(&svg, "gives to &#39;cat&#39; (2) (key");
    gaze_buffer_deinit(&svg);
}

/* Before the caption is broken into lines. */
static void chinese_and_clipped(void **state) {
    (void)state;
    gaze_link_map map = small();
    gaze_texts texts = {0};
    map.limit = 0.1;
    map.figure.language = GAZE_LANGUAGE_ZH;
    gaze_link_map_compose(&texts, &map);
    assert_has(&texts.caption, "超出 .100、以末端颜色绘制并带缺角的差值：2 个。");
    assert_has(&texts.caption, "最大权重：第 3 层，第 0 头：.719，其他各行平均给予 .656。");
    gaze_texts_deinit(&texts);
}

/* The largest model that there is room for. */
static void budget(void **state) {
    (void)state;
    static float numbers[24 * 16];
    static size_t many[24];
    for (size_t i = 0; i < 24; i++) many[i] = i;
    gaze_link_map map = small();
    gaze_buffer svg = {0};
    map.weights = map.differences = numbers;
    map.layers = map.heads = many;
    map.layer_count = 24;
    map.head_count = 16;
    assert_in_range(draw(&map, &svg), 1, 5000);
    assert_true(svg.length < 300000);
    gaze_buffer_deinit(&svg);
}

static void hostile(void **state) {
    (void)state;
    gaze_link_map map = small();
    size_t elements = 0;
    for (size_t i = 0; i < hostile_count; i++) {
        gaze_buffer svg = {0};
        map.from.text = map.to.text = map.figure.model = map.figure.note = map.figure.text =
            hostile_texts[i].at;
        map.from.length = map.to.length = map.figure.text_length = hostile_texts[i].length;
        size_t now = draw(&map, &svg);
        if (i == 0) elements = now;
        /* the texts are of different length: the caption may take a line more or less, and stands twice */
        assert_in_range(now, elements - 2, elements + 2);
        assert_int_equal(strlen(svg.data), svg.length);
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "onload=\""), 0);
        gaze_buffer_deinit(&svg);
    }
}

static void refused(void **state) {
    (void)state;
    gaze_link_map map = small();
    gaze_buffer svg = {0};
    map.layer_count = 0;
    assert_int_equal(gaze_link_map_svg(&svg, &map, NULL), GAZE_ERROR_ARGUMENT);
    map.layer_count = 65;
    assert_int_equal(gaze_link_map_svg(&svg, &map, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&svg);
}

static gaze_status draw_again(void *context) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_link_map_svg(&svg, context, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    gaze_link_map map = small();
    assert_true(fail_each_allocation(draw_again, &map) > 3);
}

/* After a change that is wanted:  GAZE_UPDATE_GOLDEN=1 make test T=link_map  and look at the file. */
static void golden(void **state) {
    (void)state;
    gaze_link_map map = small();
    gaze_buffer svg = {0};
    draw(&map, &svg);
    figure_assert_golden("tests/data/viz/link.svg", &svg);
    gaze_buffer_deinit(&svg);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),
        cmocka_unit_test(equal_words), cmocka_unit_test(chinese_and_clipped),
        cmocka_unit_test(budget),  cmocka_unit_test(hostile),
        cmocka_unit_test(refused), cmocka_unit_test(out_of_memory),
        cmocka_unit_test(golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
