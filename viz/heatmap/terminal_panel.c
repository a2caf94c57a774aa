/* One panel in a terminal: labels at the left, tokens written downwards or numbers above, a line or half a line a
 * row. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "viz/heatmap/facts.h"
#include "viz/heatmap/layout.h"
#include "viz/heatmap/terminal.h"
#include "viz/sentence.h"
#include "viz/text.h"

enum { NUMBER_CELL = 4, WIDEST_CELL = 6, SUM = 6, RULER_STEP = 10, TALLEST_LABEL = 12, LONGEST_LABEL = 4096 };
enum { WINDOW = 512 }; /* bytes that twelve characters of a label may take */

static const float STRONG = 0.10f; /* the least weight that NUMBERS_STRONG writes */
static const gaze_rgb BLACK = {0, 0, 0}, WHITE = {255, 255, 255};

/* Where everything stands, in columns. */
typedef struct plan {
    size_t left;   /* end of the labels */
    size_t digits; /* of the row numbers before them; 0: there are none */
    size_t cells;  /* where the cells begin */
    size_t cell;   /* width of one */
    gaze_cell_numbers numbers;
    bool pair; /* a letter for the text that a row belongs to stands before the cells */
    bool sums;
    bool small; /* one character a cell: halves of a line, numbers above */
    size_t rows_of_line;
} plan;

static size_t smaller(size_t a, size_t b) {
    return a < b ? a : b;
}

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static size_t label_width(const gaze_label *label) {
    return label->length > LONGEST_LABEL ? LONGEST_LABEL : gaze_tty_width(label->text, label->length);
}

static size_t widest_label(const gaze_heatmap *map) {
    size_t widest = 0;
    for (size_t t = 0; t < map->row_count; t++) widest = larger(widest, label_width(&map->rows[t]));
    return widest;
}

static size_t count_digits(size_t number) {
    size_t digits = 1;
    while (number >= 10) {
        number /= 10;
        digits++;
    }
    return digits;
}

/* Cells as wide as the terminal allows; numbers in them as the SVG has them. Returns the pool. */
static size_t make_plan(plan *p, const gaze_text_drawing *d) {
    size_t S = d->map->column_count, R = d->map->row_count, columns = d->tty->columns;
    size_t title = gaze_tty_width(d->words->attends_from, strlen(d->words->attends_from));
    *p = (plan){.pair = gaze_labels_have_pair(d->map->rows, R), .rows_of_line = 1};
    p->left = smaller(larger(widest_label(d->map), title), columns / 4);
    size_t room = columns - p->left - 1 - 2 * p->pair;
    p->cell = smaller(room / S, WIDEST_CELL);
    if (p->cell >= NUMBER_CELL && larger(S, R) <= 24)
        p->numbers = larger(S, R) <= 16 ? GAZE_NUMBERS_ALL : GAZE_NUMBERS_STRONG;
    else
        p->cell = smaller(p->cell, 2);
    p->small = p->cell < 2;
    if (p->small) {
        p->digits = count_digits(larger(S, R) - 1);
        p->left += p->digits + 1;
        room -= p->digits + 1;
        p->cell = 1;
        p->rows_of_line = gaze_text_rows_of_line(d->tty);
    }
    p->sums = p->numbers != GAZE_NUMBERS_NONE && room >= S * p->cell + SUM;
    p->cells = p->left + 1 + 2 * p->pair;
    return (S + room - 1) / room;
}

/* Above the cells ------------------------------------------------------------------------------------ */

static void put_muted(gaze_tty *tty, const char *text) {
    gaze_tty_style_set(tty, GAZE_TTY_MUTED);
    gaze_tty_puts(tty, text);
    gaze_tty_reset(tty);
}

static void put_axis_titles(const gaze_text_drawing *d, const plan *p) {
    size_t width = gaze_tty_width(d->words->attends_from, strlen(d->words->attends_from));
    if (width <= p->left) {
        gaze_tty_goto(d->tty, p->left - width);
        put_muted(d->tty, d->words->attends_from);
    }
    gaze_tty_goto(d->tty, p->cells);
    put_muted(d->tty, d->words->attended_to);
    gaze_tty_newline(d->tty);
}

/* The number of every tenth column. */
static void put_ruler(const gaze_text_drawing *d, const plan *p, const gaze_text_cells *cells) {
    gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
    for (size_t column = 0; column < cells->columns; column += RULER_STEP) {
        char number[24];
        size_t length = (size_t)snprintf(number, sizeof number, "%zu", column * cells->pool);
        gaze_tty_goto(d->tty, p->cells + column);
        if (d->tty->column + length <= d->tty->columns) gaze_tty_puts(d->tty, number);
    }
    gaze_tty_newline(d->tty);
}

/* Characters of a label, as far as they are written downwards. */
static size_t count_clusters(const gaze_label *label) {
    size_t count = 0, length = smaller(label->length, WINDOW);
    for (size_t at = 0, columns; at < length && count <= TALLEST_LABEL; count++)
        at += gaze_text_terminal_cluster(label->text + at, length - at, &columns);
    return count;
}

/* The character of a label that stands on line `line` of `height`, or nothing. The last of a label that goes on is a
 * sign for that. */
static void put_letter(gaze_tty *tty, const gaze_label *label, size_t line, size_t height) {
    size_t count = count_clusters(label), shown = smaller(count, height), skipped = height - shown;
    if (line < skipped) return;
    size_t at = 0, columns, length = smaller(label->length, WINDOW);
    for (size_t i = skipped; i < line; i++)
        at += gaze_text_terminal_cluster(label->text + at, length - at, &columns);
    if (count > height && line + 1 == height) {
        gaze_tty_puts(tty, "⋮");
        return;
    }
    size_t n = gaze_text_terminal_cluster(label->text + at, length - at, &columns);
    gaze_tty_text(tty, label->text + at, n, 2);
}

static void put_column_labels(const gaze_text_drawing *d, const plan *p) {
    size_t height = 0;
    for (size_t s = 0; s < d->map->column_count; s++)
        height = larger(height, count_clusters(&d->map->columns[s]));
    height = smaller(height, TALLEST_LABEL);
    for (size_t line = 0; line < height; line++) {
        for (size_t s = 0; s < d->map->column_count; s++) {
            const gaze_label *label = &d->map->columns[s];
            gaze_tty_goto(d->tty, p->cells + s * p->cell + (p->cell - 1) / 2);
            if (label->special) gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
            put_letter(d->tty, label, line, height);
            if (label->special) gaze_tty_reset(d->tty);
        }
        gaze_tty_newline(d->tty);
    }
}

static const char *text_letter(const gaze_text_drawing *d, const gaze_label *label) {
    return label->segment == 0 ? d->words->text_a : d->words->text_b;
}

/* For each column the letter of its text. */
static void put_text_letters(const gaze_text_drawing *d, const plan *p, const gaze_text_cells *cells) {
    gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
    for (size_t column = 0; column < cells->columns; column++) {
        gaze_tty_goto(d->tty, p->cells + column * p->cell + (p->cell - 1) / 2);
        gaze_tty_puts(d->tty, text_letter(d, &d->map->columns[column * cells->pool]));
    }
    gaze_tty_newline(d->tty);
}

/* Rows ----------------------------------------------------------------------------------------------- */

static void put_row_label(const gaze_text_drawing *d, const plan *p, size_t t) {
    const gaze_label *label = &d->map->rows[t];
    size_t room = p->left - (p->digits ? p->digits + 1 : 0), width = smaller(label_width(label), room);
    if (p->digits) {
        gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
        gaze_buffer_printf(d->tty->out, "%*zu", (int)p->digits, t);
        d->tty->column += p->digits;
        gaze_tty_reset(d->tty);
    }
    gaze_tty_goto(d->tty, p->left - width);
    if (label->special) gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
    gaze_tty_text(d->tty, label->text, label->length, room);
    gaze_tty_reset(d->tty);
    if (p->pair) {
        gaze_tty_goto(d->tty, p->left + 1);
        put_muted(d->tty, text_letter(d, label));
    }
    gaze_tty_goto(d->tty, p->cells);
}

/* ".37" or "1.00" at the right of a cell; without colours a weight that rounds to 0 is a dot, so that the others stand
 * out. */
static void put_number(const gaze_text_drawing *d, const plan *p, float weight) {
    bool plain = d->tty->colors == GAZE_TERMINAL_PLAIN;
    char number[GAZE_FIXED_TEXT];
    const char *text = gaze_weight_text(number, (double)weight);
    if (plain && strcmp(text, ".00") == 0) text = ".";
    if (strlen(text) > p->cell) text = "#"; /* no weight */
    size_t length = strlen(text), gap = p->cell == WIDEST_CELL;
    gaze_tty_fill(d->tty, " ", p->cell - length - (gap && length < p->cell));
    gaze_tty_text(d->tty, text, length, length);
    gaze_tty_fill(d->tty, " ", gap && length < p->cell);
}

static void put_wide_cell(const gaze_text_drawing *d, const plan *p, const gaze_text_cells *cells, size_t t,
                          size_t s) {
    float weight = d->map->panels[0].weights[t * d->map->column_count + s];
    gaze_rgb ground = gaze_text_cell_color(d, cells, t, s);
    bool plain = d->tty->colors == GAZE_TERMINAL_PLAIN;
    bool number = p->numbers == GAZE_NUMBERS_ALL || (p->numbers == GAZE_NUMBERS_STRONG && weight >= STRONG);
    gaze_tty_ground(d->tty, ground);
    if (number && isfinite(weight)) {
        gaze_tty_ink(d->tty, gaze_color_wants_black(ground) ? BLACK : WHITE);
        put_number(d, p, weight);
        return;
    }
    gaze_tty_fill(d->tty, plain && p->cell < NUMBER_CELL ? gaze_text_cell_sign(d, cells, t, s) : " ", p->cell);
}

static void put_wide_row(const gaze_text_drawing *d, const plan *p, const gaze_text_cells *cells, size_t t) {
    for (size_t s = 0; s < cells->columns; s++) put_wide_cell(d, p, cells, t, s);
    gaze_tty_reset(d->tty);
    if (!p->sums) return;
    gaze_tty_goto(d->tty, p->cells + cells->columns * p->cell + 2);
    gaze_tty_style_set(d->tty, GAZE_TTY_MUTED);
    gaze_sentence_weight(d->tty->out, gaze_heatmap_row_sum(d->map, 0, t));
}

static void put_rows(const gaze_text_drawing *d, const plan *p, const gaze_text_cells *cells) {
    for (size_t row = 0; row < cells->rows; row += p->rows_of_line) {
        put_row_label(d, p, row * cells->pool);
        if (p->small)
            gaze_text_put_cells(d, cells, row);
        else
            put_wide_row(d, p, cells, row);
        gaze_tty_newline(d->tty);
    }
}

gaze_status gaze_text_draw_panel(const gaze_text_drawing *d, gaze_text_notes *notes, gaze_error *err) {
    plan p;
    gaze_text_cells cells;
    notes->pool = make_plan(&p, d);
    notes->label_step = notes->pool * p.rows_of_line;
    notes->all_numbers = p.numbers == GAZE_NUMBERS_ALL;
    gaze_status status = gaze_text_cells_make(&cells, d->map, 0, notes->pool, err);
    if (status) return status;
    put_axis_titles(d, &p);
    if (p.small)
        put_ruler(d, &p, &cells);
    else
        put_column_labels(d, &p);
    if (p.pair) put_text_letters(d, &p, &cells);
    put_rows(d, &p, &cells);
    gaze_text_cells_deinit(&cells);
    return GAZE_OK;
}
