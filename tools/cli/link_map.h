/* --link, which heatmap and model-view have in common. */
#ifndef GAZE_TOOLS_CLI_LINK_MAP_H
#define GAZE_TOOLS_CLI_LINK_MAP_H

#include "tools/cli/cli.h"

/* Draws the link map of settings->link in place of the command's own figure; returns the exit status. */
int cli_run_link_map(const cli_settings *settings);

#endif
