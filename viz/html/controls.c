#include "viz/html/controls.h"

#include <string.h>

#include "viz/html/terms.h"
#include "viz/sentence.h"

void gaze_html_begin_select(gaze_svg *svg, const char *id, const char *before, const char *label) {
    gaze_svg_begin(svg, "label");
    gaze_svg_puts(svg, before);
    gaze_svg_puts(svg, label);
    gaze_svg_begin(svg, "select");
    gaze_svg_string(svg, "id", id);
    gaze_svg_content(svg);
}

void gaze_html_option(gaze_svg *svg, const char *value, const char *name, const char *chosen) {
    gaze_svg_begin(svg, "option");
    gaze_svg_string(svg, "value", value);
    if (chosen && strcmp(value, chosen) == 0) gaze_svg_string(svg, "selected", "");
    gaze_svg_puts(svg, name);
    gaze_svg_end(svg);
}

void gaze_html_number_options(gaze_svg *svg, const size_t *numbers, const bool *held, size_t count,
                              const char *chosen) {
    for (size_t i = 0; i < count; i++) {
        char text[GAZE_FIXED_TEXT];
        gaze_fixed_text(text, (double)numbers[i], 0);
        if (!held || held[i]) gaze_html_option(svg, text, text, chosen);
    }
}

void gaze_html_end_select(gaze_svg *svg) {
    gaze_svg_end(svg);
    gaze_svg_end(svg);
}

void gaze_html_select(gaze_svg *svg, const char *id, const char *label, const char *const *values,
                      const char *const *names, const char *chosen) {
    gaze_html_begin_select(svg, id, "", label);
    for (size_t i = 0; values[i]; i++) gaze_html_option(svg, values[i], names[i], chosen);
    gaze_html_end_select(svg);
}

void gaze_html_checkbox(gaze_svg *svg, const char *id, const char *label, bool checked) {
    gaze_svg_begin(svg, "label");
    gaze_svg_content(svg);
    gaze_svg_begin(svg, "input");
    gaze_svg_string(svg, "type", "checkbox");
    gaze_svg_string(svg, "id", id);
    if (checked) gaze_svg_string(svg, "checked", "");
    gaze_svg_end(svg);
    gaze_svg_puts(svg, label);
    gaze_svg_end(svg);
}

void gaze_html_button(gaze_svg *svg, const char *id, const char *label) {
    gaze_svg_begin(svg, "button");
    gaze_svg_string(svg, "id", id);
    gaze_svg_string(svg, "type", "button");
    gaze_svg_puts(svg, label);
    gaze_svg_end(svg);
}

void gaze_html_begin_details(gaze_svg *svg, const char *id, const char *summary) {
    gaze_svg_begin(svg, "details");
    gaze_svg_string(svg, "id", id);
    gaze_svg_begin(svg, "summary");
    gaze_svg_puts(svg, summary);
    gaze_svg_end(svg);
}

/* What several views let a reader choose -------------------------------------------------------------- */

void gaze_html_head_options(gaze_svg *svg, gaze_language language, const size_t *heads, size_t count,
                            const char *chosen) {
    const gaze_terms *terms = gaze_terms_of(language);
    gaze_html_option(svg, "mean", terms->mean, chosen);
    gaze_html_option(svg, "max", terms->max, chosen);
    gaze_html_number_options(svg, heads, NULL, count, chosen);
}

void gaze_html_special_select(gaze_svg *svg, const char *id, gaze_language language, gaze_special chosen) {
    static const char *const values[] = {"show", "dim", "hide", NULL};
    const gaze_terms *terms = gaze_terms_of(language);
    const char *const names[] = {terms->show, terms->dim, terms->hide, NULL};
    gaze_html_select(svg, id, terms->special, values, names, values[chosen]);
}
