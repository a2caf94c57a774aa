/* Inputs one after another, results as they come: what the commands that take --file share. */
#ifndef GAZE_TOOLS_CLI_STREAM_H
#define GAZE_TOOLS_CLI_STREAM_H

#include "core/base/buffer.h"
#include "tools/cli/cli.h"
#include "tools/pipeline/lines.h"

/* Writes results to standard output and clears the buffer; with -o FILE keeps them until the `last` time,
 * and then writes the file. */
gaze_status cli_put_results(gaze_buffer *out, const cli_settings *settings, bool last, gaze_error *err);

/* Sends every line of --file, or else the texts of the command line, through `lines`: TEXT [TEXT_B] is one
 * input, but with a command that takes more than two texts each is one. Results go where cli_put_results
 * puts them; a task whose results are no text appends none, and `silent` keeps its -o FILE from being
 * written here. Progress is shown. */
gaze_status cli_stream(gaze_lines *lines, const cli_settings *settings, bool silent, gaze_error *err);

#endif
