/* The format of a result: by --format, else by the ending of -o, else by where standard output goes. */
#ifndef GAZE_TOOLS_CLI_FORMAT_H
#define GAZE_TOOLS_CLI_FORMAT_H

#include "core/base/buffer.h"
#include "tools/cli/cli.h"

typedef enum cli_format {
    CLI_SVG = 1 << 0,
    CLI_SVGZ = 1 << 1,
    CLI_HTML = 1 << 2,
    CLI_CSV = 1 << 3,
    CLI_TSV = 1 << 4,
    CLI_JSON = 1 << 5,
    CLI_NPZ = 1 << 6,
    CLI_TEXT = 1 << 7
} cli_format;

/* One of `allowed`, a mask of them. Without -o and --format: `on_terminal` where standard output is one, else
 * `in_pipe`. Returns CLI_OK, or what cli_usage returned; its message lists what there is. */
int cli_choose_format(cli_format *format, const cli_settings *settings, unsigned allowed, cli_format on_terminal,
                      cli_format in_pipe);

/* Writes the file, compressed where the format is, to -o or to standard output. */
gaze_status cli_write_result(const cli_settings *settings, cli_format format, const gaze_buffer *file, gaze_error *err);

#endif
