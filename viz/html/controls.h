/* What a reader of a page sets: between gaze_html_begin_controls and gaze_html_end_controls of viz/html/html.h. */
#ifndef GAZE_VIZ_HTML_CONTROLS_H
#define GAZE_VIZ_HTML_CONTROLS_H

#include "viz/figure.h"
#include "viz/svg.h"

/* A labelled <select id="id">; values[i] is the state, names[i] what is shown; NULL ends both. */
void gaze_html_select(gaze_svg *svg, const char *id, const char *label, const char *const *values,
                      const char *const *names, const char *chosen);
/* The same piece by piece; `before` stands before the label. `held`: which numbers are offered; NULL: all. */
void gaze_html_begin_select(gaze_svg *svg, const char *id, const char *before, const char *label);
void gaze_html_option(gaze_svg *svg, const char *value, const char *name, const char *chosen);
void gaze_html_number_options(gaze_svg *svg, const size_t *numbers, const bool *held, size_t count, const char *chosen);
void gaze_html_end_select(gaze_svg *svg);
void gaze_html_checkbox(gaze_svg *svg, const char *id, const char *label, bool checked);
void gaze_html_button(gaze_svg *svg, const char *id, const char *label);

/* What is folded away under `summary`; gaze_svg_end is its end. */
void gaze_html_begin_details(gaze_svg *svg, const char *id, const char *summary);

/* Options of a head: the mean, the maximum, and each of the numbers. */
void gaze_html_head_options(gaze_svg *svg, gaze_language language, const size_t *heads, size_t count,
                            const char *chosen);
/* Whether [CLS], [SEP] and their like are shown, dimmed or hidden. */
void gaze_html_special_select(gaze_svg *svg, const char *id, gaze_language language, gaze_special chosen);

#endif
