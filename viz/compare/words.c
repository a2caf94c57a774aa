#include "viz/compare/words.h"

#include <stddef.h>

static const char *const english_keys[] = {
    "pointing at a cell", "reads it, on both sides",
    "click, tap", "keeps it framed",
    "arrow keys, in a matrix", "go from cell to cell",
    "[ and ], { and }", "change the layer of A, of B",
    ", and ., < and >", "change the head of A, of B",
    NULL};

static const char *const chinese_keys[] = {
    "指向单元格", "读出两侧的数值",
    "点击、轻触", "加框保留",
    "矩阵中的方向键", "在单元格之间移动",
    "[ 和 ]，{ 和 }", "切换 A、B 的层",
    ", 和 .，< 和 >", "切换 A、B 的头",
    NULL};

static const gaze_compare_words english = {
    .colon = ": ",
    .minus = "A minus B",
    .against = " against ",
    .two_texts = ": two texts",
    .two_models = ": two models",
    .strongest = "Strongest in ",
    .headline = "Largest difference: ",
    .difference = "A and B are on one scale. A minus B: blue where A gives more, orange where B does.",
    .none = "A and B are on one scale. Their tokens differ, so there is no difference to draw.",
    .largest = {"A exceeds B most ", "B exceeds A most "},
    .in_a = " in A, ",
    .in_b = " in B, difference ",
    .frames = {"Frames and bold labels: the cells named above.", "Frame: the cell that is read above."},
    .strong = "Of the numbers, those from .10 on are printed.",
    .strong_signed = "Of the differences, those from .10 on are printed.",
    .clipped = "The colours of the difference end at {}, its 99th percentile: {} of {} cells lie beyond, have the last "
               "colour{}",
    .notched = " and a notch",
    .brackets = {" (", ")"},
    .and = ", ",
    .more = " and {} more",
    .description = "Two matrices of attention side by side.",
    .figure = "Two matrices of attention side by side",
    .head = "head",
    .left_out = "Layers left out of {} to keep the page small (--full keeps them): {}.",
    .read = "cells: arrow keys move",
    .keys = english_keys,
};

static const gaze_compare_words chinese = {
    .colon = "：",
    .minus = "A 减 B",
    .against = "与",
    .two_texts = "：两段文本",
    .two_models = "：两个模型",
    .strongest = "最强：",
    .headline = "最大差值：",
    .difference = "A 和 B 用同一刻度。A 减 B：蓝色处 A 给得更多，橙色处 B 给得更多。",
    .none = "A 和 B 用同一刻度。两者的词元不同，所以没有差值可画。",
    .largest = {"A 超过 B 最多：", "B 超过 A 最多："},
    .in_a = "（A），",
    .in_b = "（B），差值 ",
    .frames = {"方框和粗体标签：上面提到的格子。", "方框：上方读出的格子。"},
    .strong = "只写出不小于 .10 的数值。",
    .strong_signed = "差值只写出不小于 .10 者。",
    .clipped = "差值的颜色止于第 99 百分位 {}：{} 个格子（共 {} 个）超出，以末端颜色绘制{}",
    .notched = "并带缺角",
    .brackets = {"（", "）"},
    .and = "；",
    .more = "，另有 {} 个",
    .description = "两个注意力矩阵并排。",
    .figure = "两个注意力矩阵并排",
    .head = "头",
    .left_out = "为缩小页面，{} 省去的层（--full 保留）：{}。",
    .read = "单元格：方向键移动",
    .keys = chinese_keys,
};

const gaze_compare_words *gaze_compare_words_of(gaze_language language) {
    return language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}
