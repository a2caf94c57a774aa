/* What the figure commands have in common: from settings to a picture, and to a file. */
#ifndef GAZE_TOOLS_CLI_FIGURE_H
#define GAZE_TOOLS_CLI_FIGURE_H

#include "tools/cli/cli.h"
#include "tools/pipeline/picture.h"

/* The options that all of them take, for the list of a command. */
#define CLI_SOURCE_OPTIONS                                                                                   \
    "--model", "--record", "--input", "--max-length", "--truncation", "--truncation-side", "--threads"
#define CLI_SELECTION_OPTIONS "--layer", "--head", "--include-layers", "--include-heads"
#define CLI_FIGURE_OPTIONS                                                                                   \
    "-o", "--format", "--unit", "--special", "--renormalise", "--scale", "--title", "--theme", "--lang", "--quiet"

/* CLI_OK, or what cli_usage returned: a model and a text are needed, or a record. */
int cli_check_source(const cli_settings *settings);

/* CLI_OK, or what cli_usage returned: --width may be from 280 to 4000 pixels, and
 * fits no page, which has its window's. */
int cli_check_width(const cli_settings *settings, bool page);

/* --model or --record, opened. */
gaze_status cli_open_source(gaze_source *source, const cli_settings *settings, gaze_error *err);

/* --layer, --head, --include-..., --unit, --special, --renormalise, the text and how it is cut. */
gaze_picture_options cli_picture_options(const cli_settings *settings);

/* Sets --title, --theme, --lang, --scale and --width in a figure. */
void cli_set_look(gaze_figure *figure, const cli_settings *settings);

#endif
