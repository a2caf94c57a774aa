/* One pass over what is drawn. */
#include "viz/neuron_view/facts.h"

#include <math.h>

#include "viz/neuron_view/draw.h"

static void collect_number(gaze_neuron_facts *facts, double x, double limit) {
    if (!isfinite(x))
        facts->not_numbers++;
    else if (gaze_neuron_is_clipped(x, limit))
        facts->clipped++;
}

static void collect_strip(gaze_neuron_facts *facts, const float *strip, size_t K, double limit) {
    for (size_t k = 0; strip && k < K; k++) collect_number(facts, (double)strip[k], limit);
}

static void collect_row(gaze_neuron_facts *facts, const gaze_neuron_view *view, size_t row) {
    for (gaze_neuron_column c = 0; c < GAZE_NEURON_COLUMNS; c++)
        collect_strip(facts, gaze_neuron_strip(view, c, row), view->head_size, gaze_neuron_limit(view, c));
    collect_number(facts, gaze_neuron_score(view, row), view->limits.scores);
    facts->shown += (double)view->weights[view->rows[row]];
}

void gaze_neuron_facts_collect(gaze_neuron_facts *facts, const gaze_neuron_view *view) {
    const float *strongest = view->products + view->strongest * view->head_size;
    *facts = (gaze_neuron_facts){.part = view->head_size < 8 ? 1 : view->head_size / 8};
    for (size_t r = 0; r < view->row_count; r++) collect_row(facts, view, r);
    collect_strip(facts, view->output, view->head_size, view->limits.output);
    for (size_t s = 0; s < view->token_count; s++) facts->all += (double)view->weights[s];
    for (size_t k = 0; k < facts->part; k++) facts->part_sum += (double)strongest[view->order[k]];
}
