#include "viz/link_map/words.h"

static const gaze_link_words english = {
    .title = "From {} to {}, in every head",
    .weight = "Weight",
    .difference = "Weight minus what the other tokens give {} on average",
    .layer = "layer ↓",
    .head = "head →",
    .largest = "Largest weight: layer {}, head {}: {}, where the other rows give {} on average.",
    .largest_difference = "Largest difference: layer {}, head {}: {}, others {}.",
    .next = "Next: layer {}, head {}: {}, others {}.",
    .reading = "Left: what {} (query, attends from) gives to {} (key, attended to) in each head. Right: "
               "the same minus the mean of "
               "what all other tokens give to {}, so that a head which always looks there stays pale. "
               "Frames: the largest.",
    .clipped = "Differences beyond {}, drawn in the last colour, with a notch: {}.",
    .description = "Map of one link over {} layers and {} heads.",
};

static const gaze_link_words chinese = {
    .title = "从{}到{}，每个头",
    .weight = "权重",
    .difference = "权重减去其他词元给予{}的平均",
    .layer = "层 ↓",
    .head = "头 →",
    .largest = "最大权重：第 {} 层，第 {} 头：{}，其他各行平均给予 {}。",
    .largest_difference = "最大差值：第 {} 层，第 {} 头：{}，其他 {}。",
    .next = "其次：第 {} 层，第 {} 头：{}，其他 {}。",
    .reading = "左：每个头中{}（查询，关注者）给予{}（键，被关注者）的权重。右：再减去其他所有词元给予{}"
               "的平均，于是总是看向那里的头保持浅色。方框：最大者。",
    .clipped = "超出 {}、以末端颜色绘制并带缺角的差值：{} 个。",
    .description = "一个联系的地图，{} 层，{} 头。",
};

const gaze_link_words *gaze_link_words_of(gaze_language language) {
    return language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}
