/* Breaks the passage into lines. Pieces of one word stay together unless they are longer than a line. */
#include <math.h>

#include "core/base/memory.h"
#include "viz/page.h"
#include "viz/text.h"
#include "viz/text_view/draw.h"

enum { FEW = 96 }; /* pieces: so many have their numbers written */

static const double PADDING = 3, WIDER_THAN_GUESSED = 1.06;
static const double BLANK = GAZE_TEXT_VIEW_BLANK, TOUCHING = GAZE_TEXT_VIEW_TOUCHING,
                    TEXT_GAP = GAZE_TEXT_VIEW_TEXT_GAP;
static const double LINE = 34, LINE_WITH_NUMBERS = 48, READOUT = 26, LEGEND_GAP = 36, LEGEND_BELOW = 8,
                    LIVE_TOP = 8, LIVE_LEFT = 2;
static const double SHORTEST_LEGEND = 150, LONGEST_LEGEND = 320, LEAST_ROOM = 660, LONGEST_EM = 30;
static const double LEGEND_ROOM = LEGEND_GAP + GAZE_LEGEND_WIDTH + GAZE_PAGE_MARGIN + 16; /* beside the text */
static const double NARROW = 640; /* less wide, the colour bar stands below */

double gaze_text_piece_width(const gaze_text_layout *layout, const gaze_text_piece *piece) {
    if (piece->hidden) return 0;
    double em = gaze_text_fit(piece->text, piece->length, layout->longest_em).em;
    return fmax(em * GAZE_TEXT_VIEW_FONT * WIDER_THAN_GUESSED + 2 * PADDING, layout->numbers ? 26 : 10);
}

/* Wide characters may part anywhere, as they do in print. */
bool gaze_text_may_break_before(const gaze_text_piece *piece) {
    return piece->after_blank || gaze_text_is_wide(piece->text, piece->length);
}

/* Width of the pieces from i to the next place where the line may break. */
static double width_of_word(const gaze_text_layout *layout, const gaze_text_view *view, size_t i) {
    double width = gaze_text_piece_width(layout, &view->pieces[i]);
    for (i++; i < view->count && !gaze_text_may_break_before(&view->pieces[i]); i++)
        width += TOUCHING + gaze_text_piece_width(layout, &view->pieces[i]);
    return width;
}

/* `before`: the visible piece before it, or count. */
static bool begins_second_text(const gaze_text_view *view, size_t i, size_t before) {
    return before < view->count && view->pieces[i].label.segment != view->pieces[before].label.segment;
}

/* Whether everything to the end of its text fits the line after all, so that no single [SEP] begins another. */
static bool ends_here(const gaze_text_layout *layout, const gaze_text_view *view, size_t i, double room) {
    for (size_t k = i; room >= 0; k++) {
        if (k == view->count || view->pieces[k].label.segment != view->pieces[i].label.segment) return true;
        if (!view->pieces[k].hidden) room -= gaze_text_piece_width(layout, &view->pieces[k]) + BLANK;
    }
    return false;
}

/* Whether a line that has come to x, counted from its begin, must end before the piece i. */
static bool is_full(const gaze_text_layout *layout, const gaze_text_view *view, size_t i, double x) {
    double room = layout->room - x;
    if (!(x > 0)) return false;
    bool fits = gaze_text_piece_width(layout, &view->pieces[i]) <= room &&
                (!gaze_text_may_break_before(&view->pieces[i]) || width_of_word(layout, view, i) <= room);
    return !fits && !ends_here(layout, view, i, room + layout->slack);
}

static void place_pieces(gaze_text_layout *layout, const gaze_text_view *view) {
    double x = layout->left, y = layout->first_y;
    size_t before = view->count;
    for (size_t i = 0; i < view->count; i++) {
        layout->places[i] = (gaze_text_place){x, y, 0};
        if (view->pieces[i].hidden) continue;
        bool second = begins_second_text(view, i, before);
        if (second || is_full(layout, view, i, x - layout->left)) {
            x = layout->left;
            y += layout->line + (second ? TEXT_GAP : 0);
        }
        if (second && !(layout->second_y > 0)) layout->second_y = y;
        layout->places[i] = (gaze_text_place){x, y, gaze_text_piece_width(layout, &view->pieces[i])};
        bool apart = i + 1 < view->count && view->pieces[i + 1].after_blank;
        x += layout->places[i].width + (apart ? BLANK : TOUCHING);
        before = i;
    }
    layout->bottom = y + layout->line;
}

static bool is_pair(const gaze_text_view *view) {
    return view->pieces[0].label.segment != view->pieces[view->count - 1].label.segment;
}

/* How long lines are: as long as reads well, or what a width that was asked for leaves. */
static void measure_lines(gaze_text_layout *layout, const gaze_text_view *view, bool live) {
    double width = live ? 0 : view->figure.width;
    layout->numbers = view->count <= FEW;
    layout->line = layout->numbers ? LINE_WITH_NUMBERS : LINE;
    layout->left = (live ? LIVE_LEFT : GAZE_PAGE_MARGIN) + (is_pair(view) ? GAZE_TEXT_VIEW_LETTER : 0);
    layout->room = GAZE_TEXT_VIEW_ROOM;
    layout->slack = GAZE_TEXT_VIEW_SLACK;
    layout->longest_em = LONGEST_EM;
    if (!(width > 0)) return;
    layout->room = width - layout->left - (width < NARROW ? GAZE_PAGE_MARGIN : LEGEND_ROOM);
    layout->slack = 0;
    layout->longest_em = fmin(LONGEST_EM, (layout->room - 2 * PADDING) / GAZE_TEXT_VIEW_FONT / WIDER_THAN_GUESSED);
}

/* Where the longest line ends. */
static double right_edge(const gaze_text_layout *layout, size_t count, bool live) {
    double edge = layout->left + (live ? layout->room + layout->slack : LEAST_ROOM);
    for (size_t i = 0; i < count; i++) edge = fmax(edge, layout->places[i].x + layout->places[i].width);
    return ceil(edge);
}

/* The colour bar: beside the text, or below it where that leaves too little room. */
static void place_legend(gaze_text_layout *layout, const gaze_text_view *view, bool live) {
    double asked = live ? 0 : view->figure.width, height = layout->bottom - layout->first_y;
    bool below = asked > 0 && asked < NARROW;
    layout->width = asked > 0 ? asked : right_edge(layout, view->count, live) + LEGEND_ROOM;
    layout->legend_x = below ? GAZE_PAGE_MARGIN : layout->width - LEGEND_ROOM + LEGEND_GAP;
    layout->legend_y = below ? layout->bottom + LEGEND_BELOW : layout->first_y;
    layout->legend_height = live || below ? SHORTEST_LEGEND : fmin(fmax(height, SHORTEST_LEGEND), LONGEST_LEGEND);
    layout->bottom = fmax(layout->bottom, layout->legend_y + layout->legend_height + GAZE_LEGEND_FOOT);
}

gaze_status gaze_text_layout_make(gaze_text_layout *layout, const gaze_text_view *view, bool live,
                                  gaze_error *err) {
    *layout = (gaze_text_layout){.places = gaze_alloc(view->count, sizeof *layout->places)};
    if (!layout->places) return gaze_fail_memory(err);
    gaze_figure header = view->figure;
    header.text = header.pair = NULL; /* the passage itself is the figure */
    layout->first_y = live ? LIVE_TOP : gaze_page_header_height(&header) + READOUT + 14;
    layout->readout_y = gaze_page_header_height(&header) + READOUT - 6;
    measure_lines(layout, view, live);
    place_pieces(layout, view);
    place_legend(layout, view, live);
    return GAZE_OK;
}
