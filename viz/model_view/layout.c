#include "viz/model_view/layout.h"

#include <math.h>
#include <string.h>

#include "viz/model_view/words.h"
#include "viz/page.h"

static const double ROOM = 1180; /* for the grid; 16 heads get a little more, so that a badge fits */
static const double LEAST_SIDE = 66, LARGEST_SIDE = 360, NUMBERS_FROM = 165;
static const double GAP_X = 10, GAP_Y = 12, MEAN_GAP = 18, NAME = 15, BADGE_GAP = 6;
static const double ROW_NAME = 64, COLUMN_NAME = 20, LEGEND_GAP = 26;
static const double READOUT = 22, SHORTEST_LEGEND = 150, LONGEST_LEGEND = 320, NARROWEST = 640, KEY_GAP = 20;
enum { MANY_PANELS = 16, DOTS_OF_MANY = 64 };

/* A grid a little wider than high for a single layer or a sorted view of few; the heads of a layer else. */
static size_t choose_columns(const gaze_model_view *view) {
    bool by_layer = view->sort == GAZE_SORT_LAYER && view->panel_count > view->head_count;
    if (by_layer || view->panel_count > 48) return view->head_count < 4 && !by_layer ? 12 : view->head_count;
    size_t columns = (size_t)ceil(sqrt((double)view->panel_count * 1.3));
    return columns < view->panel_count ? columns : view->panel_count;
}

static void choose_side(gaze_model_layout *layout) {
    double across = (double)layout->columns + (layout->means ? 1 : 0);
    double room = (ROOM - (layout->means ? MEAN_GAP : 0)) / across - GAP_X;
    layout->side = fmin(fmax(floor(room), LEAST_SIDE), LARGEST_SIDE);
    layout->numbers = layout->side >= NUMBERS_FROM;
}

/* At most a dot a pixel, and 64 dots where thumbnails are many. A dot takes whole pixels, so that all are as large,
 * unless that would leave a third of the room empty. */
static void choose_dots(gaze_model_layout *layout, const gaze_model_view *view) {
    double most = view->panel_count > MANY_PANELS ? fmin(layout->side, DOTS_OF_MANY) : layout->side;
    layout->dots = (size_t)most;
    layout->pool = (view->count + layout->dots - 1) / layout->dots;
    double dots = ceil((double)view->count / (double)layout->pool), whole = dots * floor(layout->side / dots);
    if (whole >= layout->side * 2 / 3) layout->side = whole;
}

double gaze_model_badge_height(const gaze_model_layout *layout) {
    if (layout->numbers) return BADGE_GAP + 3 * GAZE_BADGE_LINE + 4;
    return BADGE_GAP + GAZE_BADGE_BARS + GAZE_BADGE_LINE;
}

static size_t meaning_lines(const gaze_model_layout *layout, const gaze_model_view *view) {
    const char *meaning = gaze_model_words_of(view->figure.language)->meaning[layout->numbers];
    return gaze_page_lines(meaning, strlen(meaning), layout->width - 2 * GAZE_PAGE_MARGIN);
}

/* The key of the bars, and what the badges mean. */
static void place_key(gaze_model_layout *layout, const gaze_model_view *view, double y) {
    layout->key_y = y + KEY_GAP + (layout->numbers ? 0 : GAZE_BADGE_BARS);
    layout->meaning_y = layout->key_y + (layout->numbers ? 0 : GAZE_CAPTION_LINE + 4);
    layout->bottom = layout->meaning_y + GAZE_CAPTION_LINE * ((double)meaning_lines(layout, view) - 1);
}

void gaze_model_layout_make(gaze_model_layout *layout, const gaze_model_view *view, bool live) {
    *layout = (gaze_model_layout){.columns = choose_columns(view)};
    layout->rows = (view->panel_count + layout->columns - 1) / layout->columns;
    layout->named = view->sort != GAZE_SORT_LAYER || layout->columns != view->head_count;
    layout->means = view->means && !layout->named;
    choose_side(layout);
    choose_dots(layout, view);
    layout->left = GAZE_PAGE_MARGIN + (layout->named ? 0 : ROW_NAME);
    double header = live ? 0 : gaze_page_header_height(&view->figure) + READOUT + 26;
    layout->readout_y = header - 28;
    layout->top = header + (layout->named ? NAME : COLUMN_NAME);
    layout->pitch_x = layout->side + GAP_X;
    layout->pitch_y = layout->side + gaze_model_badge_height(layout) + GAP_Y + (layout->named || live ? NAME : 0);
    double right = layout->left + layout->pitch_x * (double)layout->columns - GAP_X;
    layout->mean_x = right + MEAN_GAP;
    if (layout->means) right = layout->mean_x + layout->side;
    double height = layout->pitch_y * (double)layout->rows - GAP_Y;
    layout->legend_x = right + LEGEND_GAP;
    layout->legend_height = fmin(fmax(height, SHORTEST_LEGEND), LONGEST_LEGEND);
    layout->width = ceil(fmax(layout->legend_x + GAZE_LEGEND_WIDTH + GAZE_PAGE_MARGIN + 12, NARROWEST));
    place_key(layout, view, layout->top + fmax(height, layout->legend_height + GAZE_LEGEND_FOOT));
}
