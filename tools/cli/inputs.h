/* From settings to what the pipeline takes. */
#ifndef GAZE_TOOLS_CLI_INPUTS_H
#define GAZE_TOOLS_CLI_INPUTS_H

#include "tools/cli/cli.h"
#include "tools/pipeline/inputs.h"
#include "tools/pipeline/pipeline.h"

/* TEXT and TEXT_B of the command line. */
gaze_input cli_input(const cli_settings *settings);

/* The inputs of the command line one by one: TEXT [TEXT_B] is one, but with a command that takes more than two
 * texts each of them is. */
size_t cli_input_count(const cli_settings *settings);
gaze_input cli_input_at(const cli_settings *settings, size_t index);

/* --max-length, --truncation, --truncation-side, --stride; off when no length is given. */
gaze_truncation cli_truncation(const cli_settings *settings);

/* The same over what a file of the model sets: without --max-length its length holds. */
gaze_truncation cli_truncation_or(const cli_settings *settings, gaze_truncation usual);

/* The inputs of --file, or else the one of the command line. */
gaze_status cli_inputs(gaze_input_list *inputs, const cli_settings *settings, gaze_error *err);

/* --threads, or 0: as many as the machine has. */
int cli_threads(const cli_settings *settings);

#endif
