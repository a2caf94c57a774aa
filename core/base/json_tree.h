/* Private to json.c and json_parse.c: how the tree is kept. */
#ifndef GAZE_CORE_BASE_JSON_TREE_H
#define GAZE_CORE_BASE_JSON_TREE_H

#include "core/base/json.h"

#define GAZE_JSON_MAX_NUMBER      1024 /* bytes of one number */
#define GAZE_JSON_VALUES_PER_POOL 1024

/* Values are allocated by the thousand and freed together. */
typedef struct gaze_json_pool {
    struct gaze_json_pool *next;
    size_t used;
    gaze_json_value values[GAZE_JSON_VALUES_PER_POOL];
} gaze_json_pool;

struct gaze_json {
    char *text; /* a copy of the input, in which strings are unescaped */
    gaze_json_pool *pools;
    const gaze_json_value *root;
};

#endif
