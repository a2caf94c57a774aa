#include "tools/cli/figure.h"

#include <string.h>

#include "tools/cli/inputs.h"

int cli_check_source(const cli_settings *s) {
    if (s->record && s->model) return cli_usage(s->command, "--record takes the place of --model: give one of them");
    if (s->record && s->text_count) return cli_usage(s->command, "--record has its own text");
    if (s->record) return CLI_OK;
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (!s->text_count) return cli_usage(s->command, "TEXT is missing");
    if (s->input != CLI_UNSET) return cli_usage(s->command, "--input chooses a text of a --record");
    return CLI_OK;
}

int cli_check_width(const cli_settings *s, bool page) {
    enum { LEAST = 280, MOST = 4000 };
    if (s->width == CLI_UNSET) return CLI_OK;
    if (page) return cli_usage(s->command, "--width is for a picture: a page fits itself to its window");
    if (s->width < LEAST || s->width > MOST)
        return cli_usage(s->command, "--width %ld: expected %d to %d pixels", s->width, LEAST, MOST);
    return CLI_OK;
}

gaze_status cli_open_source(gaze_source *source, const cli_settings *s, gaze_error *err) {
    size_t input = s->input == CLI_UNSET ? 0 : (size_t)s->input;
    return s->record ? gaze_source_open_record(source, s->record, input, err)
                     : gaze_source_open(source, s->model, err);
}

gaze_picture_options cli_picture_options(const cli_settings *s) {
    gaze_picture_options options = {.layer = s->layer,
                                    .head = s->head,
                                    .include_layers = s->include_layers,
                                    .include_heads = s->include_heads,
                                    .renormalise = s->renormalise,
                                    .read = {.input = cli_input(s),
                                             .truncation = cli_truncation(s),
                                             .threads = cli_threads(s)}};
    if (cli_is(s->unit, "word")) options.unit = GAZE_UNIT_WORD;
    if (cli_is(s->special, "dim")) options.special = GAZE_SPECIAL_DIM;
    if (cli_is(s->special, "hide")) options.special = GAZE_SPECIAL_HIDE;
    return options;
}

void cli_set_look(gaze_figure *figure, const cli_settings *s) {
    figure->title = s->title;
    figure->width = s->width == CLI_UNSET ? 0 : (double)s->width;
    if (cli_is(s->theme, "light")) figure->theme = GAZE_THEME_LIGHT;
    if (cli_is(s->theme, "dark")) figure->theme = GAZE_THEME_DARK;
    if (cli_is(s->language, "zh")) figure->language = GAZE_LANGUAGE_ZH;
    figure->fit = !s->scale;
    if (cli_is(s->scale, "linear")) figure->scale = GAZE_SCALE_LINEAR;
    if (cli_is(s->scale, "xn")) figure->scale = GAZE_SCALE_TIMES_UNIFORM;
    if (cli_is(s->scale, "row-max")) figure->scale = GAZE_SCALE_ROW_MAX;
}
