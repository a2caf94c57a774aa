/* The charts, put together. */
#include "viz/statistics/statistics.h"

#include <math.h>

#include "viz/panel_name.h"
#include "viz/sentence.h"
#include "viz/statistics/draw.h"
#include "viz/words.h"

enum { CHARTS = 7, ACROSS = 4, LARGEST_COUNT = 4096, LARGEST_PANELS = 1024, TITLED = 200 };

static const double PARTS = 26; /* the second scale of the first chart, and so of its column */
static const double GAP_X = 54, GAP_Y = 84, LEFT = 62;

/* Values, and Clark's thresholds. */
static const struct {
    gaze_badge_value value;
    double threshold;
} charts[CHARTS] = {
    {GAZE_BADGE_ENTROPY, 0}, {GAZE_BADGE_PREVIOUS, 0.5}, {GAZE_BADGE_NEXT, 0.5},        {GAZE_BADGE_SELF, 0},
    {GAZE_BADGE_CLS, 0.6},   {GAZE_BADGE_SEP, 0.6},      {GAZE_BADGE_PUNCTUATION, 0.6},
};

typedef struct own_words {
    const char *title, *reading, *uniform, *description;
} own_words;

static const own_words english = {
    .title = "Head measures by layer: ",
    .reading = "Each dot is a head, the line the mean of the layer; layers run from left to right, and the "
               "heads of one stand side by side. Dotted: thresholds of Clark et al. (2019). The largest is named.",
    .uniform = "Entropy: the dotted line is .78 ln n, above which a head is broad; attention that is the "
               "same everywhere has ln n = {}, the top of its scale; at the right it is given as a part of that. "
               "The line is the mean of the heads' own entropies. The others: mean over the rows of what goes "
               "to such a token.",
    .description = "Statistics of {} heads in {} layers.",
};

static const own_words chinese = {
    .title = "各层各头的度量：",
    .reading = "每个点是一个头，折线是该层的平均；层从左到右，同一层的头并排。虚线：Clark "
               "等人（2019）的阈值。最大者标出名称。",
    .uniform = "熵：虚线为 0.78 ln n，超过者为分散的头；处处相同的注意力为 ln n = "
               "{}，即刻度顶端；右侧刻度是其所占之比。折线是各头之熵的平均。其余：各行给予此类词元的平均。",
    .description = "{} 个头的统计，共 {} 层。",
};

static gaze_status check(const gaze_model_view *view, gaze_error *err) {
    if (!view->count || !view->panel_count || !view->head_count || view->panel_count % view->head_count)
        return gaze_fail(
            err, GAZE_ERROR_ARGUMENT,
            "statistics: %zu tokens, %zu panels, %zu heads, expected tokens and whole layers of heads",
            view->count, view->panel_count, view->head_count);
    if (view->count > LARGEST_COUNT || view->panel_count > LARGEST_PANELS)
        return gaze_fail(err, GAZE_ERROR_LIMIT,
                         "statistics: %zu tokens, %zu panels, expected at most %d and %d", view->count,
                         view->panel_count, LARGEST_COUNT, LARGEST_PANELS);
    return GAZE_OK;
}

/* ln n, by which the badges' relative entropy was divided; the number of tokens drawn may be smaller. */
static double uniform_entropy(const gaze_model_view *view) {
    const double *values = view->badges[0].values;
    double relative = values[GAZE_BADGE_RELATIVE_ENTROPY];
    return relative > 0 ? values[GAZE_BADGE_ENTROPY] / relative : 1;
}

static gaze_chart chart_at(const gaze_model_view *view, size_t i) {
    gaze_chart chart = {.value = charts[i % CHARTS].value, .top = 1, .threshold = charts[i % CHARTS].threshold};
    chart.x = LEFT + (GAZE_CHART_WIDTH + GAP_X) * (double)(i % ACROSS) + (i % ACROSS ? PARTS : 0);
    chart.y =
        gaze_page_header_height(&view->figure) + 52 + (GAZE_CHART_HEIGHT + GAP_Y) * (double)(i / ACROSS);
    if (chart.value != GAZE_BADGE_ENTROPY) return chart;
    chart.top = uniform_entropy(view);
    chart.threshold = 0.78 * chart.top;
    chart.parts = true;
    return chart;
}

/* "Head measures by layer: layers 0 to 5, heads 0 to 11" */
static void put_title(gaze_buffer *out, const gaze_model_view *view, const own_words *own, const gaze_words *words) {
    if (!view->figure.title) gaze_buffer_puts(out, own->title);
    size_t start = out->length;
    gaze_panels_put_title(out, view->panels, view->panel_count, &view->figure, words);
    if (view->figure.title || out->failed || start == out->length) return;
    char *first = &out->data[start];
    if (*first >= 'A' && *first <= 'Z') *first = (char)(*first - 'A' + 'a');
}

static void compose(gaze_texts *texts, const gaze_model_view *view) {
    bool zh = view->figure.language == GAZE_LANGUAGE_ZH;
    const own_words *own = zh ? &chinese : &english;
    const gaze_words *words = gaze_words_of(view->figure.language);
    char uniform[GAZE_FIXED_TEXT];
    gaze_fixed_text(uniform, uniform_entropy(view), 2);
    put_title(&texts->title, view, own, words);
    gaze_words_put_counts(&texts->description, own->description,
                          (size_t[]){view->panel_count, view->panel_count / view->head_count}, 2);
    gaze_sentence_put(&texts->caption, own->reading);
    gaze_sentence_fill(&texts->caption, own->uniform, (const char *[]){uniform});
    gaze_sentence_put(&texts->caption, words->counting);
}

static gaze_status draw(gaze_svg *svg, const gaze_model_view *view, const gaze_texts *texts,
                        gaze_error *err) {
    gaze_palette palette;
    gaze_palette_fill(&palette, &view->figure);
    double width = LEFT + PARTS + (GAZE_CHART_WIDTH + GAP_X) * ACROSS - GAP_X + GAZE_PAGE_MARGIN;
    gaze_chart last = chart_at(view, CHARTS - 1);
    double caption_y = last.y + GAZE_CHART_HEIGHT + 64;
    double height = gaze_caption_bottom(&view->figure, &texts->caption, caption_y, width);
    gaze_page_begin(svg, &view->figure, &palette, width, height, texts->title.data, texts->description.data);
    for (size_t i = 0; i < CHARTS; i++) {
        gaze_chart chart = chart_at(view, i);
        gaze_chart_draw(svg, &chart, view, &palette, view->panel_count <= TITLED);
    }
    gaze_chart place = chart_at(view, CHARTS); /* where no chart is */
    gaze_chart_draw_key(svg, &palette, view->figure.language, place.x, place.y + 30);
    gaze_caption_draw(svg, &view->figure, &palette, &texts->caption, caption_y, width);
    gaze_svg_end(svg);
    gaze_buffer_putc(svg->out, '\n');
    return gaze_buffer_status(svg->out, err);
}

gaze_status gaze_statistics_svg(gaze_buffer *out, const gaze_model_view *view, gaze_error *err) {
    gaze_texts texts = {0};
    gaze_svg svg = gaze_svg_writer(out);
    gaze_status status = check(view, err);
    if (status) return status;
    compose(&texts, view);
    status = gaze_texts_status(&texts, err);
    if (!status) status = draw(&svg, view, &texts, err);
    gaze_texts_deinit(&texts);
    return status;
}
