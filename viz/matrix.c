#include "viz/matrix.h"

#include <math.h>

#include "viz/dots.h"
#include "viz/scale.h"
#include "viz/text.h"

static const double LARGEST_CELL = 46, NUMBERS_FROM = 28, SMALL_NUMBER_FONT = 10, NOTCHES_FROM = 6;
static const double STRONG = 0.095; /* the least that is written where only strong numbers are: .10, rounded */
enum { FEW = 16, MOST_NUMBERED = 24 };
static const double GAP_FROM = 12, LABEL_PITCH = 13, LABEL_GAP = 8;
static const double LABEL_EM = 12, BOLD = 1.08, SIN_60 = 0.8660254037844386, COS_60 = 0.5;
static const gaze_rgb BLACK = {0, 0, 0}, WHITE = {255, 255, 255};

/* Sizes ------------------------------------------------------------------------------------------------ */

static double label_width(const gaze_label *label) {
    return gaze_text_fit(label->text, label->length, LABEL_EM).em * GAZE_SMALL_FONT * 1.05;
}

/* Rows and columns have the same rules: which of them a mark means. */
static size_t marked(const gaze_matrix *m, size_t k, bool column) {
    return column ? m->marks[k] % m->columns : m->marks[k] / m->columns;
}

static bool is_marked(const gaze_matrix *m, size_t i, bool column) {
    for (size_t k = 0; k < m->mark_count; k++)
        if (marked(m, k, column) == i) return true;
    return false;
}

static bool is_written(const gaze_matrix *m, size_t step, size_t i, bool column) {
    if (is_marked(m, i, column)) return true;
    if (i % step) return false;
    for (size_t k = 0; k < m->mark_count; k++) {
        size_t at = marked(m, k, column);
        if ((at > i ? at - i : i - at) < step) return false;
    }
    return true;
}

static double widest(const gaze_matrix *m, size_t step, bool column) {
    const gaze_label *labels = column ? m->column_labels : m->row_labels;
    double most = 0;
    for (size_t i = 0; i < (column ? m->columns : m->rows); i++)
        if (is_written(m, step, i, column))
            most = fmax(most, label_width(&labels[i]) * (is_marked(m, i, column) ? BOLD : 1));
    return most;
}

static void measure_labels(gaze_matrix_box *box, const gaze_matrix *m) {
    box->label_step = (size_t)fmax(ceil(LABEL_PITCH / box->pitch), 1);
    double room = box->pitch * (double)box->label_step;
    double across = widest(m, box->label_step, true);
    box->leaning = across > room;
    box->left = widest(m, box->label_step, false) + LABEL_GAP;
    box->top = LABEL_GAP + (box->leaning ? across * SIN_60 + GAZE_SMALL_FONT * COS_60 : GAZE_SMALL_FONT);
    box->overhang = box->leaning ? across * COS_60 : 0;
}

static void decide_numbers(gaze_matrix_box *box, double cell, double most, bool with_signs) {
    bool small = cell < NUMBERS_FROM;
    box->number_font = small ? SMALL_NUMBER_FONT : GAZE_SMALL_FONT;
    box->strong_only = small && (most > FEW || with_signs);
    box->numbers = !box->raster && (!small || (cell >= GAZE_MATRIX_NUMBERS_FROM && most <= MOST_NUMBERED));
}

void gaze_matrix_measure(gaze_matrix_box *box, const gaze_matrix *m, double room, size_t vectors) {
    double most = (double)(m->rows > m->columns ? m->rows : m->columns);
    *box = (gaze_matrix_box){.pool = (size_t)fmax(ceil(most / room), 1)};
    double cell = box->pool > 1 ? 1 : fmin(floor(room / most), LARGEST_CELL);
    box->raster = box->pool > 1 || m->rows * m->columns > vectors;
    box->notches = box->pool == 1 && cell >= NOTCHES_FROM;
    decide_numbers(box, cell, most, m->scale == GAZE_SCALE_SIGNED);
    box->pitch = cell / (double)box->pool;
    box->width = cell * ceil((double)m->columns / (double)box->pool);
    box->height = cell * ceil((double)m->rows / (double)box->pool);
    measure_labels(box, m);
}

/* Labels ----------------------------------------------------------------------------------------------- */

static void put_label(gaze_svg *svg, const gaze_matrix *m, const gaze_palette *palette, size_t i, bool column) {
    const gaze_label *label = column ? &m->column_labels[i] : &m->row_labels[i];
    bool strong = is_marked(m, i, column);
    if (strong) gaze_svg_string(svg, "font-weight", "700");
    if (label->special && !strong) gaze_page_muted(svg, palette);
    gaze_label_write(svg, label, LABEL_EM, palette->muted);
}

static void put_row_labels(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box,
                           const gaze_palette *palette, double x, double y) {
    gaze_svg_begin(svg, "g");
    gaze_svg_string(svg, "text-anchor", "end");
    for (size_t t = 0; t < m->rows; t++) {
        if (!is_written(m, box->label_step, t, false)) continue;
        gaze_svg_begin(svg, "text");
        gaze_svg_number(svg, "x", x - LABEL_GAP);
        gaze_svg_number(svg, "y", y + box->pitch * ((double)t + 0.5) + 4);
        put_label(svg, m, palette, t, false);
        gaze_svg_end(svg);
    }
    gaze_svg_end(svg);
}

static void put_column_labels(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box,
                              const gaze_palette *palette, double x, double y) {
    gaze_svg_begin(svg, "g");
    if (!box->leaning) gaze_svg_string(svg, "text-anchor", "middle");
    for (size_t s = 0; s < m->columns; s++) {
        if (!is_written(m, box->label_step, s, true)) continue;
        double at = x + box->pitch * ((double)s + 0.5) + (box->leaning ? 3 : 0);
        gaze_svg_begin(svg, "text");
        gaze_svg_number(svg, "x", at);
        gaze_svg_number(svg, "y", y - LABEL_GAP);
        if (box->leaning) gaze_svg_rotate(svg, -60, at, y - LABEL_GAP);
        put_label(svg, m, palette, s, true);
        gaze_svg_end(svg);
    }
    gaze_svg_end(svg);
}

/* Cells ------------------------------------------------------------------------------------------------ */

static gaze_row_scale scale_of(const gaze_matrix *m, size_t t) {
    if (m->scale == GAZE_SCALE_SIGNED) return gaze_scale_signed(m->limit);
    return gaze_scale_row(m->scale, m->values + t * m->columns, m->columns);
}

static gaze_rgb color_at(const gaze_matrix *m, const gaze_row_scale *scale, size_t t, size_t s) {
    return m->ramp[gaze_scale_level(scale, (double)m->values[t * m->columns + s])];
}

static void put_cell(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box, size_t t, size_t s,
                     gaze_rgb color) {
    double side = box->pitch >= GAP_FROM ? box->pitch - 1 : box->pitch;
    gaze_svg_begin(svg, "rect");
    gaze_svg_number(svg, "x", box->pitch * (double)s);
    gaze_svg_number(svg, "y", box->pitch * (double)t);
    gaze_svg_number(svg, "width", side);
    gaze_svg_number(svg, "height", side);
    gaze_svg_color(svg, "fill", color);
    if (m->title) {
        gaze_svg_begin(svg, "title");
        gaze_svg_content(svg);
        m->title(svg, m, t, s);
        gaze_svg_end(svg);
    }
    gaze_svg_end(svg);
}

void gaze_matrix_put_number(gaze_svg *svg, double value) {
    bool below = value < -0.005;
    gaze_svg_content(svg);
    if (!isfinite(value)) {
        gaze_svg_puts(svg, "?");
        return;
    }
    if (below) gaze_svg_puts(svg, "-");
    gaze_page_weight(svg, fabs(value));
}

double gaze_matrix_number_drop(const gaze_matrix_box *box) {
    return (box->pitch - 1) / 2 + (box->number_font < GAZE_SMALL_FONT ? 3.5 : 4.5);
}

static void put_number(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box, size_t t, size_t s,
                       gaze_rgb ground) {
    gaze_svg_begin(svg, "text");
    gaze_svg_number(svg, "x", box->pitch * (double)s + (box->pitch - 1) / 2);
    gaze_svg_number(svg, "y", box->pitch * (double)t + gaze_matrix_number_drop(box));
    gaze_svg_color(svg, "fill", gaze_color_wants_black(ground) ? BLACK : WHITE);
    if (m->turns_dark && gaze_color_wants_black(gaze_color_darken(ground)))
        gaze_svg_string(svg, "class", "gaze-black");
    double value = (double)m->values[t * m->columns + s];
    if (box->number_font < GAZE_SMALL_FONT && isfinite(value) && fabs(value) >= 0.995)
        gaze_svg_puts(svg, value > 0 ? "1.0" : "-1.0"); /* a digit less, which would touch the next */
    else
        gaze_matrix_put_number(svg, value);
    gaze_svg_end(svg);
}

static void put_numbers(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box) {
    gaze_svg_begin(svg, "g");
    gaze_svg_string(svg, "class", "gaze-numbers");
    gaze_svg_string(svg, "text-anchor", "middle");
    if (box->number_font < GAZE_SMALL_FONT) gaze_svg_number(svg, "font-size", box->number_font);
    gaze_svg_string(svg, "pointer-events", "none");
    for (size_t t = 0; t < m->rows; t++) {
        gaze_row_scale scale = scale_of(m, t);
        for (size_t s = 0; s < m->columns; s++)
            if (!box->strong_only || fabs((double)m->values[t * m->columns + s]) >= STRONG)
                put_number(svg, m, box, t, s, color_at(m, &scale, t, s));
    }
    gaze_svg_end(svg);
}

static bool is_clipped(const gaze_matrix *m, size_t i) {
    return m->scale == GAZE_SCALE_SIGNED && fabs((double)m->values[i]) > m->limit * (1 + 1e-6);
}

double gaze_matrix_notch(const gaze_matrix_box *box) {
    return fmin(floor(box->pitch * 0.42), 5);
}

/* A notch in the upper right corner of each cell whose value is larger than its colour tells. */
static void put_notches(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box, const gaze_palette *palette,
                        double x, double y) {
    double side = gaze_matrix_notch(box), gap = box->pitch >= GAP_FROM ? 1 : 0;
    bool begun = false;
    for (size_t i = 0; i < m->rows * m->columns; i++) {
        if (!is_clipped(m, i)) continue;
        if (!begun) {
            gaze_svg_begin(svg, "path");
            gaze_svg_string(svg, "class", "gaze-paper");
            gaze_svg_color(svg, "fill", palette->paper);
            gaze_svg_string(svg, "pointer-events", "none");
            gaze_svg_begin_value(svg, "d");
        }
        begun = true;
        gaze_buffer_putc(svg->out, 'M');
        gaze_buffer_put_trimmed(svg->out, x + box->pitch * (double)(i % m->columns + 1) - gap - side, 2);
        gaze_buffer_putc(svg->out, ' ');
        gaze_buffer_put_trimmed(svg->out, y + box->pitch * (double)(i / m->columns), 2);
        gaze_buffer_printf(svg->out, "h%dv%dz", (int)side, (int)side);
    }
    if (!begun) return;
    gaze_svg_end_value(svg);
    gaze_svg_end(svg);
}

static void put_cells(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box, const gaze_palette *palette,
                      double x, double y) {
    gaze_svg_begin(svg, "g");
    gaze_svg_translate(svg, x, y);
    gaze_page_begin_heat(svg);
    for (size_t t = 0; t < m->rows; t++) {
        gaze_row_scale scale = scale_of(m, t);
        for (size_t s = 0; s < m->columns; s++) put_cell(svg, m, box, t, s, color_at(m, &scale, t, s));
    }
    gaze_svg_end(svg);
    if (box->notches) put_notches(svg, m, box, palette, 0, 0);
    if (box->numbers) put_numbers(svg, m, box);
    gaze_svg_end(svg);
}

static gaze_status put_dots(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box, double x,
                            double y, gaze_error *err) {
    double dots = box->width / (box->pitch * (double)box->pool);
    gaze_dots picture = {.weights = m->values,
                         .rows = m->rows,
                         .columns = m->columns,
                         .pool = box->pool,
                         .times = (size_t)fmax(ceil(1024 / dots), 1),
                         .scale = m->scale,
                         .limit = m->limit,
                         .ramp = m->ramp,
                         .colors = GAZE_RAMP_LEVELS,
                         .x = x,
                         .y = y,
                         .width = box->width,
                         .height = box->height};
    gaze_page_begin_heat(svg);
    gaze_svg_string(svg, "image-rendering", "optimizeSpeed"); /* SVG 1.1's word for the next */
    gaze_svg_string(svg, "style", "image-rendering:pixelated");
    gaze_status status = gaze_dots_begin(svg, &picture, err);
    if (status) return status;
    gaze_svg_end(svg);
    gaze_svg_end(svg);
    return GAZE_OK;
}

static void put_frame(gaze_svg *svg, const gaze_palette *palette, const double box[4]) {
    static const char *const names[4] = {"x", "y", "width", "height"};
    gaze_svg_begin(svg, "rect");
    for (size_t i = 0; i < 4; i++) gaze_svg_number(svg, names[i], box[i]);
    gaze_svg_string(svg, "fill", "none");
    gaze_svg_string(svg, "pointer-events", "none");
    gaze_page_line(svg, palette);
    gaze_svg_end(svg);
}

gaze_status gaze_matrix_draw(gaze_svg *svg, const gaze_matrix *m, const gaze_matrix_box *box,
                             const gaze_palette *palette, double x, double y, gaze_error *err) {
    gaze_svg_begin(svg, "g");
    gaze_page_ink(svg, palette);
    put_row_labels(svg, m, box, palette, x, y);
    put_column_labels(svg, m, box, palette, x, y);
    gaze_svg_end(svg);
    gaze_status status = GAZE_OK;
    if (box->raster)
        status = put_dots(svg, m, box, x, y, err);
    else
        put_cells(svg, m, box, palette, x, y);
    if (!status && box->raster && box->notches) put_notches(svg, m, box, palette, x, y);
    if (!status && (box->raster || m->scale == GAZE_SCALE_SIGNED))
        put_frame(svg, palette, (double[]){x - 1, y - 1, box->width + 1, box->height + 1});
    return status;
}

void gaze_matrix_mark(gaze_svg *svg, const gaze_matrix_box *box, const gaze_palette *palette, double x,
                      double y, size_t row, size_t column) {
    gaze_svg_begin(svg, "rect");
    gaze_svg_number(svg, "x", x + box->pitch * (double)column - 1.5);
    gaze_svg_number(svg, "y", y + box->pitch * (double)row - 1.5);
    gaze_svg_number(svg, "width", box->pitch + 2);
    gaze_svg_number(svg, "height", box->pitch + 2);
    gaze_svg_string(svg, "class", "gaze-border");
    gaze_svg_string(svg, "fill", "none");
    gaze_svg_color(svg, "stroke", palette->ink);
    gaze_svg_string(svg, "stroke-width", "2.5");
    gaze_svg_string(svg, "pointer-events", "none");
    gaze_svg_end(svg);
}
