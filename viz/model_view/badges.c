/* Badges: seven bars and a word under a small thumbnail, all the numbers under a large one; the key to the bars. */
#include <math.h>

#include "viz/model_view/draw.h"
#include "viz/sentence.h"
#include "viz/text.h"

#include <string.h>

/* The bars, from left to right. */
static const gaze_badge_value bars[] = {GAZE_BADGE_RELATIVE_ENTROPY,
                                        GAZE_BADGE_PREVIOUS,
                                        GAZE_BADGE_NEXT,
                                        GAZE_BADGE_SELF,
                                        GAZE_BADGE_CLS,
                                        GAZE_BADGE_SEP,
                                        GAZE_BADGE_PUNCTUATION};
enum { BARS = sizeof bars / sizeof *bars };

static const double GAP = 4, BAR_GAP = 2, KEY_SIDE = 54;

static void put_bar(const gaze_model_drawing *d, double x, double base, size_t slot, double width,
                    double value) {
    double height = GAZE_BADGE_BARS * fmin(fmax(value, 0), 1);
    double pitch = width / BARS;
    gaze_svg_box(d->svg, x + pitch * (double)slot, base - height, pitch - BAR_GAP, height);
}

static double base_of(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    return thumb->y + d->layout->side + GAP + GAZE_BADGE_BARS;
}

void gaze_model_put_base(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_line(d->svg, thumb->x, base_of(d, thumb) + 0.5, 'h', d->layout->side - BAR_GAP);
}

void gaze_model_put_guides(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    for (int i = 1; i <= 2; i++)
        gaze_svg_line(d->svg, thumb->x, base_of(d, thumb) - GAZE_BADGE_BARS * i / 2, 'h', d->layout->side - BAR_GAP);
}

double gaze_model_bar_width(const gaze_model_drawing *d) {
    return d->layout->side / BARS - BAR_GAP;
}

/* As lines, which are shorter to write: of a page, whose style sheet makes them thick. */
static void put_live_bars(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    double pitch = d->layout->side / BARS, middle = gaze_model_bar_width(d) / 2;
    gaze_svg_begin(d->svg, "path");
    gaze_svg_string(d->svg, "class", "gaze-bars");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < BARS; i++) {
        double value = fmin(fmax(thumb->badge->values[bars[i]], 0), 1);
        gaze_svg_line(d->svg, thumb->x + middle + pitch * (double)i, base_of(d, thumb), 'v',
                      floor(-value * GAZE_BADGE_BARS * 10 + 0.5) / 10);
    }
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

static void put_bars(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    gaze_svg_begin(d->svg, "path");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < BARS; i++)
        put_bar(d, thumb->x, base_of(d, thumb), i, d->layout->side, thumb->badge->values[bars[i]]);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
}

/* Entropy as a percentage, so that it is not taken for a share. */
static void put_amount(gaze_svg *svg, const gaze_badge *badge, gaze_badge_value value) {
    char number[GAZE_FIXED_TEXT];
    if (value != GAZE_BADGE_RELATIVE_ENTROPY) {
        gaze_page_weight(svg, badge->values[value]);
        return;
    }
    gaze_svg_puts(svg, gaze_fixed_text(number, 100 * badge->values[value], 0));
    gaze_svg_puts(svg, " %");
}

/* "prev .71", "broad 89 %" */
static void put_value(const gaze_model_drawing *d, const gaze_badge *badge, gaze_badge_value value) {
    const char *name = badge->name && value == gaze_badge_main(badge) ? d->model_words->names[badge->name]
                                                                      : d->model_words->short_values[value];
    gaze_svg_puts(d->svg, name);
    gaze_svg_puts(d->svg, " ");
    put_amount(d->svg, badge, value);
}

static void begin_text(const gaze_model_drawing *d, double x, double y, bool strong) {
    gaze_svg_begin(d->svg, "text");
    gaze_svg_number(d->svg, "x", x);
    gaze_svg_number(d->svg, "y", y);
    if (strong) gaze_svg_string(d->svg, "font-weight", "700");
    if (d->live && !strong) gaze_svg_string(d->svg, "class", "gaze-muted");
    if (d->live) return; /* the page's style sheet, and the group's ink */
    if (strong)
        gaze_page_ink(d->svg, d->palette);
    else
        gaze_page_muted(d->svg, d->palette);
}

static void put_word(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    double y = base_of(d, thumb) + GAZE_BADGE_LINE;
    begin_text(d, thumb->x, y, thumb->badge->name != GAZE_BADGE_UNNAMED);
    put_value(d, thumb->badge, gaze_badge_main(thumb->badge));
    gaze_svg_end(d->svg);
}

/* Three lines: entropy; previous, same and next token; the special ones. What a name stands for is bold. */
static void put_numbers(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    static const gaze_badge_value lines[3][3] = {
        {GAZE_BADGE_ENTROPY, GAZE_BADGE_RELATIVE_ENTROPY, GAZE_BADGE_PUNCTUATION},
        {GAZE_BADGE_PREVIOUS, GAZE_BADGE_SELF, GAZE_BADGE_NEXT},
        {GAZE_BADGE_CLS, GAZE_BADGE_SEP, GAZE_BADGE_VALUES},
    };
    double y = thumb->y + d->layout->side + GAP + GAZE_BADGE_LINE - 1;
    for (size_t line = 0; line < 3; line++, y += GAZE_BADGE_LINE)
        for (size_t i = 0; i < 3 && lines[line][i] != GAZE_BADGE_VALUES; i++) {
            bool strong = thumb->badge->name && lines[line][i] == gaze_badge_main(thumb->badge);
            begin_text(d, thumb->x + d->layout->side * (double)i / 3, y, strong);
            put_value(d, thumb->badge, lines[line][i]);
            gaze_svg_end(d->svg);
        }
}

void gaze_model_draw_badge(const gaze_model_drawing *d, const gaze_thumb *thumb) {
    if (d->layout->numbers) {
        put_numbers(d, thumb);
        return;
    }
    if (d->live)
        put_live_bars(d, thumb);
    else
        put_bars(d, thumb);
    put_word(d, thumb);
}

/* One place of the key: all slots in outline, one of them filled, and its name. Returns where the next begins. */
static double put_key_entry(const gaze_model_drawing *d, double x, double y, size_t slot) {
    const char *name = d->model_words->values[bars[slot]];
    gaze_svg_begin(d->svg, "path");
    gaze_page_line(d->svg, d->palette);
    gaze_svg_string(d->svg, "fill", "none");
    gaze_svg_begin_value(d->svg, "d");
    for (size_t i = 0; i < BARS; i++)
        if (i != slot) put_bar(d, x, y, i, KEY_SIDE, 1);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
    gaze_svg_begin(d->svg, "path");
    gaze_page_ink(d->svg, d->palette);
    gaze_svg_begin_value(d->svg, "d");
    put_bar(d, x, y, slot, KEY_SIDE, 1);
    gaze_svg_end_value(d->svg);
    gaze_svg_end(d->svg);
    begin_text(d, x + KEY_SIDE + 4, y - 3, false);
    gaze_svg_puts(d->svg, name);
    gaze_svg_end(d->svg);
    return x + KEY_SIDE + 4 + gaze_text_width(name, strlen(name)) * GAZE_SMALL_FONT * 1.05 + 18;
}

void gaze_model_draw_key(const gaze_model_drawing *d) {
    const char *key = d->model_words->key, *meaning = d->model_words->meaning[d->layout->numbers];
    double x = GAZE_PAGE_MARGIN, y = d->layout->key_y;
    gaze_svg_begin(d->svg, "g");
    gaze_page_muted(d->svg, d->palette);
    gaze_page_paragraph(d->svg, meaning, strlen(meaning), x, d->layout->meaning_y, d->layout->width - 2 * x);
    gaze_svg_end(d->svg);
    if (d->layout->numbers) return;
    begin_text(d, x, y - 3, false);
    gaze_svg_puts(d->svg, key);
    gaze_svg_end(d->svg);
    x += gaze_text_width(key, strlen(key)) * GAZE_SMALL_FONT * 1.05 + 14;
    for (size_t i = 0; i < BARS; i++) x = put_key_entry(d, x, y, i);
}
