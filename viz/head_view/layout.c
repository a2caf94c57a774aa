/* Sizes and places. The numbers were chosen by looking at figures of 3 to 512 tokens. */
#include "viz/head_view/layout.h"

#include "viz/page.h"
#include "viz/text.h"

static const double LABEL_PITCH = 12, LABEL_EM = 14, LABEL_GAP = 8, BAR_GAP = 6, PIN_PAD = 2.5, PIN_LEAST = 13,
                    BOLD = 1.08;
static const double BASELINE = 5, LEAN_SHIFT = 4;
static const double LEAN_HEIGHT = 1.4, LEAN_FOOT = 0.35; /* em: of their frame, and of that below them */
static const double HEADING = 54, TOP_GAP = 20, NARROWEST_LABELS = 96, BAND = 20;
static const double STRIP_GAP = 10, STRIP_HEADING = 16, LEGEND_GAP = 28;
static const double NARROW_WIDTH = 342, NARROW_MARGIN = 4, NARROW_LABELS = 72, NARROW_SPAN = 90; /* of a phone's page */
static const double SIN_60 = 0.8660254037844386, COS_60 = 0.5;
/* Weights and their lines; the colour bar beside them, when there is a strip. */
static const double LEGEND_KEY = 112, LEGEND_HEIGHT = 176, LEGEND_LINE = 18, LEGEND_TOP = 12, LEGEND_LINES = 7;

/* What is chosen by the number of tokens. */
typedef struct size_class {
    size_t tokens; /* up to */
    double pitch, horizontal_pitch;
    double span, horizontal_span; /* of the lines, across */
} size_class;

static const size_class classes[] = {
    {16, 24, 34, 300, 200},
    {32, 22, 28, 360, 240},
    {64, 18, 20, 420, 300},
    {128, 14, 14, 520, 380},
    {256, 8, 8, 640, 480},
};
enum { CLASSES = sizeof classes / sizeof *classes };
static const size_class longest = {0, 4, 4, 720, 560};

static const size_class *class_of(size_t tokens) {
    for (size_t i = 0; i < CLASSES; i++)
        if (tokens <= classes[i].tokens) return &classes[i];
    return &longest;
}

double gaze_head_layout_middle(const gaze_head_layout *layout, size_t token) {
    return layout->start + layout->pitch * ((double)token + 0.5);
}

gaze_head_point gaze_head_layout_point(const gaze_head_layout *layout, double along, double across) {
    return layout->horizontal ? (gaze_head_point){along, across} : (gaze_head_point){across, along};
}

gaze_head_stand gaze_head_layout_stand(const gaze_head_layout *layout, bool keys, bool wide) {
    if (!layout->horizontal) return (gaze_head_stand){{0, BASELINE}, 0, NULL};
    static const char *const upright[2] = {"writing-mode:vertical-rl;text-anchor:end", "writing-mode:vertical-rl"};
    if (wide) return (gaze_head_stand){{0, 0}, 0, upright[keys]};
    return keys ? (gaze_head_stand){{0, LEAN_SHIFT}, 60, NULL} : (gaze_head_stand){{LEAN_SHIFT, 0}, -60, NULL};
}

/* The frame of a pinned token ------------------------------------------------------------------------- */

static void put_step(gaze_buffer *out, char command, double x, double y) {
    gaze_buffer_putc(out, command);
    gaze_buffer_put_trimmed(out, x, 2);
    gaze_buffer_putc(out, ' ');
    gaze_buffer_put_trimmed(out, y, 2);
}

/* u along letters that lean down by 60 degrees (up: `turn` is -1), and v to their right hand. */
static void put_turned(gaze_buffer *out, char command, double u, double v, double turn) {
    put_step(out, command, u * COS_60 - v * SIN_60 * turn, u * SIN_60 * turn + v * COS_60);
}

double gaze_head_layout_label_em(const gaze_label *label) {
    return gaze_text_fit(label->text, label->length, LABEL_EM).em * BOLD;
}

double gaze_head_layout_frame_width(const gaze_head_layout *layout, const gaze_label *label) {
    return gaze_head_layout_label_em(label) * layout->font + 2 * PIN_PAD;
}

/* So many times the width; as a template "{0.5}". */
static void put_times(gaze_buffer *out, double factor, const double *width) {
    if (width) {
        gaze_buffer_put_trimmed(out, factor * *width, 2);
        return;
    }
    gaze_buffer_putc(out, '{');
    gaze_buffer_put_double(out, factor);
    gaze_buffer_putc(out, '}');
}

/* Around letters that lean. */
static void put_leaning(gaze_buffer *out, const gaze_head_layout *layout, bool keys, const double *width) {
    gaze_head_point begin = gaze_head_layout_stand(layout, keys, false).shift;
    double height = layout->font * LEAN_HEIGHT, turn = keys ? 1 : -1;
    put_step(out, 'm', begin.x, begin.y);
    put_turned(out, 'm', -PIN_PAD, layout->font * LEAN_FOOT, turn);
    for (int side = 1; side >= -1; side -= 2) {
        gaze_buffer_putc(out, 'l');
        put_times(out, COS_60 * side, width);
        gaze_buffer_putc(out, ' ');
        put_times(out, SIN_60 * turn * side, width);
        if (side > 0) put_turned(out, 'l', 0, -height, turn);
    }
    gaze_buffer_putc(out, 'z');
}

/* A side of an upright box: across it is as long as the width, `along` is known. */
static void put_side(gaze_buffer *out, char command, bool across, double along, double turn, const double *width) {
    gaze_buffer_putc(out, command);
    if (across)
        put_times(out, turn, width);
    else
        gaze_buffer_put_trimmed(out, along, 2);
}

void gaze_head_layout_put_frame(gaze_buffer *out, const gaze_head_layout *layout, bool keys, bool wide,
                                const double *width) {
    double along = layout->pitch > PIN_LEAST ? layout->pitch : PIN_LEAST, turn = keys ? 1 : -1;
    if (layout->horizontal && !wide) {
        put_leaning(out, layout, keys, width);
        return;
    }
    gaze_head_point begin = gaze_head_layout_point(layout, -along / 2, -PIN_PAD * turn);
    put_step(out, 'm', begin.x, begin.y);
    put_side(out, 'h', !layout->horizontal, along, turn, width);
    put_side(out, 'v', layout->horizontal, along, turn, width);
    put_side(out, 'h', !layout->horizontal, -along, -turn, width);
    gaze_buffer_putc(out, 'z');
}

/* Across --------------------------------------------------------------------------------------------- */

/* Across: what a label takes. Beside a horizontal figure letters lean by 60 degrees; wide characters stand. */
static double label_extent(const gaze_head_layout *layout, const gaze_label *label) {
    double em = gaze_text_fit(label->text, label->length, LABEL_EM).em;
    if (!layout->horizontal) return em * layout->font;
    if (gaze_text_is_wide(label->text + label->marker, label->length - label->marker)) return em * layout->font;
    return em * layout->font * SIN_60 + layout->font * COS_60;
}

static double longest_label(const gaze_head_layout *layout, const gaze_label *labels, size_t count) {
    double most = layout->horizontal ? 2 * layout->font : layout->narrow ? NARROW_LABELS : NARROWEST_LABELS;
    for (size_t i = 0; i < count; i++) {
        double extent = label_extent(layout, &labels[i]);
        if (extent > most) most = extent;
    }
    return most;
}

/* Its heading stands above its numbers, or, where heads lie below one another, above the first. */
static double strip_heading(const gaze_head_layout *layout) {
    return layout->horizontal ? STRIP_HEADING : 0;
}

static double strip_room(const gaze_head_layout *layout, const gaze_head_side *side) {
    double cells = GAZE_STRIP_CELL * (double)layout->strip_heads;
    return side->has_strip ? STRIP_GAP + strip_heading(layout) + cells : 0;
}

/* From the first edge to the last, across. Returns the last. */
static double place_across(gaze_head_layout *layout, double at, double span) {
    gaze_head_side *from = &layout->from, *to = &layout->to;
    double band = layout->pair ? BAND : 0;
    from->strip = at + strip_room(layout, from) - STRIP_GAP;
    from->band = from->strip + STRIP_GAP + band / 2;
    from->label = at + strip_room(layout, from) + band + from->extent;
    from->end = from->label + LABEL_GAP + GAZE_REST_ROOM + BAR_GAP;
    to->end = from->end + span;
    to->label = to->end + LABEL_GAP;
    to->band = to->label + to->extent + band / 2;
    to->strip = to->label + to->extent + band + STRIP_GAP + strip_heading(layout);
    return to->label + to->extent + band + strip_room(layout, to);
}

gaze_head_point gaze_head_layout_heads(const gaze_head_layout *layout) {
    if (layout->narrow) return (gaze_head_point){LEGEND_KEY + LEGEND_GAP, LEGEND_LINE + LEGEND_TOP};
    return (gaze_head_point){0, LEGEND_LINE * LEGEND_LINES + LEGEND_TOP + 6};
}

/* Heads stand below the weights; in a narrow figure beside them, and there is no colour bar. */
static double legend_height(const gaze_head_layout *layout, size_t heads) {
    if (layout->narrow) return LEGEND_LINE * LEGEND_LINES + LEGEND_TOP;
    double key = LEGEND_LINE * (LEGEND_LINES + (heads > 1 ? (double)heads + 1 : 0));
    return key > LEGEND_HEIGHT ? key : LEGEND_HEIGHT;
}

static void place_vertical(gaze_head_layout *layout, double top, double length, double span) {
    double right = place_across(layout, GAZE_PAGE_MARGIN, span);
    layout->start = top + HEADING;
    layout->legend_x = right + LEGEND_GAP;
    layout->legend_y = layout->start;
    layout->bottom = layout->start + length;
}

/* Letters that lean reach to the right of their column. */
static void place_horizontal(gaze_head_layout *layout, double top, double length, double span) {
    double overhang = layout->to.extent * COS_60;
    layout->bottom = place_across(layout, top + TOP_GAP, span);
    layout->start = GAZE_PAGE_MARGIN + NARROWEST_LABELS;
    layout->legend_x = layout->start + length + overhang + LEGEND_GAP;
    layout->legend_y = top + TOP_GAP;
}

/* Lines take what labels leave of a phone's width; the legend stands below. */
static void place_narrow(gaze_head_layout *layout, double top, double length) {
    double labels = place_across(layout, NARROW_MARGIN, 0) + NARROW_MARGIN;
    double span = NARROW_WIDTH - labels > NARROW_SPAN ? NARROW_WIDTH - labels : NARROW_SPAN;
    layout->width = place_across(layout, NARROW_MARGIN, span) + NARROW_MARGIN;
    layout->start = top + HEADING;
    layout->legend_x = NARROW_MARGIN;
    layout->legend_y = layout->bottom = layout->start + length + LEGEND_GAP;
}

static void choose_strips(gaze_head_layout *layout, const gaze_head_view *view, bool both) {
    bool room = view->row_count <= GAZE_STRIP_TOKENS && view->column_count <= GAZE_STRIP_TOKENS;
    layout->strip_heads = view->strip_count < GAZE_STRIP_HEADS ? view->strip_count : GAZE_STRIP_HEADS;
    if (!room || layout->strip_heads == 0 || layout->narrow) return;
    layout->from.has_strip = both || (view->pinned_count > 0 && view->pinned_keys);
    layout->to.has_strip = both || (view->pinned_count > 0 && !view->pinned_keys);
}

static void place(gaze_head_layout *layout, const size_class *size, double top, double length) {
    bool strip = layout->from.has_strip || layout->to.has_strip;
    if (layout->narrow) {
        place_narrow(layout, top, length);
        return;
    }
    if (layout->horizontal)
        place_horizontal(layout, top, length, size->horizontal_span);
    else
        place_vertical(layout, top, length, size->span);
    layout->width = layout->legend_x + LEGEND_KEY + (strip ? GAZE_LEGEND_WIDTH + 24 : 0) + GAZE_PAGE_MARGIN;
}

void gaze_head_layout_make(gaze_head_layout *layout, const gaze_head_view *view, double top, bool both_strips) {
    size_t tokens = view->row_count > view->column_count ? view->row_count : view->column_count;
    const size_class *size = class_of(tokens);
    *layout = (gaze_head_layout){.horizontal = view->horizontal,
                                 .narrow = view->narrow,
                                 .pair = gaze_labels_have_pair(view->rows, view->row_count) ||
                                         gaze_labels_have_pair(view->columns, view->column_count),
                                 .pitch = view->horizontal ? size->horizontal_pitch : size->pitch,
                                 .label_step = 1};
    layout->font = layout->pitch >= 18 ? GAZE_TEXT_FONT : GAZE_SMALL_FONT;
    while (layout->pitch * (double)layout->label_step < LABEL_PITCH) layout->label_step++;
    layout->from.extent = longest_label(layout, view->rows, view->row_count);
    layout->to.extent = longest_label(layout, view->columns, view->column_count);
    choose_strips(layout, view, both_strips);
    place(layout, size, top, layout->pitch * (double)tokens);
    double legend_end = layout->legend_y + legend_height(layout, both_strips ? GAZE_HEAD_COLORS : view->panel_count);
    if (legend_end > layout->bottom) layout->bottom = legend_end;
}
