/* The text view, viz/text_view/text_view.h.
 *
 * By hand: "The cats": the, cat and s, of which "cat" is chosen and gives .25, .5 and .25; sqrt(.5) is level 180 of the
 * ramp, sqrt(.25) level 128. The pieces of one word touch, words do not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tests/support/assert_has.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/hostile.h"
#include "tests/support/xml_check.h"
#include "viz/color.h"
#include "viz/text_view/draw.h"

enum { MOST = 512 };

typedef struct passage {
    gaze_text_piece pieces[MOST];
    gaze_text_view view;
} passage;

static gaze_text_piece piece(const char *label, const char *text, bool after_blank, float weight) {
    return (gaze_text_piece){.label = {.text = label, .length = strlen(label), .id = 7},
                             .text = text,
                             .length = strlen(text),
                             .after_blank = after_blank,
                             .weight = weight};
}

static void three(passage *p) {
    p->pieces[0] = piece("the", "The", true, 0.25f);
    p->pieces[1] = piece("cat", "cat", true, 0.5f);
    p->pieces[2] = piece("##s", "s", false, 0.25f);
    p->pieces[1].chosen = true;
    p->pieces[2].label.marker = 2;
    p->view =
        (gaze_text_view){.figure = {.model = "tiny"}, .pieces = p->pieces, .count = 3, .panel = {NULL, 3, 1}};
}

/* `count` words of one to three pieces, the last third in the second text. */
static void many(passage *p, size_t count) {
    static const char *const words[] = {"It", "because", "##s", "\u732B", "tired"};
    for (size_t i = 0; i < count; i++) {
        p->pieces[i] = piece(words[i % 5], words[i % 5], i % 5 != 2, 1 / (float)(i + 1));
        p->pieces[i].label.segment = i >= count - count / 3;
    }
    p->pieces[count / 2].chosen = true;
    p->view = (gaze_text_view){
        .figure = {.model = "tiny"}, .pieces = p->pieces, .count = count, .panel = {NULL, 3, 1}};
}

static size_t draw(const gaze_text_view *view, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_text_view_svg(out, view, &err)) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}

static void by_hand(void **state) {
    (void)state;
    static passage p;
    gaze_buffer svg = {0};
    gaze_text_layout layout;
    three(&p);
    draw(&p.view, &svg);
    assert_has(&svg, ">Layer 3, head 1: what &#39;cat&#39; attends to<");
    for (unsigned i = 0; i < 2; i++) {
        gaze_rgb color = gaze_color_ramp(i ? 180 : 128);
        char fill[32];
        snprintf(fill, sizeof fill, "fill=\"#%02x%02x%02x\"><title>", color.r, color.g, color.b);
        assert_int_equal(count_of(svg.data, fill), 2 - i);
    }
    assert_has(&svg, "<title>##s, id 7: 0.2500</title>");
    assert_has(&svg, ">.50</text>");
    assert_has(&svg, "Strongest: &#39;cat&#39; .50, &#39;The&#39; .25, &#39;##s&#39; .25.");
    assert_has(&svg, "The weights sum to 1.00.");
    assert_has(&svg, "Attention is not an explanation");
    gaze_buffer_deinit(&svg);
    assert_int_equal(gaze_text_layout_make(&layout, &p.view, false, NULL), GAZE_OK);
    assert_true(layout.places[1].x - layout.places[0].x - layout.places[0].width > 4);
    assert_true(layout.places[2].x - layout.places[1].x - layout.places[1].width < 2);
    gaze_free(layout.places);
}

/* A title stands whole; a model's name that has no room beside it stands below, and the figure begins higher. */
static void long_title(void **state) {
    (void)state;
    static passage p;
    gaze_buffer svg = {0}, below = {0};
    three(&p);
    p.pieces[1] = piece("telescopes", "telescopes", true, 0.5f);
    p.pieces[1].chosen = true;
    p.view.panel.head = GAZE_PANEL_MEAN;
    draw(&p.view, &svg);
    assert_has(&svg, ">Layer 3, mean over heads: what &#39;telescopes&#39; attends to<");
    p.view.figure.model = "sentence-transformers/all-MiniLM-L6-v2, with a long name";
    draw(&p.view, &below);
    assert_has(&below, ">Layer 3, mean over heads: what &#39;telescopes&#39; attends to</tspan></text>");
    assert_has(&below, ">sentence-transformers/all-MiniLM-L6-v2, with a long name</text>");
    assert_has(&below, "viewBox=\"0 -20 ");
    gaze_buffer_deinit(&svg);
    gaze_buffer_deinit(&below);
}

static void captions(void **state) {
    (void)state;
    static passage p;
    gaze_texts texts = {0};
    three(&p);
    p.view.received = true;
    p.pieces[0].chosen = true;
    p.pieces[2].weight = (float)NAN;
    p.view.panel.head = GAZE_PANEL_MEAN;
    gaze_text_view_compose(&texts, &p.view);
    assert_string_equal(texts.title.data,
                        "Layer 3, mean over heads: what attends to the mean of 'The', 'cat'");
    assert_has(&texts.caption, "The weights sum to .75; what a token receives need not sum to 1.");
    assert_has(&texts.caption, "Tokens without a number: 1.");
    assert_has(&texts.caption, "Of several framed tokens, their mean.");
    gaze_texts_deinit(&texts);
    p.view.figure.cut = 3;
    gaze_text_view_compose(&texts, &p.view);
    assert_has(&texts.caption, "The text was cut to 3 tokens.");
    gaze_texts_deinit(&texts);
    p.view.figure.language = GAZE_LANGUAGE_ZH;
    p.pieces[0].chosen = false;
    p.view.panel.head = 1;
    gaze_text_view_compose(&texts, &p.view);
    assert_string_equal(texts.title.data, "第 3 层，第 1 头：什么关注“cat”");
    gaze_texts_deinit(&texts);
}

/* The second "the" is told from the first, and "The" is another word, as it is written; an end that is a little
 * too long stays on its line. */
static void repeated_words(void **state) {
    (void)state;
    static passage p;
    gaze_text_layout layout;
    gaze_buffer readout = {0};
    three(&p);
    p.pieces[2] = piece("the", "the", true, 0.375f);
    p.pieces[1] = piece("the", "the", true, 0.5f);
    gaze_text_pieces_number(p.pieces, 3);
    gaze_text_view_strongest(&readout, &p.view);
    assert_string_equal(readout.data, "Strongest: 'the' (1) .50, 'the' (2) .38, 'The' .25.");
    gaze_buffer_clear(&readout);
    for (size_t i = 0; i < 3; i++) p.pieces[i].weight = (float)NAN;
    gaze_text_view_strongest(&readout, &p.view);
    assert_int_equal(readout.length, 0);
    gaze_buffer_deinit(&readout);
    for (size_t count = 12; count < 30; count++) {
        for (size_t i = 0; i < count; i++) p.pieces[i] = piece("although", "although", true, 0);
        p.pieces[count - 1] = piece("[SEP]", "[SEP]", true, 0);
        p.view.count = count;
        assert_int_equal(gaze_text_layout_make(&layout, &p.view, false, NULL), GAZE_OK);
        assert_true(layout.places[count - 1].y <= layout.places[count - 2].y);
        gaze_free(layout.places);
    }
}

/* No mark leaves the lines, lines go down, and the second text begins one. */
static void lines(void **state) {
    (void)state;
    static passage p;
    gaze_text_layout layout;
    many(&p, 300);
    assert_int_equal(gaze_text_layout_make(&layout, &p.view, false, NULL), GAZE_OK);
    for (size_t i = 1; i < 300; i++) {
        const gaze_text_place *before = &layout.places[i - 1], *now = &layout.places[i];
        assert_true(now->x + now->width < layout.legend_x);
        assert_true(now->y > before->y ? now->x < before->x : now->x >= before->x + before->width);
        if (now->y > before->y) assert_true(p.pieces[i].after_blank || i == 200);
    }
    assert_true(layout.places[200].y == layout.second_y && layout.places[200].x == layout.places[0].x);
    gaze_free(layout.places);
}

/* 8 weights of at most .04: a scale that may be fitted ends at .05, and its bar and caption say so. */
static void fitted(void **state) {
    (void)state;
    static passage p;
    gaze_buffer svg = {0}, fixed = {0};
    many(&p, 8);
    for (size_t i = 0; i < 8; i++) p.pieces[i].weight = 0.005f * (float)(i + 1);
    draw(&p.view, &fixed);
    assert_int_equal(count_of(fixed.data, "sqrt, to"), 0);
    p.view.figure.fit = true;
    draw(&p.view, &svg);
    assert_has(&svg, ">sqrt, to .05</text>");
    assert_has(&svg, ">≥ .05</text>");
    assert_has(&svg, "the colours end at .05 instead of 1");
    gaze_rgb color = gaze_color_ramp(228); /* 255 sqrt(.04 / .05) */
    char fill[32];
    snprintf(fill, sizeof fill, "fill=\"#%02x%02x%02x\"><title>", color.r, color.g, color.b);
    assert_int_equal(count_of(svg.data, fill), 1);
    gaze_buffer_deinit(&svg);
    gaze_buffer_deinit(&fixed);
}

/* A width that is asked for: every mark stands within it, the colour bar below the text where there is little room. */
static void widths(void **state) {
    (void)state;
    static const double asked[] = {280, 390, 700, 1600};
    static passage p;
    many(&p, 300);
    p.pieces[7] = piece("a", "Donaudampfschifffahrtsgesellschaftskapitaenswitwe", true, 0);
    for (size_t k = 0; k < 4; k++) {
        gaze_text_layout layout;
        p.view.figure.width = asked[k];
        assert_int_equal(gaze_text_layout_make(&layout, &p.view, false, NULL), GAZE_OK);
        assert_true(layout.width == asked[k]);
        for (size_t i = 0; i < 300; i++)
            assert_true(layout.places[i].x + layout.places[i].width <= asked[k] - GAZE_PAGE_MARGIN);
        assert_int_equal(layout.legend_y > layout.places[299].y, asked[k] < 640);
        assert_true(layout.legend_x + GAZE_LEGEND_WIDTH < asked[k]);
        gaze_free(layout.places);
    }
}

static void budgets(void **state) {
    (void)state;
    static const size_t counts[] = {1, 8, 32, 128, 512};
    static passage p;
    for (size_t i = 0; i < 5; i++) {
        gaze_buffer svg = {0};
        many(&p, counts[i]);
        assert_in_range(draw(&p.view, &svg), 1, 5000);
        assert_true(svg.length < 600000);
        gaze_buffer_deinit(&svg);
    }
}

static void hostile(void **state) {
    (void)state;
    for (size_t i = 0; i < hostile_count; i++) {
        static passage p;
        gaze_buffer svg = {0};
        const hostile_text *text = &hostile_texts[i];
        many(&p, 5);
        for (size_t k = 0; k < 5; k++) {
            p.pieces[k].label.text = p.pieces[k].text = text->at;
            p.pieces[k].label.length = p.pieces[k].length = text->length;
        }
        p.view.figure.model = p.view.figure.note = text->at;
        draw(&p.view, &svg);
        assert_int_equal(strlen(svg.data), svg.length);
        assert_int_equal(count_of(svg.data, "<script"), 0);
        assert_int_equal(count_of(svg.data, "onload=\""), 0);
        assert_int_equal(count_of(svg.data, "<rect"), 7); /* paper, bar, five marks */
        gaze_buffer_deinit(&svg);
    }
}

static void refused(void **state) {
    (void)state;
    static passage p;
    gaze_buffer svg = {0};
    three(&p);
    p.view.count = 0;
    assert_int_equal(gaze_text_view_svg(&svg, &p.view, NULL), GAZE_ERROR_ARGUMENT);
    p.view.count = 1501;
    assert_int_equal(gaze_text_view_svg(&svg, &p.view, NULL), GAZE_ERROR_LIMIT);
    gaze_buffer_deinit(&svg);
}

static gaze_status draw_again(void *context) {
    gaze_buffer svg = {0};
    gaze_status status = gaze_text_view_svg(&svg, context, NULL);
    gaze_buffer_deinit(&svg);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    static passage p;
    three(&p);
    assert_true(fail_each_allocation(draw_again, &p.view) > 3);
}

/* After a change that is wanted:  GAZE_UPDATE_GOLDEN=1 make test T=text_view  and look at the file. */
static void golden(void **state) {
    (void)state;
    static passage p;
    gaze_buffer svg = {0};
    three(&p);
    draw(&p.view, &svg);
    figure_assert_golden("tests/data/viz/text.svg", &svg);
    gaze_buffer_deinit(&svg);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(by_hand),       cmocka_unit_test(captions),  cmocka_unit_test(long_title),
        cmocka_unit_test(repeated_words), cmocka_unit_test(lines),
        cmocka_unit_test(widths),
        cmocka_unit_test(fitted),
        cmocka_unit_test(budgets),       cmocka_unit_test(hostile),  cmocka_unit_test(refused),
        cmocka_unit_test(out_of_memory), cmocka_unit_test(golden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
