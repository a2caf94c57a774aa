/* gaze compare: two heads, layers, models or texts side by side. */
#include <stdio.h>

#include "tools/cli/cli.h"
#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/gaze.h"
#include "tools/pipeline/compare_page.h"
#include "tools/pipeline/compare_picture.h"
#include "tools/pipeline/compare_side.h"

/* PAGE_BUDGET: bytes of weights; a page of 512 tokens then has less than 8 MB. --full holds them all. */
enum { FORMATS = CLI_SVG | CLI_SVGZ | CLI_HTML, PAGE_BUDGET = 6500 * 1000 };

/* What the command works on. */
typedef struct work {
    gaze_side_options sides[2];
    gaze_source sources[2];
    gaze_picture_options options[2];
} work;

/* The command's own settings, with what the side says instead. */
static cli_settings settings_of(const cli_settings *s, const gaze_side_options *side, char *text[1]) {
    cli_settings own = *s;
    if (side->layer) own.layer = side->layer;
    if (side->head) own.head = side->head;
    if (side->model) own.model = side->model;
    if (side->text) {
        text[0] = side->text;
        own.texts = text;
        own.text_count = 1;
    }
    return own;
}

/* Whether the two sides can be two pictures of one run. */
static bool share_a_run(const work *w) {
    const gaze_side_options *a = &w->sides[0], *b = &w->sides[1];
    return !a->model && !b->model && !a->text && !b->text;
}

static gaze_status open_sides(work *w, const cli_settings settings[2], gaze_error *err) {
    gaze_status status = cli_open_source(&w->sources[0], &settings[0], err);
    return status || share_a_run(w) ? status : cli_open_source(&w->sources[1], &settings[1], err);
}

static gaze_status draw_figure(work *w, gaze_source *const sources[2], const cli_settings *s, gaze_buffer *file,
                               gaze_error *err) {
    gaze_compare_picture picture = {0};
    gaze_status status = gaze_compare_picture_make(&picture, sources, w->options, err);
    if (status) return status;
    gaze_compare view = gaze_compare_picture_view(&picture);
    cli_set_look(&view.figure, s);
    status = gaze_compare_svg(file, &view, err);
    gaze_compare_picture_deinit(&picture);
    return status;
}

/* What a page does not hold is said in it, and here. */
static gaze_status draw_page(work *w, gaze_source *const sources[2], const cli_settings *s, gaze_buffer *file,
                             gaze_error *err) {
    gaze_compare_scene scene = {0};
    gaze_buffer dropped = {0};
    gaze_status status = gaze_compare_scene_make(&scene, sources, w->options, s->precision == 16 ? 16 : 8, err);
    cli_set_look(&scene.page.view.figure, s);
    scene.page.budget = s->full ? 0 : PAGE_BUDGET;
    if (!status) status = gaze_compare_html(file, &dropped, &scene.page, err);
    if (!status && dropped.length && !s->quiet) fprintf(stderr, "gaze: %s\n", dropped.data);
    gaze_buffer_deinit(&dropped);
    gaze_compare_scene_deinit(&scene);
    return status;
}

static gaze_status compare(work *w, const cli_settings settings[2], bool page, gaze_buffer *file, gaze_error *err) {
    gaze_source *sources[2] = {&w->sources[0], &w->sources[share_a_run(w) ? 0 : 1]};
    for (size_t i = 0; i < 2; i++) w->options[i] = cli_picture_options(&settings[i]);
    gaze_status status = open_sides(w, settings, err);
    if (status) return status;
    return page ? draw_page(w, sources, &settings[0], file, err) : draw_figure(w, sources, &settings[0], file, err);
}

static int check(const cli_settings *s, const cli_settings settings[2]) {
    if (s->record && (settings[0].model || settings[1].model || s->text_count || settings[0].text_count ||
                      settings[1].text_count))
        return cli_usage(s->command,
                         "a --record has its own model and text; its sides have layers and heads");
    if (s->precision != CLI_UNSET && s->precision != 8 && s->precision != 16)
        return cli_usage(s->command, "--precision %ld: expected 8 or 16", s->precision);
    int usage = cli_check_source(&settings[0]);
    return usage ? usage : cli_check_source(&settings[1]);
}

static int run_sides(work *w, const cli_settings *s) {
    gaze_error err = {0};
    gaze_buffer file = {0};
    cli_format format;
    char *texts[2][1];
    cli_settings settings[2] = {settings_of(s, &w->sides[0], texts[0]),
                                settings_of(s, &w->sides[1], texts[1])};
    int usage = check(s, settings);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (!usage) usage = cli_check_width(s, false);
    if (usage) return usage;
    gaze_status status = compare(w, settings, format == CLI_HTML, &file, &err);
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    gaze_source_close(&w->sources[0]);
    gaze_source_close(&w->sources[1]);
    return status ? cli_fail(&err) : CLI_OK;
}

static int run_compare(const cli_settings *s) {
    work w = {0};
    gaze_error err = {0};
    if (!s->side_a || !s->side_b)
        return cli_usage(s->command, "--a and --b are both needed, as --a layer=3,head=1");
    gaze_status status = gaze_side_read(&w.sides[0], s->side_a, &err);
    if (!status) status = gaze_side_read(&w.sides[1], s->side_b, &err);
    int result = status == GAZE_ERROR_ARGUMENT ? cli_usage(s->command, "%s", err.message)
                 : status                      ? cli_fail(&err)
                                               : run_sides(&w, s);
    gaze_side_deinit(&w.sides[0]);
    gaze_side_deinit(&w.sides[1]);
    return result;
}

const cli_command cli_compare = {
    .name = "compare",
    .arguments = "--model DIR --a SIDE --b SIDE [options] TEXT [TEXT_B]",
    .summary = "draw two heads, layers, models or texts side by side, and their difference",
    .details =
        "A side is layer=N, head=N, model=DIR, text=... with commas between them; what it leaves out is the\n"
        "command's own. Both are drawn on one scale; where they have the same tokens, the difference stands\n"
        "beside them: blue where A gives more, orange where B does. An .html file has all layers and heads of\n"
        "both sides to choose from, and reads cells; it opens without a network. --width says how wide the "
        "drawing may\n"
        "be: the difference stands below the two where three in a line would be too small, and all stand in one\n"
        "column where it is narrow, as on a telephone.\n\n"
        "  gaze compare --model DIR --a layer=3,head=1 --b layer=5,head=11 -o two.svg \"The cat sat on the "
        "mat.\"\n"
        "  gaze compare --model DIR --a text=\"I saw the man.\" --b text=\"I saw the dog.\" -o texts.svg\n"
        "  gaze compare --a model=DIR --b model=OTHER -o models.svg \"The cat sat on the mat.\"\n",
    .options = (const char *const[]){CLI_SOURCE_OPTIONS, CLI_SELECTION_OPTIONS, "--a", "--b", CLI_FIGURE_OPTIONS,
                                     "--width", "--precision", "--full", NULL},
    .max_texts = 2,
    .run = run_compare,
};
