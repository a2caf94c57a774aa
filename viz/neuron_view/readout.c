/* The line that a reader copies: 'it' attends to 'the' (2) 0.171, 'because' 0.166, all others 0.212. */
#include <math.h>

#include "viz/neuron_view/draw.h"
#include "viz/sentence.h"
#include "viz/text.h"

#define READ_KEYS 4 /* that it names */
static const double LABEL_EM = 14;

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

/* Where the line goes: as plain text, or into an element, where a label from right to left needs an isolate. */
typedef struct place {
    gaze_buffer *text;
    gaze_svg *svg;
} place;

static void put(const place *p, const char *words) {
    if (p->svg)
        gaze_svg_puts(p->svg, words);
    else
        gaze_buffer_puts(p->text, words);
}

static void put_name(const place *p, const gaze_label *label, const gaze_words *words) {
    if (p->svg)
        gaze_label_write_name(p->svg, label, LABEL_EM, words);
    else
        gaze_sentence_name(p->text, label, words);
}

static void put_weight(const place *p, double weight, int decimals) {
    char text[GAZE_FIXED_TEXT];
    put(p, gaze_fixed_text(text, weight, decimals));
}

static void put_readout(const place *p, const gaze_neuron_drawing *d) {
    const gaze_neuron_view *view = d->view;
    size_t keys[READ_KEYS], n = strongest(keys, view);
    double rest = d->facts->all;
    put_name(p, &view->labels[view->query], d->common);
    put(p, d->common->attends[0]);
    for (size_t i = 0; i < n; i++) {
        if (i) put(p, d->words->comma);
        put_name(p, &view->labels[keys[i]], d->common);
        put(p, " ");
        put_weight(p, (double)view->weights[keys[i]], d->decimals);
        rest -= (double)view->weights[keys[i]];
    }
    if (n == view->token_count) return;
    put(p, d->words->rest);
    put_weight(p, rest > 0 ? rest : 0, d->decimals);
}

void gaze_neuron_readout(gaze_buffer *out, const gaze_neuron_drawing *d) {
    put_readout(&(place){.text = out}, d);
}

void gaze_neuron_draw_readout(const gaze_neuron_drawing *d) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", GAZE_PAGE_MARGIN);
    gaze_svg_number(d->svg, "y", d->layout->readout_y);
    gaze_svg_number(d->svg, "font-size", GAZE_TEXT_FONT);
    gaze_svg_string(d->svg, "font-weight", "600");
    gaze_page_ink(d->svg, d->palette);
    put_readout(&(place){.svg = d->svg}, d);
    gaze_svg_end(d->svg);
}
