#include "tests/support/figures.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "tests/support/random.h"
#include "tests/support/xml_check.h"

enum { LABEL_SIZE = 32 };

static void fill_labels(gaze_label *labels, size_t count) {
    char *texts = malloc(count * LABEL_SIZE);
    assert_non_null(texts);
    for (size_t i = 0; i < count; i++) {
        char *text = texts + i * LABEL_SIZE;
        bool special = i == 0 || i + 1 == count, piece = !special && i % 4 == 2;
        if (special)
            strcpy(text, i == 0 ? "[CLS]" : "[SEP]");
        else
            snprintf(text, LABEL_SIZE, "%s%zu", piece ? "##" : "word", i);
        labels[i] = (gaze_label){.text = text,
                                 .length = strlen(text),
                                 .marker = piece ? 2 : 0,
                                 .id = (int32_t)i + 1000,
                                 .special = special};
    }
}

/* Kinds of heads, mixed as they are in trained models: of 20, eight look at the first token, three at the
 * one before, five broadly, four by content. */
enum { SINK, PREVIOUS, BROAD, CONTENT };

static int kind_of(size_t panel) {
    static const int kinds[20] = {CONTENT,  CONTENT, CONTENT, CONTENT, BROAD, BROAD,    BROAD,
                                  BROAD,    BROAD,   SINK,    SINK,    SINK,  PREVIOUS, PREVIOUS,
                                  PREVIOUS, SINK,    SINK,    SINK,    SINK,  SINK};
    return kinds[panel * 7 % 20];
}

static double score_of(int kind, size_t t, size_t s, size_t count, double noise) {
    switch (kind) {
    case SINK: return noise + (s == 0 ? log((double)count) + 2 : 0);
    case PREVIOUS: return noise + (s + 1 == t ? log((double)count) + 3 : 0);
    case BROAD: return 0.5 * noise;
    default: return 3 * noise;
    }
}

static void softmax_row(random_state *random, float *row, size_t count, int kind, size_t t) {
    double sum = 0;
    for (size_t s = 0; s < count; s++) {
        row[s] = (float)exp(score_of(kind, t, s, count, (double)random_uniform(random)));
        sum += (double)row[s];
    }
    for (size_t s = 0; s < count; s++) row[s] = (float)((double)row[s] / sum);
}

figure figure_new(size_t tokens, size_t layers, size_t heads) {
    size_t panels = layers * heads;
    figure f = {.labels = calloc(tokens, sizeof *f.labels),
                .panels = calloc(panels, sizeof *f.panels),
                .weights = calloc(panels * tokens * tokens, sizeof *f.weights)};
    random_state random = {tokens * 1000 + panels};
    assert_true(f.labels && f.panels && f.weights);
    fill_labels(f.labels, tokens);
    for (size_t p = 0; p < panels; p++) {
        float *matrix = f.weights + p * tokens * tokens;
        f.panels[p] = (gaze_panel){matrix, (int32_t)(p / heads), (int32_t)(p % heads)};
        for (size_t t = 0; t < tokens; t++) softmax_row(&random, matrix + t * tokens, tokens, kind_of(p), t);
    }
    static const char text[] = "The cat sat on the mat.";
    f.map = (gaze_heatmap){.figure = {.model = "tiny", .text = text, .text_length = strlen(text)},
                           .rows = f.labels,
                           .columns = f.labels,
                           .row_count = tokens,
                           .column_count = tokens,
                           .panels = f.panels,
                           .panel_count = panels};
    return f;
}

void figure_free(figure *f) {
    free((char *)(uintptr_t)f->labels[0].text);
    free(f->labels);
    free(f->panels);
    free(f->weights);
}

size_t figure_draw(const gaze_heatmap *map, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_heatmap_svg(out, map, &err) != GAZE_OK) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}

void figure_assert_golden(const char *path, const gaze_buffer *got) {
    gaze_error err = {0};
    gaze_file want = {0};
    if (getenv("GAZE_UPDATE_GOLDEN"))
        assert_int_equal(gaze_file_write(path, got->data, got->length, &err), GAZE_OK);
    if (gaze_file_open(&want, path, GAZE_FILE_READ, 0, &err) != GAZE_OK) fail_msg("%s", err.message);
    size_t same = 0, both = got->length < want.size ? got->length : want.size;
    while (same < both && got->data[same] == (char)want.data[same]) same++;
    if (same < got->length || same < want.size)
        fail_msg("%s: other bytes from %zu on: %.60s", path, same, got->data + same);
    gaze_file_close(&want);
}

const gaze_label figure_two[2] = {{.text = "a", .length = 1, .id = 7}, {.text = "b", .length = 1, .id = 8}};

gaze_heatmap figure_two_by_two(const float weights[4], gaze_panel *panel) {
    *panel = (gaze_panel){weights, 4, 3};
    return (gaze_heatmap){.rows = figure_two,
                          .columns = figure_two,
                          .row_count = 2,
                          .column_count = 2,
                          .panels = panel,
                          .panel_count = 1};
}
