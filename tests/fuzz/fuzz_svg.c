/* viz: a heat map of any labels, words and numbers is well-formed XML, in which nothing has left its place.
 * The first bytes choose sizes and looks; then title, note, text and labels, each up to a NUL; the bytes of
 * all of it are the weights too. */
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "tests/support/xml_check.h"
#include "viz/viz.h"

enum { TOKENS = 9, PANELS = 2, TEXT = 600 };

/* Copies a part as a C string, cut where it is too long. */
static const char *string_of(fuzz_input part, char out[TEXT]) {
    size_t length = part.size < TEXT - 1 ? part.size : TEXT - 1;
    if (length) memcpy(out, part.data, length);
    out[length] = '\0';
    return out;
}

static void fill_weights(float *weights, const uint8_t *data, size_t size) {
    for (size_t i = 0; i < PANELS * TOKENS * TOKENS; i++) {
        uint8_t byte = size ? data[i * 7 % size] : 0;
        weights[i] = byte < 250 ? (float)byte / 250.0f : (float)(byte - 252) / (float)(byte - 253);
    }
}

static void check_figure(const gaze_buffer *svg) {
    xml_report report;
    MUST(xml_check(svg->data, svg->length, &report));
    MUST(strlen(svg->data) == svg->length && report.depth <= 8);
    MUST(!strstr(svg->data, "<script") && !strstr(svg->data, " onload=\"") && !strstr(svg->data, "<!"));
    MUST(count_of(svg->data, "<svg") == 1 && count_of(svg->data, "<style") == 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static float weights[PANELS * TOKENS * TOKENS];
    static char title[TEXT], note[TEXT], model[TEXT];
    fuzz_input input = {data, size};
    gaze_label labels[TOKENS] = {{0}};
    gaze_panel panels[PANELS];
    gaze_heatmap map = {.rows = labels, .columns = labels, .panels = panels};
    fill_weights(weights, data, size);
    map.row_count = map.column_count = 1 + fuzz_below(&input, TOKENS);
    map.panel_count = 1 + fuzz_below(&input, PANELS);
    map.figure.theme = (gaze_theme)fuzz_below(&input, 3);
    map.figure.scale = (gaze_scale)fuzz_below(&input, 4);
    map.figure.language = (gaze_language)fuzz_below(&input, 2);
    size_t flags = fuzz_below(&input, 64);
    gaze_share share = {.text = (const char *)data, .length = size < 9 ? size : 9, .least = 0.1, .most = 0.9};
    map.figure.special = (gaze_special)fuzz_below(&input, 3);
    if (flags & 16) {
        map.figure.shares = &share;
        map.figure.share_count = 1;
    }
    map.figure.renormalised = flags & 32;
    if (flags & 1) map.figure.title = string_of(fuzz_part(&input, 0), title);
    if (flags & 2) map.figure.note = string_of(fuzz_part(&input, 0), note);
    if (flags & 4) map.figure.model = string_of(fuzz_part(&input, 0), model);
    fuzz_input text = fuzz_part(&input, 0);
    if (flags & 8) {
        map.figure.text = map.figure.pair = (const char *)text.data;
        map.figure.text_length = map.figure.pair_length = text.size;
    }
    for (size_t i = 0; i < map.row_count; i++) {
        fuzz_input part = fuzz_part(&input, 0);
        labels[i] = (gaze_label){.text = (const char *)part.data, .length = part.size, .id = (int32_t)i};
        labels[i].segment = flags & 8 && i > map.row_count / 2;
        labels[i].special = i == 0;
    }
    for (size_t p = 0; p < map.panel_count; p++)
        panels[p] = (gaze_panel){weights + p * TOKENS * TOKENS, 0, (int32_t)p};
    gaze_buffer svg = {0};
    gaze_error err = {0};
    MUST(gaze_heatmap_svg(&svg, &map, &err) == GAZE_OK);
    check_figure(&svg);
    gaze_buffer_deinit(&svg);
    return 0;
}
