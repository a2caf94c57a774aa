/* Breaks the passage into lines. Pieces of one word stay together unless they are longer than a line. */
#include <math.h>

#include "core/base/memory.h"
#include "viz/page.h"
#include "viz/text.h"
#include "viz/text_view/draw.h"

enum { FEW = 96 }; /* pieces: so many have their numbers written */

static const double ROOM = GAZE_TEXT_VIEW_ROOM, PADDING = 3;
static const double BLANK = GAZE_TEXT_VIEW_BLANK, TOUCHING = GAZE_TEXT_VIEW_TOUCHING,
                    TEXT_GAP = GAZE_TEXT_VIEW_TEXT_GAP;
static const double LINE = 34, LINE_WITH_NUMBERS = 48, READOUT = 26, LEGEND_GAP = 36, LONGEST_EM = 30,
                    LIVE_TOP = 8, LIVE_LEFT = 2;
static const double SHORTEST_LEGEND = 150, LONGEST_LEGEND = 320, LEAST_ROOM = 660;

double gaze_text_piece_width(const gaze_text_piece *piece, bool numbers) {
    if (piece->hidden) return 0;
    double text = gaze_text_fit(piece->text, piece->length, LONGEST_EM).em * GAZE_TEXT_VIEW_FONT * 1.06;
    return fmax(text + 2 * PADDING, numbers ? 26 : 10);
}

/* Wide characters may part anywhere, as they do in print. */
bool gaze_text_may_break_before(const gaze_text_piece *piece) {
    return piece->after_blank || gaze_text_is_wide(piece->text, piece->length);
}

/* Width of the pieces from i to the next place where the line may break. */
static double width_of_word(const gaze_text_view *view, size_t i, bool numbers) {
    double width = gaze_text_piece_width(&view->pieces[i], numbers);
    for (i++; i < view->count && !gaze_text_may_break_before(&view->pieces[i]); i++)
        width += TOUCHING + gaze_text_piece_width(&view->pieces[i], numbers);
    return width;
}

/* `before`: the visible piece before it, or count. */
static bool begins_second_text(const gaze_text_view *view, size_t i, size_t before) {
    return before < view->count && view->pieces[i].label.segment != view->pieces[before].label.segment;
}

/* Whether everything to the end of its text fits the line after all, so that no single [SEP] begins another. */
static bool ends_here(const gaze_text_view *view, size_t i, double room, bool numbers) {
    for (size_t k = i; room >= 0; k++) {
        if (k == view->count || view->pieces[k].label.segment != view->pieces[i].label.segment) return true;
        if (!view->pieces[k].hidden) room -= gaze_text_piece_width(&view->pieces[k], numbers) + BLANK;
    }
    return false;
}

/* Whether a line that has come to x, counted from its begin, must end before the piece i. */
static bool is_full(const gaze_text_view *view, size_t i, double x, bool numbers) {
    double room = ROOM - x;
    if (!(x > 0)) return false;
    bool fits = gaze_text_piece_width(&view->pieces[i], numbers) <= room &&
                (!gaze_text_may_break_before(&view->pieces[i]) || width_of_word(view, i, numbers) <= room);
    return !fits && !ends_here(view, i, room + GAZE_TEXT_VIEW_SLACK, numbers);
}

static void place_pieces(gaze_text_layout *layout, const gaze_text_view *view) {
    double x = layout->left, y = layout->first_y;
    size_t before = view->count;
    for (size_t i = 0; i < view->count; i++) {
        layout->places[i] = (gaze_text_place){x, y, 0};
        if (view->pieces[i].hidden) continue;
        bool second = begins_second_text(view, i, before);
        if (second || is_full(view, i, x - layout->left, layout->numbers)) {
            x = layout->left;
            y += layout->line + (second ? TEXT_GAP : 0);
        }
        if (second && !(layout->second_y > 0)) layout->second_y = y;
        layout->places[i] = (gaze_text_place){x, y, gaze_text_piece_width(&view->pieces[i], layout->numbers)};
        bool apart = i + 1 < view->count && view->pieces[i + 1].after_blank;
        x += layout->places[i].width + (apart ? BLANK : TOUCHING);
        before = i;
    }
    layout->bottom = y + layout->line;
}

/* Where the longest line ends. */
static double right_edge(const gaze_text_layout *layout, size_t count, bool live) {
    double edge = layout->left + (live ? ROOM + GAZE_TEXT_VIEW_SLACK : LEAST_ROOM);
    for (size_t i = 0; i < count; i++) edge = fmax(edge, layout->places[i].x + layout->places[i].width);
    return ceil(edge);
}

static bool is_pair(const gaze_text_view *view) {
    return view->pieces[0].label.segment != view->pieces[view->count - 1].label.segment;
}

gaze_status gaze_text_layout_make(gaze_text_layout *layout, const gaze_text_view *view, bool live,
                                  gaze_error *err) {
    *layout = (gaze_text_layout){.numbers = view->count <= FEW};
    layout->places = gaze_alloc(view->count, sizeof *layout->places);
    if (!layout->places) return gaze_fail_memory(err);
    gaze_figure header = view->figure;
    header.text = header.pair = NULL; /* the passage itself is the figure */
    layout->first_y = live ? LIVE_TOP : gaze_page_header_height(&header) + READOUT + 14;
    layout->readout_y = gaze_page_header_height(&header) + READOUT - 6;
    layout->line = layout->numbers ? LINE_WITH_NUMBERS : LINE;
    layout->left = (live ? LIVE_LEFT : GAZE_PAGE_MARGIN) + (is_pair(view) ? GAZE_TEXT_VIEW_LETTER : 0);
    place_pieces(layout, view);
    layout->legend_x = right_edge(layout, view->count, live) + LEGEND_GAP;
    layout->legend_height =
        live ? SHORTEST_LEGEND
             : fmin(fmax(layout->bottom - layout->first_y, SHORTEST_LEGEND), LONGEST_LEGEND);
    layout->bottom = fmax(layout->bottom, layout->first_y + layout->legend_height + GAZE_LEGEND_FOOT);
    layout->width = layout->legend_x + GAZE_LEGEND_WIDTH + GAZE_PAGE_MARGIN + 16;
    return GAZE_OK;
}
