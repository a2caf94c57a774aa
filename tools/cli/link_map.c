#include "tools/cli/link_map.h"

#include "tools/cli/figure.h"
#include "tools/cli/format.h"
#include "tools/pipeline/link_picture.h"

enum { FORMATS = CLI_SVG | CLI_SVGZ };

int cli_run_link_map(const cli_settings *s) {
    gaze_error err = {0};
    gaze_source source = {0};
    gaze_link_picture picture = {0};
    gaze_buffer file = {0};
    cli_format format;
    gaze_picture_options options = cli_picture_options(s);
    if (s->layer || s->head)
        return cli_usage(s->command,
                         "--link is of every layer and head; --include-layers and --include-heads take some");
    int usage = cli_check_source(s);
    if (!usage) usage = cli_choose_format(&format, s, FORMATS, CLI_SVG, CLI_SVG);
    if (usage) return usage;
    gaze_status status = cli_open_source(&source, s, &err);
    if (!status) status = gaze_link_picture_make(&picture, &source, &options, s->link, &err);
    if (!status) {
        gaze_link_map map = gaze_link_picture_map(&picture);
        cli_set_look(&map.figure, s);
        status = gaze_link_map_svg(&file, &map, &err);
    }
    if (!status) status = cli_write_result(s, format, &file, &err);
    gaze_buffer_deinit(&file);
    gaze_link_picture_deinit(&picture);
    gaze_source_close(&source);
    return status ? cli_fail(&err) : CLI_OK;
}
