/* What gaze head-view draws, gathered: the lines, every head by itself, the tokens that are pinned. */
#ifndef GAZE_TOOLS_CLI_HEAD_SCENE_H
#define GAZE_TOOLS_CLI_HEAD_SCENE_H

#include "tools/cli/cli.h"
#include "tools/pipeline/pair_filter.h"
#include "tools/pipeline/picture.h"
#include "viz/head_view/page.h"

/* Two pictures of one source: what the lines are drawn of, and every head for the strip. A zeroed struct is empty. */
typedef struct head_scene {
    gaze_source source;
    gaze_picture lines, heads;
    gaze_part lines_part, heads_part;
    size_t *pinned; /* rows or columns of the part */
    size_t pinned_count;
    unsigned bits; /* 0: a figure; 8, 16: a page, which holds all layers */
    /* of a page */
    gaze_selection layers;
    gaze_units tokens, words;
    const float **attentions; /* of each of `layers` */
    bool sums_to_one;         /* every row of them, before it is rounded */
    size_t *pinned_tokens;
} head_scene;

/* `bits` is set before; everything else is filled. On failure the scene is still closed with head_scene_close. */
gaze_status head_scene_make(head_scene *scene, const cli_settings *settings, gaze_error *err);
void head_scene_close(head_scene *scene);

gaze_head_view head_scene_view(const head_scene *scene, const cli_settings *settings);
gaze_head_page head_scene_page(const head_scene *scene, const cli_settings *settings);

#endif
