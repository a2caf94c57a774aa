#include "tests/support/model_views.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "tests/support/xml_check.h"

model_figure model_figure_new(size_t tokens, size_t layers, size_t heads) {
    model_figure m = {.figure = figure_new(tokens, layers, heads)};
    size_t panels = layers * heads;
    m.badges = calloc(panels + layers, sizeof *m.badges);
    assert_non_null(m.badges);
    for (size_t i = 0; i < panels + layers; i++) {
        for (size_t v = 0; v < GAZE_BADGE_VALUES; v++) m.badges[i].values[v] = 0.0625 * (double)v;
        m.badges[i].values[GAZE_BADGE_ENTROPY] = 4 - 0.015625 * (double)i;
    }
    m.view = (gaze_model_view){.figure = m.figure.map.figure,
                               .labels = m.figure.labels,
                               .count = tokens,
                               .panels = m.figure.panels,
                               .badges = m.badges,
                               .panel_count = panels,
                               .head_count = heads,
                               .means = m.figure.panels, /* any matrices do */
                               .mean_badges = m.badges + panels};
    return m;
}

void model_figure_free(model_figure *m) {
    free(m->badges);
    figure_free(&m->figure);
}

size_t model_figure_draw(const gaze_model_view *view, gaze_buffer *out) {
    gaze_error err = {0};
    if (gaze_model_view_svg(out, view, &err)) fail_msg("%s", err.message);
    return assert_xml(out->data, out->length).elements;
}
