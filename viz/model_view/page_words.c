#include "viz/model_view/page_words.h"

#include <stddef.h>

const char *const gaze_model_sort_values[GAZE_MODEL_SORTS + 1] = {
    "layer", "label", "entropy", "previous", "next", "self", "cls", "sep", "punctuation", NULL};

static const char *const english_keys[] = {
    "click, Enter",
    "opens the head beside the grid",
    "Esc",
    "closes it",
    "arrow keys",
    "go from head to head",
    "From, To",
    "two tokens: a map of that weight in every head, and the same minus what the other tokens give",
    NULL};

static const char *const chinese_keys[] = {
    "点击、Enter", "在网格旁打开该头",
    "Esc",         "关闭",
    "方向键",      "在各头之间移动",
    "从、到",      "两个词元：每个头中这一权重的地图，以及减去其他词元所给后的地图",
    NULL};

static const gaze_model_page_words english = {
    .sort = "Sort by",
    .sorts = {"layer and head", "label", "entropy", "previous token", "next token", "same token", "[CLS]", "[SEP]",
              "punctuation", NULL},
    .link_from = "Link from",
    .link_to = "to",
    .no_link = "none",
    .figure = "All heads, one thumbnail each",
    .detail = "One head",
    .hint = "Click a head to see it with its tokens.",
    .not_held = "The weights of this layer are not in the page (--full keeps all).",
    .labels =
        "Labelled: the rows and columns of the strongest weights; a cell that is pointed at is named above the grid.",
    .coarse = "In this coarse picture each dot is the mean of {} x {} of those that scripts would draw.",
    .left_out = "Weights left out to keep the page small (--full keeps them): layers {}.",
    .keys = english_keys,
};

static const gaze_model_page_words chinese = {
    .sort = "排序",
    .sorts = {"层和头", "标签", "熵", "前一词元", "后一词元", "自身", "[CLS]", "[SEP]", "标点", NULL},
    .link_from = "联系：从",
    .link_to = "到",
    .no_link = "无",
    .figure = "所有的头，各一个缩略图",
    .detail = "一个头",
    .hint = "点击一个头，查看它及其词元。",
    .not_held = "此页不含该层的权重（--full 可全部保留）。",
    .labels = "标出权重最大的行和列；指向的格子在网格上方读出。",
    .coarse = "此粗略图中每个点是脚本所绘 {} x {} 个点的平均。",
    .left_out = "为使页面较小而略去权重的层（--full 可保留）：{}。",
    .keys = chinese_keys,
};

const gaze_model_page_words *gaze_model_page_words_of(gaze_language language) {
    return language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}
