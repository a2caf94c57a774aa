#include "viz/head_color.h"

#include <assert.h>

static const gaze_head_color colors[GAZE_HEAD_COLORS] = {
    {{0x00, 0x72, 0xB2}, NULL},      /* blue */
    {{0xD5, 0x5E, 0x00}, "8 3"},     /* vermilion */
    {{0x00, 0x8A, 0x64}, "2 3"},     /* green */
    {{0xA6, 0x4C, 0xA6}, "9 3 2 3"}, /* purple */
    {{0x97, 0x78, 0x0A}, "4 3"},     /* ochre */
    {{0x5D, 0x6B, 0x78}, "14 4"},    /* slate */
};

gaze_head_color gaze_head_color_of(size_t index) {
    assert(index < GAZE_HEAD_COLORS);
    return colors[index];
}
