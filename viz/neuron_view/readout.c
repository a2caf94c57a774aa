/* The line that a reader copies: 'it' attends to 'the' (2) 0.171, 'because' 0.166, all others 0.212. */
#include <math.h>

#include "viz/neuron_view/draw.h"
#include "viz/sentence.h"

#define READ_KEYS 4 /* that it names */

static bool is_named(const gaze_neuron_view *view, size_t s) {
    return view->figure.special != GAZE_SPECIAL_HIDE || !view->labels[s].special;
}

/* The keys with the largest weights; of equal ones the first. Returns how many there are. */
static size_t strongest(size_t keys[READ_KEYS], const gaze_neuron_view *view) {
    size_t found = 0;
    for (size_t s = 0; s < view->token_count; s++) {
        size_t at = found < READ_KEYS ? found : READ_KEYS - 1;
        if (!is_named(view, s)) continue;
        if (found == READ_KEYS && !(view->weights[s] > view->weights[keys[at]])) continue;
        for (; at > 0 && view->weights[s] > view->weights[keys[at - 1]]; at--) keys[at] = keys[at - 1];
        keys[at] = s;
        if (found < READ_KEYS) found++;
    }
    return found;
}

static void put_weight(gaze_buffer *out, double weight, int decimals) {
    char text[GAZE_FIXED_TEXT];
    gaze_buffer_puts(out, gaze_fixed_text(text, weight, decimals));
}

void gaze_neuron_readout(gaze_buffer *out, const gaze_neuron_drawing *d) {
    const gaze_neuron_view *view = d->view;
    size_t keys[READ_KEYS], n = strongest(keys, view);
    double rest = d->facts->all;
    gaze_sentence_name(out, &view->labels[view->query], d->common);
    gaze_buffer_puts(out, d->common->attends[0]);
    for (size_t i = 0; i < n; i++) {
        if (i) gaze_buffer_puts(out, d->words->comma);
        gaze_sentence_name(out, &view->labels[keys[i]], d->common);
        gaze_buffer_putc(out, ' ');
        put_weight(out, (double)view->weights[keys[i]], d->decimals);
        rest -= (double)view->weights[keys[i]];
    }
    if (n == view->token_count) return;
    gaze_buffer_puts(out, d->words->rest);
    put_weight(out, rest > 0 ? rest : 0, d->decimals);
}
