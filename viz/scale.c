/* The scales. */
#include "viz/scale.h"

#include <math.h>

#define TOP (GAZE_RAMP_LEVELS - 1)

/* The diverging scale: level 128 is uniform attention, each end is 32 times more or less. */
#define UNIFORM GAZE_SCALE_ZERO
static const double OCTAVES = 5;

static double row_max(const float *weights_t, size_t count) {
    double most = 0;
    for (size_t s = 0; s < count; s++)
        if (isfinite(weights_t[s]) && (double)weights_t[s] > most) most = (double)weights_t[s];
    return most;
}

gaze_row_scale gaze_scale_row(gaze_scale scale, const float *weights_t, size_t count) {
    double factor = 1, most;
    switch (scale) {
    case GAZE_SCALE_SQRT:
    case GAZE_SCALE_SIGNED:
    case GAZE_SCALE_LINEAR: break;
    case GAZE_SCALE_TIMES_UNIFORM: factor = (double)count; break;
    case GAZE_SCALE_ROW_MAX:
        most = row_max(weights_t, count);
        factor = most > 0 ? 1 / most : 1;
        break;
    }
    return (gaze_row_scale){scale, factor};
}

gaze_row_scale gaze_scale_figure_row(const gaze_figure *figure, const float *weights_t, size_t count) {
    gaze_row_scale row = gaze_scale_row(figure->scale, weights_t, count);
    if (figure->top > 0) row.factor /= figure->top;
    return row;
}

gaze_row_scale gaze_scale_signed(double limit) {
    return (gaze_row_scale){GAZE_SCALE_SIGNED, limit > 0 ? 1 / limit : 0};
}

/* floor(x + 1/2), clipped to the levels; NaN is 0. */
static uint8_t round_level(double x) {
    if (!(x > 0)) return 0;
    return x >= TOP ? TOP : (uint8_t)floor(x + 0.5);
}

uint8_t gaze_scale_level(const gaze_row_scale *row, double weight) {
    double x = weight * row->factor;
    switch (row->scale) {
    case GAZE_SCALE_LINEAR: return round_level(TOP * x);
    case GAZE_SCALE_TIMES_UNIFORM:
        return x > 0 ? round_level(UNIFORM + (TOP - UNIFORM) * log2(x) / OCTAVES) : 0;
    case GAZE_SCALE_SIGNED:
        return isnan(x) ? GAZE_SCALE_ZERO : round_level(fmax(GAZE_SCALE_ZERO + (TOP - GAZE_SCALE_ZERO) * x, 1));
    case GAZE_SCALE_SQRT:
    case GAZE_SCALE_ROW_MAX: break;
    }
    return x > 0 ? round_level(TOP * sqrt(x)) : 0;
}

void gaze_scale_colors(gaze_scale scale, gaze_rgb *colors) {
    for (unsigned level = 0; level < GAZE_RAMP_LEVELS; level++)
        colors[level] = scale == GAZE_SCALE_TIMES_UNIFORM || scale == GAZE_SCALE_SIGNED
                            ? gaze_color_signed(((double)level - UNIFORM) / (TOP - UNIFORM))
                            : gaze_color_ramp(level);
}

const gaze_tick *gaze_scale_ticks(gaze_scale scale, size_t *count) {
    /* sqrt of 0, .01, .05, .1, .25, .5, 1 */
    static const gaze_tick sqrt_ticks[] = {{0, "0"},
                                           {0.1, ".01"},
                                           {0.22360679774997896, ".05"},
                                           {0.31622776601683794, ".1"},
                                           {0.5, ".25"},
                                           {0.7071067811865476, ".5"},
                                           {1, "1"}};
    static const gaze_tick linear_ticks[] = {{0, "0"},    {0.1, ".1"},   {0.25, ".25"},
                                             {0.5, ".5"}, {0.75, ".75"}, {1, "1"}};
    static const gaze_tick uniform_ticks[] = {{0, "≤ 1/32"}, {0.2, "1/8"}, {0.4, "1/2"}, {0.5, "1"},
                                              {0.6, "2"},    {0.8, "8"},   {1, "≥ 32"}};
    if (scale == GAZE_SCALE_LINEAR) {
        *count = sizeof linear_ticks / sizeof *linear_ticks;
        return linear_ticks;
    }
    if (scale == GAZE_SCALE_TIMES_UNIFORM) {
        *count = sizeof uniform_ticks / sizeof *uniform_ticks;
        return uniform_ticks;
    }
    *count = sizeof sqrt_ticks / sizeof *sqrt_ticks;
    return sqrt_ticks;
}

/* Scales that end below 1 ------------------------------------------------------------------------------ */

/* Each about half the one before, so that some of them divide any of them; the first GAZE_TOPS may be tops. */
static const struct {
    double weight;
    const char *label, *at_top;
} series[] = {{.2, ".2", "≥ .2"},      {.1, ".1", "≥ .1"},       {.05, ".05", "≥ .05"}, {.02, ".02", "≥ .02"},
              {.01, ".01", "≥ .01"},   {.005, ".005", "≥ .005"}, {.002, ".002", ""},    {.001, ".001", ""},
              {.0005, ".0005", ""},    {.0002, ".0002", ""}};
enum { SERIES = sizeof series / sizeof *series };

static size_t place_of(double top) {
    size_t i = 0;
    while (i + 1 < GAZE_TOPS && series[i].weight > top) i++;
    return i;
}

const char *gaze_scale_top_text(double top) {
    return series[place_of(top)].label;
}

void gaze_scale_fit_add(gaze_scale_fit *fit, const float *weights, size_t count) {
    for (size_t i = 0; i < count; i++) {
        double w = (double)weights[i];
        if (!isfinite(w)) continue;
        fit->count++;
        for (size_t k = GAZE_TOPS; k-- > 0 && w > series[k].weight;) fit->above[k]++;
    }
}

double gaze_scale_fit_top(const gaze_scale_fit *fit) {
    for (size_t k = GAZE_TOPS; k-- > 0 && fit->count > 0;)
        if (fit->above[k] * 1000 <= fit->count) return series[k].weight;
    return 0;
}

size_t gaze_scale_figure_ticks(gaze_tick *ticks, const gaze_figure *figure) {
    static const double lowest = 0.19; /* the next would stand in the 0 */
    size_t count, n = 0, first = place_of(figure->top);
    const gaze_tick *fixed = gaze_scale_ticks(figure->scale, &count);
    if (!(figure->top > 0)) {
        for (; n < count; n++) ticks[n] = fixed[n];
        return n;
    }
    ticks[n++] = (gaze_tick){0, "0"};
    for (size_t i = SERIES; i-- > first;) {
        double at = sqrt(series[i].weight / figure->top);
        if (at > lowest) ticks[n++] = (gaze_tick){at, i == first ? series[i].at_top : series[i].label};
    }
    return n;
}
