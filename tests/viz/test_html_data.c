/* viz/html/data.h: what the data of pages have in common.
 *
 * By hand: layers 0 and 3 of one head, of a single weight 1, whose square root is level 255. With a budget of one byte
 * the layer that is shown first is there all the same, and the other is not.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "core/base/json.h"
#include "viz/html/data.h"

static gaze_json *parse(gaze_buffer *out) {
    gaze_json *json;
    gaze_error err = {0};
    gaze_buffer_putc(out, '}');
    if (gaze_json_parse(&json, out->data, out->length, NULL, &err)) fail_msg("%s", err.message);
    gaze_buffer_deinit(out);
    return json;
}

static void members(void **state) {
    (void)state;
    gaze_buffer out = {0};
    const gaze_label label = {.text = "</s>", .length = 4};
    gaze_buffer_puts(&out, "{\"first\": ");
    gaze_data_label(&out, &label);
    gaze_data_string(&out, "text", "</script>");
    gaze_data_string(&out, "none", NULL);
    gaze_data_number(&out, "half", 0.5);
    gaze_data_flag(&out, "is", true);
    assert_null(strchr(out.data, '<'));
    assert_non_null(strstr(out.data, ",\n\"none\": null,\n\"half\": 0.5,\n\"is\": true"));
    gaze_json_free(parse(&out));
}

static void lists_and_words(void **state) {
    (void)state;
    static const size_t numbers[] = {0, 12};
    static const char *const strings[] = {"a", "</b>"};
    static const gaze_data_word list[] = {{"layer", "layer {}"}, {"title", NULL}};
    const gaze_figure figure = {.scale = GAZE_SCALE_TIMES_UNIFORM, .special = GAZE_SPECIAL_HIDE};
    gaze_buffer out = {0};
    gaze_buffer_puts(&out, "{\"first\": 1");
    gaze_data_color(&out, "ink", (gaze_rgb){0x1B, 0x1F, 0x28});
    gaze_data_numbers(&out, "numbers", numbers, 2);
    gaze_data_numbers(&out, "nothing", numbers, 0);
    gaze_data_strings(&out, "strings", strings, 2);
    gaze_data_figure(&out, &figure);
    gaze_data_begin_words(&out, gaze_words_of(GAZE_LANGUAGE_ZH), list, 2);
    gaze_buffer_putc(&out, '}');
    assert_string_equal(out.data, "{\"first\": 1,\n\"ink\": \"#1b1f28\",\n\"numbers\": [0,12],\n\"nothing\": [],\n"
                                  "\"strings\": [\"a\",\"\\u003c/b>\"],\n\"scale\": \"xn\",\n\"special\": \"hide\",\n"
                                  "\"renormalise\": false,\n\"words\": {\"language\": \"zh\",\n"
                                  "\"layer\": \"layer {}\",\n\"title\": null}");
    gaze_json_free(parse(&out));
}

static void names(void **state) {
    (void)state;
    static const size_t numbers[] = {0, 3};
    const gaze_words *words = gaze_words_of(GAZE_LANGUAGE_EN);
    gaze_buffer out = {0};
    gaze_data_layer_names(&out, words, numbers, 2);
    gaze_data_head_names(&out, words, numbers + 1, 1, NULL);
    assert_string_equal(out.data,
                        ",\n\"layerNames\": {\"0\": \"layer 0\",\"3\": \"layer 3\"},\n"
                        "\"headNames\": {\"mean\": \"mean over heads\",\"max\": \"maximum over heads\","
                        "\"3\": \"head 3\"},\n\"heads\": [\"3\"]");
    gaze_buffer_deinit(&out);
}

/* White is written on in black, by night turned to black and so in white; black the other way round. */
static void colours(void **state) {
    (void)state;
    static gaze_rgb ramp[GAZE_RAMP_LEVELS];
    gaze_buffer out = {0};
    ramp[0] = (gaze_rgb){255, 255, 255};
    gaze_data_ramp(&out, "ramp", ramp);
    assert_int_equal(out.length, strlen(",\n\"ramp\": \"\"") + 6 * GAZE_RAMP_LEVELS);
    assert_non_null(strstr(out.data, "\"ffffff000000"));
    gaze_buffer_clear(&out);
    gaze_data_inks(&out, "inks", ramp, true);
    assert_non_null(strstr(out.data, "\"1222"));
    gaze_buffer_clear(&out);
    gaze_data_inks(&out, "inks", ramp, false);
    assert_non_null(strstr(out.data, "\"1000"));
    gaze_buffer_deinit(&out);
}

static void weights(void **state) {
    (void)state;
    static const float one[1] = {1};
    static const float *const matrices[2] = {one, one};
    static const size_t numbers[2] = {0, 3};
    gaze_data_layers layers = {
        .weights = matrices, .layers = numbers, .layer_count = 2, .head_count = 1, .size = 1, .bits = 8};
    for (size_t budget = 0; budget < 2; budget++) {
        bool held[2] = {false, false};
        gaze_buffer out = {0};
        layers.budget = budget;
        gaze_buffer_puts(&out, "{\"first\": 0");
        assert_int_equal(gaze_data_weights(&out, held, &layers, (size_t[]){1, 1}, NULL), GAZE_OK);
        gaze_json *json = parse(&out);
        const gaze_json_value *map = gaze_json_get(gaze_json_root(json), "weights");
        assert_int_equal(map->count, budget ? 1 : 2);
        assert_non_null(gaze_json_get(map, "3"));
        assert_true(held[1]);
        assert_int_equal(held[0], !budget);
        gaze_json_free(json);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(members), cmocka_unit_test(lists_and_words),
                                       cmocka_unit_test(names), cmocka_unit_test(colours), cmocka_unit_test(weights)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
