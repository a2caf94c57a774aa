#include "viz/text_view/words.h"

#include <stddef.h>

static const char *const english_keys[] = {
    "click, Enter, tap", "chooses a token",
    "Shift with click or Enter", "adds a token or takes it away: of several the mean is drawn",
    "arrow keys", "go from token to token",
    "[ and ]", "change the layer",
    ", and .", "change the head",
    "t", "turns from and to around",
    NULL};

static const char *const chinese_keys[] = {
    "点击、Enter、轻触", "选择一个词元",
    "Shift 加点击或 Enter", "加入或去掉一个词元：多个时画其平均",
    "方向键", "在词元之间移动",
    "[ 和 ]", "切换层",
    ", 和 .", "切换头",
    "t", "切换来自与给予",
    NULL};

static const gaze_text_view_words english = {
    .colon = ": ",
    .attends = {"what {} attends to", "what attends to {}"},
    .and = ", ",
    .more = " and {} more",
    .mean = "the mean of ",
    .reading =
        {"Shading: the weight from the framed token (query, attends from) to each token (key, attended to).",
         "Shading: the weight from each token (query, attends from) to the framed token (key, attended to)."},
    .of_several = "Of several framed tokens, their mean.",
    .sum = {"The weights sum to {}.", "The weights sum to {}; what a token receives need not sum to 1."},
    .strongest = "Strongest: ",
    .not_numbers = "Tokens without a number: {}.",
    .description = "Text of {} tokens, shaded by attention.",
    .readout = {"{} attends to ", "{} is attended to by "},
    .figure = "The text, shaded by attention",
    .head = "Head",
    .direction = "Attention",
    .directions = {"from the token", "to the token", NULL},
    .left_out = "Layers left out to keep the page small (--full keeps them): {}.",
    .keys = english_keys,
};

static const gaze_text_view_words chinese = {
    .colon = "：",
    .attends = {"{}关注什么", "什么关注{}"},
    .and = "、",
    .more = "等另外 {} 个",
    .mean = "平均：",
    .reading = {"底色：带框词元（查询，关注者）给予每个词元（键，被关注者）的权重。",
                "底色：每个词元（查询，关注者）给予带框词元（键，被关注者）的权重。"},
    .of_several = "有多个带框词元时取其平均。",
    .sum = {"权重之和为 {}。", "权重之和为 {}；一个词元所得之和不必为 1。"},
    .strongest = "最强：",
    .not_numbers = "没有数值的词元：{} 个。",
    .description = "{} 个词元的文本，以注意力为底色。",
    .readout = {"{}关注：", "{}受到关注，来自："},
    .figure = "以注意力为底色的文本",
    .head = "头",
    .direction = "注意力",
    .directions = {"来自词元", "给予词元", NULL},
    .left_out = "为缩小页面而省去的层（--full 保留）：{}。",
    .keys = chinese_keys,
};

const gaze_text_view_words *gaze_text_view_words_of(gaze_language language) {
    return language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}
