/* The page of the head view. By hand: 2 tokens, 1 layer, 1 head is a page whose data holds "weights": {"0": [one
 * string]}, and whose figure has four lines on two paths. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/base/deflate.h"
#include "core/base/json.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/figures.h"
#include "tests/support/xml_check.h"
#include "viz/head_view/page.h"

enum { MOST = 512 };

/* A page of a figure: tokens are words, every layer and head is there. */
typedef struct scene {
    figure f;
    gaze_head_page page;
    const float *attentions[24];
    size_t numbers[24];
    size_t starts[MOST + 1];
    size_t pinned[1];
} scene;

static void scene_make(scene *s, size_t tokens, size_t layers, size_t heads) {
    *s = (scene){.f = figure_new(tokens, layers, heads), .pinned = {1}};
    for (size_t i = 0; i < 24; i++) s->numbers[i] = i;
    for (size_t l = 0; l < layers; l++) s->attentions[l] = s->f.weights + l * heads * tokens * tokens;
    for (size_t t = 0; t <= tokens; t++) s->starts[t] = t;
    s->page = (gaze_head_page){.view = {.figure = {.model = "m", .text = "t", .text_length = 1},
                                        .rows = s->f.labels, .columns = s->f.labels,
                                        .row_count = tokens, .column_count = tokens,
                                        .panels = s->f.panels, .panel_count = 1,
                                        .pinned = s->pinned, .pinned_count = 1,
                                        .chosen = s->numbers, .chosen_count = 1,
                                        .strip = s->f.panels, .strip_count = heads},
                               .bits = 8, .tokens = s->f.labels, .token_count = tokens,
                               .words = s->f.labels, .word_starts = s->starts, .word_count = tokens,
                               .attentions = s->attentions, .layers = s->numbers, .layer_count = layers,
                               .heads = s->numbers, .head_count = heads, .model_layers = layers, .model_heads = heads,
                               .mode = "each",
                               .pinned = s->pinned, .pinned_count = 1};
}

static void write_page(gaze_buffer *out, gaze_buffer *dropped, const scene *s) {
    gaze_error err = {0};
    gaze_buffer_clear(out);
    if (gaze_head_view_html(out, dropped, &s->page, &err)) fail_msg("%s", err.message);
}

/* The data of the page, parsed. */
static gaze_json *read_data(const gaze_buffer *page) {
    gaze_json *json;
    gaze_error err = {0};
    const char *data = strstr(page->data, "application/json\">");
    assert_non_null(data);
    data += strlen("application/json\">");
    size_t length = (size_t)(strstr(data, "</script>") - data);
    assert_null(memchr(data, '<', length));
    if (gaze_json_parse(&json, data, length, NULL, &err)) fail_msg("%s", err.message);
    return json;
}

static size_t held_layers(const gaze_buffer *page) {
    gaze_json *json = read_data(page);
    size_t count = gaze_json_get(gaze_json_root(json), "weights")->count;
    assert_int_equal(gaze_json_get(gaze_json_root(json), "layers")->count, count);
    gaze_json_free(json);
    return count;
}

/* Lines of one look are one path. sqrt(.3) = .548 is level 27 of 50, drawn as .54: width .5 + 5.5 x .54^2 = 2.1, opacity
 * .15 + .85 x .54 = .61; sqrt(.7) = .837 is level 42, drawn as .84: 4.38 and .86. Those of the pinned token 1 are drawn
 * once more, above the others. */
static void test_by_hand(void **state) {
    (void)state;
    static const char bundled[] =
        "<g class=\"gaze-edges\" fill=\"none\" opacity=\"0.08\">\n"
        "<path d=\"M191 66L491 90M191 90L491 66\" stroke=\"#0072b2\" stroke-width=\"2.1\" stroke-opacity=\"0.61\"/>\n"
        "<path d=\"M191 66L491 66M191 90L491 90\" stroke=\"#0072b2\" stroke-width=\"4.38\" stroke-opacity=\"0.86\"/></g>\n"
        "<g class=\"gaze-clear\" fill=\"none\">\n"
        "<path d=\"M191 90L491 66\" stroke=\"#0072b2\" stroke-width=\"2.1\" stroke-opacity=\"0.61\"/>\n"
        "<path d=\"M191 90L491 90\" stroke=\"#0072b2\" stroke-width=\"4.38\" stroke-opacity=\"0.86\"/></g>\n";
    scene s;
    gaze_buffer page = {0};
    scene_make(&s, 2, 1, 1);
    memcpy(s.f.weights, (float[]){0.7f, 0.3f, 0.3f, 0.7f}, 4 * sizeof *s.f.weights);
    write_page(&page, NULL, &s);
    gaze_json *json = read_data(&page);
    const gaze_json_value *weights = gaze_json_get(gaze_json_root(json), "weights");
    assert_int_equal(gaze_json_get(weights, "0")->count, 1);
    gaze_json_free(json);
    assert_non_null(strstr(page.data, bundled));
    gaze_buffer_deinit(&page);
    figure_free(&s.f);
}

static bool has(const char *from, const char *end, const char *text) {
    const char *found = strstr(from, text);
    return found && found < end;
}

static size_t lines_in(const char *from, const char *end) {
    size_t count = 0;
    for (; from < end; from++) count += *from == 'M';
    return count;
}

/* Two heads of three tokens, all weights the same, the first and the last one special and dimmed: of each head's nine
 * lines one does not begin or end there. */
static void test_bundles(void **state) {
    (void)state;
    scene s;
    gaze_buffer page = {0};
    scene_make(&s, 3, 1, 2);
    for (size_t i = 0; i < 2 * 3 * 3; i++) s.f.weights[i] = 1.0f / 3;
    s.page.view.figure.special = GAZE_SPECIAL_DIM;
    s.page.view.panel_count = s.page.view.chosen_count = 2;
    s.page.view.pinned_count = s.page.pinned_count = 0;
    write_page(&page, NULL, &s);
    const char *at = strstr(page.data, "<g class=\"gaze-edges\"");
    for (size_t i = 0; i < 4; i++) {
        at = strstr(at + 1, "<path d=\"");
        const char *end = strstr(at, "/>");
        assert_int_equal(lines_in(at, end), i % 2 ? 1 : 8);
        assert_true(has(at, end, i < 2 ? "stroke=\"#0072b2\"" : "stroke=\"#d55e00\""));
        assert_int_equal(has(at, end, " opacity=\"0.3\""), i % 2 == 0);
        at = end;
    }
    assert_memory_equal(at, "/></g>\n<g class=\"gaze-clear\" fill=\"none\"/>", 40); /* nothing is pinned */
    gaze_buffer_deinit(&page);
    figure_free(&s.f);
}

/* Layers nearest to the first one stay, and what is left out is said. */
static void test_budget(void **state) {
    (void)state;
    scene s;
    gaze_buffer page = {0}, dropped = {0};
    scene_make(&s, 32, 6, 4);
    s.page.layer = 2;
    write_page(&page, &dropped, &s);
    assert_null(strstr(page.data, ":hover) .gaze-edges")); /* the script does it, and these rules would cost a second */
    assert_int_equal(held_layers(&page), 6);
    assert_int_equal(dropped.length, 0);
    s.page.budget = 1; /* the first one is always there */
    write_page(&page, &dropped, &s);
    assert_int_equal(held_layers(&page), 1);
    assert_non_null(strstr(dropped.data, ": 0, 1, 3, 4, 5."));
    assert_non_null(strstr(page.data, dropped.data));
    assert_non_null(strstr(page.data, "\"layers\": [\"2\"]"));
    gaze_buffer_deinit(&page);
    gaze_buffer_deinit(&dropped);
    figure_free(&s.f);
}

/* The mean over layers can be chosen where all of them are there, and the page can begin with it. */
static void test_layer_mean(void **state) {
    (void)state;
    scene s;
    gaze_buffer page = {0};
    scene_make(&s, 8, 3, 2);
    write_page(&page, NULL, &s);
    assert_int_equal(count_of(page.data, "<option value=\"mean\">mean over layers</option>"), 1);
    s.page.layer_mean = true;
    s.page.model_layers = 4;
    write_page(&page, NULL, &s);
    assert_int_equal(count_of(page.data, "<option value=\"mean\" selected=\"\">mean over layers</option>"), 1);
    assert_non_null(strstr(page.data, "\"state\": {\"layer\": \"mean\""));
    assert_non_null(strstr(page.data, "\"layer_mean\":\"mean over layers (0, 1, 2)\""));
    s.page.layer_mean = false;
    s.page.budget = 1;
    write_page(&page, NULL, &s);
    assert_int_equal(count_of(page.data, ">mean over layers</option>"), 0);
    gaze_buffer_deinit(&page);
    figure_free(&s.f);
}

/* 12 layers of 12 heads: what views.md allows. */
static void test_sizes(void **state) {
    (void)state;
    static const struct {
        size_t tokens, bytes;
    } cases[] = {{8, 200000}, {32, 300000}, {128, 2000000}};
    if (!gaze_deflate_available()) skip();
    for (size_t i = 0; i < 3; i++) {
        scene s;
        gaze_buffer page = {0};
        scene_make(&s, cases[i].tokens, 12, 12);
        write_page(&page, NULL, &s);
        if (page.length > cases[i].bytes) fail_msg("%zu tokens: %zu bytes", cases[i].tokens, page.length);
        gaze_buffer_deinit(&page);
        figure_free(&s.f);
    }
}

/* The spec allows 25 kB of script in a page. */
static void test_script(void **state) {
    (void)state;
    scene s;
    gaze_buffer page = {0};
    scene_make(&s, 2, 1, 1);
    write_page(&page, NULL, &s);
    const char *script = strstr(page.data, "'use strict';"), *end = strstr(script, "</script>");
    print_message("note: %zu bytes of script\n", (size_t)(end - script));
    assert_in_range(end - script, 1, 25000);
    gaze_buffer_deinit(&page);
    figure_free(&s.f);
}

/* The table of values has a row for each token, so that there is none where tokens are many. */
static void test_table(void **state) {
    (void)state;
    for (size_t tokens = 64; tokens <= 65; tokens++) {
        scene s;
        gaze_buffer page = {0};
        scene_make(&s, tokens, 1, 2);
        write_page(&page, NULL, &s);
        assert_int_equal(strstr(page.data, "<details id=\"gaze-values\"") != NULL, tokens == 64);
        gaze_buffer_deinit(&page);
        figure_free(&s.f);
    }
}

/* A scene for each unit, each treatment of special tokens and each layout; with a second text, for each filter too. */
static void test_scenes(void **state) {
    (void)state;
    scene s;
    gaze_buffer page = {0};
    scene_make(&s, 4, 1, 1);
    for (int pair = 0; pair < 2; pair++) {
        s.f.labels[3].segment = pair;
        write_page(&page, NULL, &s);
        gaze_json *json = read_data(&page);
        const gaze_json_value *scenes = gaze_json_get(gaze_json_root(json), "scenes");
        assert_int_equal(scenes->count, pair ? 60 : 12);
        assert_int_equal(count_of(page.data, "<template id="), scenes->count + 2 + 4); /* labels, scales */
        assert_int_equal(count_of(page.data, "text-decoration"), 1); /* of the style sheet: a scene marks no head */
        assert_int_equal(gaze_json_get(scenes, "word-hide-bb-horizontal") != NULL, pair);
        assert_non_null(gaze_json_get(scenes, "token-show-all-narrow"));
        gaze_json_free(json);
    }
    gaze_buffer_deinit(&page);
    figure_free(&s.f);
}

/* Tokens, model and title that want out of their place: not one element more. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const hostile[] = {"a", "</script><script>alert(1)</script>", "</template>", "<!--", "\" onload=\"x",
                                          "]]>", "\xff\x01", "\u202E\u2028", "{}"};
    size_t elements = 0;
    scene s;
    gaze_buffer page = {0};
    scene_make(&s, 4, 1, 2);
    const char *own = s.f.labels[0].text;
    for (size_t k = 0; k < sizeof hostile / sizeof *hostile; k++) {
        for (size_t i = 0; i < 4; i++) s.f.labels[i] = (gaze_label){.text = hostile[k], .length = strlen(hostile[k]), .id = 1};
        s.page.view.figure.title = s.page.view.figure.model = s.page.view.figure.note = hostile[k];
        write_page(&page, NULL, &s);
        char *data = strstr(page.data, "application/json\">");
        gaze_json_free(read_data(&page));
        strcpy(data, "application/json\"></script></body></html>");
        const char *html = strstr(page.data, "<html");
        size_t now = assert_xml(html, strlen(html)).elements;
        if (k == 0) elements = now;
        assert_int_equal(now, elements);
    }
    gaze_buffer_deinit(&page);
    s.f.labels[0].text = own;
    figure_free(&s.f);
}

static gaze_status write_once(void *context) {
    gaze_buffer page = {0}, dropped = {0};
    gaze_status status = gaze_head_view_html(&page, &dropped, &((const scene *)context)->page, NULL);
    gaze_buffer_deinit(&page);
    gaze_buffer_deinit(&dropped);
    return status;
}

static void test_memory(void **state) {
    (void)state;
    scene s;
    scene_make(&s, 4, 3, 2);
    s.page.budget = 1;
    assert_true(fail_each_allocation(write_once, &s) > 20);
    figure_free(&s.f);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_by_hand),
        cmocka_unit_test(test_bundles), cmocka_unit_test(test_budget), cmocka_unit_test(test_layer_mean),
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_script), cmocka_unit_test(test_table), cmocka_unit_test(test_scenes),
        cmocka_unit_test(test_hostile), cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
