/* All numbers of a strip under the mouse, so that nothing in the figure is colour alone. */
#include "viz/neuron_view/draw.h"
#include "viz/text.h"

#define MOST_NUMBERS 128 /* of a strip; a tooltip holds no more */
static const double HOVER_EM = 20;

static void put_title(const gaze_neuron_drawing *d, const char *before, size_t token, const float *x) {
    gaze_svg_begin(d->svg, "title");
    for (; *before; before++) {
        if (before[0] == '{' && before[1] == '}') {
            gaze_label_write_name(d->svg, &d->view->labels[token], HOVER_EM, d->common);
            before++;
        } else {
            gaze_svg_content(d->svg);
            gaze_buffer_putc(d->svg->out, *before);
        }
    }
    for (size_t k = 0; k < d->view->head_size; k++) {
        gaze_svg_puts(d->svg, k ? " " : "");
        gaze_svg_fixed(d->svg, (double)x[k], 3);
    }
    gaze_svg_end(d->svg);
}

static void put_hover(const gaze_neuron_drawing *d, const char *before, size_t token, const float *x, double left,
                      double top) {
    gaze_svg_begin(d->svg, "rect");
    gaze_svg_number(d->svg, "x", left);
    gaze_svg_number(d->svg, "y", top);
    gaze_svg_number(d->svg, "width", d->layout->strip);
    gaze_svg_number(d->svg, "height", GAZE_NEURON_STRIP);
    put_title(d, before, token, x);
    gaze_svg_end(d->svg);
}

void gaze_neuron_draw_hovers(const gaze_neuron_drawing *d) {
    const gaze_neuron_view *view = d->view;
    if (view->head_size > MOST_NUMBERS) return;
    gaze_svg_begin(d->svg, "g");
    gaze_svg_string(d->svg, "class", "gaze-rows");
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_string(d->svg, "pointer-events", "all");
    for (gaze_neuron_column c = 0; c < GAZE_NEURON_COLUMNS; c++)
        for (size_t r = 0; r < view->row_count; r++) {
            const float *x = gaze_neuron_strip(view, c, r);
            if (x)
                put_hover(d, d->words->vector_of[c], view->rows[r], x, d->layout->x[c],
                          gaze_neuron_row_y(d->layout, r));
        }
    put_hover(d, d->words->output_of, view->query, view->output, d->layout->x[GAZE_NEURON_V], d->layout->output_y);
    gaze_svg_end(d->svg);
}
