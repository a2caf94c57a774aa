/* English and Chinese, of what several figures say; viz/words.h tells where the other tables are. */
#include "viz/words.h"

#include <assert.h>
#include <stdio.h>

static const gaze_words english = {
    .xml_lang = "en",
    .layer = "layer {}",
    .layers = "layers {} to {}",
    .layers_listed = "layers {}",
    .layer_mean = "mean over layers",
    .layer_max = "maximum over layers",
    .head = "head {}",
    .heads = "heads {} to {}",
    .heads_listed = "heads {}",
    .head_mean = "mean over heads",
    .head_max = "maximum over heads",
    .comma = ", ",
    .query = "query",
    .attends_from = "attends from ↓",
    .attended_to = "key, attended to →",
    .row_sum = "sum",
    .scale_names = {[GAZE_SCALE_SQRT] = {"weight", "sqrt scale"},
                    [GAZE_SCALE_LINEAR] = {"weight", "linear scale"},
                    [GAZE_SCALE_TIMES_UNIFORM] = {"x uniform", "log scale"},
                    [GAZE_SCALE_ROW_MAX] = {"of row's max", "sqrt scale"},
                    [GAZE_SCALE_SIGNED] = {"difference", "linear scale"}},
    .text_a = "A",
    .text_b = "B",
    .reading = "Rows: query, attends from. Columns: key, attended to.",
    .counting = "Layers and heads count from 0.",
    .segments = "A, B: first and second text.",
    .borders = "Lines part the first text from the second.",
    .sums_to_one = "Each row sums to 1.",
    .others_sum_to_one = "Each other row sums to 1.",
    .sums_between = "Rows sum to {} to {} here.",
    .not_numbers = "Hatched cells hold no number: {}.",
    .not_numbers_in_text = "Cells that hold no number (red, or ?): {}.",
    .out_of_range = "Weights outside 0 to 1, drawn at an end of the scale: {}.",
    .pooled = "One dot is the largest of {} x {} weights.",
    .thinned = "One label in {} is written.",
    .takes = {" takes ", " takes "},
    .percent = "{} %",
    .percent_range = "{} to {} %",
    .of_it = {" of the attention here", " of this head"},
    .hidden = " (hidden).",
    .dimmed = " (dimmed).",
    .neither = ".",
    .cut = "The text was cut to {} tokens.",
    .joined = "A word's row is the mean of its pieces, its column their sum.",
    .renormalised = "Each row was divided by its sum (renormalised).",
    .no_explanation = "Attention is not an explanation: it shows where a head looks, not why the model "
                      "decides.",
    .from = "from '",
    .to = "' to '",
    .is = "': ",
    .token_id = "id {}",
    .entropy = "Mean entropy of a row: {} nats, where uniform attention has {}.",
    .description = "Heat map of attention with {} rows (query, attends from) and {} columns (key, "
                   "attended to).",
    .strongest = " Strongest links: ",
    .strongest_link = "Strongest: ",
    .strongest_words = "Strongest between two tokens that are not special: ",
    .strong_numbers = "Weights from .10 on are printed.",
    .list_comma = "; ",
    .full_stop = ".",
    .open_quote = "'",
    .close_quote = "' ",
    .attends_to = "' attends to: ",
    .key = "key",
    .attends_from_lines = "attends from",
    .attended_to_lines = "attended to",
    .weight = "weight",
    .reading_lines = "Lines run from the query, which attends, to the key, which is attended to; width and opacity "
                     "grow with the weight.",
    .lines_description = "Lines of attention from {} queries to {} keys.",
    .edges_drawn = "{} of {} edges drawn, {} % of the attention mass.",
    .left_out = "not drawn: ",
    .over_tokens = " over {} tokens",
    .over_links = " over {} links",
    .left_out_key = "not drawn",
    .left_out_bars = "Grey bars: what is not drawn of a row.",
    .strip = "Cells: the weight in each head, to or from the pinned token; the heads that are drawn are underlined.",
    .strip_heading = "weight by head",
    .not_drawn = "Weights that are no numbers and not drawn: {}.",
    .filtered = "Only queries of text {} and keys of text {} are drawn.",
    .quotes = {"'", "'"},
    .link = "{} → {} {}",
    .attends = {" attends to ", " is attended to by "},
    .others = "all others ",
    .mean_of = "Mean of {}: ",
};

static const gaze_words chinese = {
    .xml_lang = "zh",
    .layer = "第 {} 层",
    .layers = "第 {} 至 {} 层",
    .layers_listed = "第 {} 层",
    .layer_mean = "各层平均",
    .layer_max = "各层最大值",
    .head = "第 {} 头",
    .heads = "第 {} 至 {} 头",
    .heads_listed = "第 {} 头",
    .head_mean = "各头平均",
    .head_max = "各头最大值",
    .comma = "，",
    .query = "查询",
    .attends_from = "关注者 ↓",
    .attended_to = "键，被关注者 →",
    .row_sum = "和",
    .scale_names = {[GAZE_SCALE_SQRT] = {"权重", "平方根刻度"},
                    [GAZE_SCALE_LINEAR] = {"权重", "线性刻度"},
                    [GAZE_SCALE_TIMES_UNIFORM] = {"均匀的倍数", "对数刻度"},
                    [GAZE_SCALE_ROW_MAX] = {"占行最大值", "平方根刻度"},
                    [GAZE_SCALE_SIGNED] = {"差值", "线性刻度"}},
    .text_a = "A",
    .text_b = "B",
    .reading = "行：查询，即关注者；列：键，即被关注者。",
    .counting = "层和头都从 0 开始编号。",
    .segments = "A、B：第一段和第二段文本。",
    .borders = "细线分开第一段和第二段文本。",
    .sums_to_one = "每行之和为 1。",
    .others_sum_to_one = "其余每行之和为 1。",
    .sums_between = "此处各行之和为 {} 至 {}。",
    .not_numbers = "斜线单元格没有数值：{} 个。",
    .not_numbers_in_text = "没有数值的单元格（红色或 ?）：{} 个。",
    .out_of_range = "不在 0 至 1 之间、按刻度端点绘制的权重：{} 个。",
    .pooled = "每个点是 {} x {} 个权重中的最大值。",
    .thinned = "每 {} 个标签只写一个。",
    .takes = {" 占去此处注意力的 ", " 占去此头注意力的 "},
    .percent = "{} %",
    .percent_range = "{} 至 {} %",
    .of_it = {"", ""},
    .hidden = "（已隐藏）。",
    .dimmed = "（已淡化）。",
    .neither = "。",
    .cut = "文本已截断为 {} 个词元。",
    .joined = "词的行是其各词元的平均，列是其各词元之和。",
    .renormalised = "每行已除以该行之和（重新归一化）。",
    .no_explanation = "注意力不等于解释：它表明一个头看向哪里，而不是模型为何如此判断。",
    .from = "从“",
    .to = "”到“",
    .is = "”：",
    .token_id = "编号 {}",
    .entropy = "每行平均熵 {} 奈特，均匀注意力为 {}。",
    .description = "注意力热图，{} 行（查询，关注者），{} 列（键，被关注者）。",
    .strongest = "最强的联系：",
    .strongest_link = "最强：",
    .strongest_words = "两个非特殊词元之间最强：",
    .strong_numbers = "只写出不小于 .10 的权重。",
    .list_comma = "；",
    .full_stop = "。",
    .open_quote = "“",
    .close_quote = "” ",
    .attends_to = "”关注：",
    .key = "键",
    .attends_from_lines = "关注者",
    .attended_to_lines = "被关注者",
    .weight = "权重",
    .reading_lines = "线从查询（关注者）连到键（被关注者）；权重越大，线越粗越深。",
    .lines_description = "注意力连线，{} 个查询，{} 个键。",
    .edges_drawn = "画出 {} 条连线（共 {} 条），占注意力总量的 {} %。",
    .left_out = "未画出：",
    .over_tokens = "，分布于 {} 个词元",
    .over_links = "，分布于 {} 条连线",
    .left_out_key = "未画出",
    .left_out_bars = "灰条：该行未画出的部分。",
    .strip = "方格：选定词元与各词元在每个头中的权重；所画各头的编号带下划线。",
    .strip_heading = "各头的权重",
    .not_drawn = "没有数值、未画出的权重：{} 个。",
    .filtered = "只画第 {} 段的查询和第 {} 段的键。",
    .quotes = {"“", "”"},
    .link = "{} → {} {}",
    .attends = {"关注：", "被关注于："},
    .others = "其余共 ",
    .mean_of = "{}的平均：",
};

const gaze_words *gaze_words_of(gaze_language language) {
    return language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}

void gaze_words_put(gaze_buffer *out, const char *template, const char *const *values) {
    for (const char *at = template; *at; at++) {
        if (at[0] == '{' && at[1] == '}') {
            gaze_buffer_puts(out, *values++);
            at++;
        } else {
            gaze_buffer_putc(out, *at);
        }
    }
}

void gaze_words_put_counts(gaze_buffer *out, const char *template, const size_t *counts, size_t n) {
    char text[4][24];
    const char *values[4];
    assert(n <= 4);
    for (size_t i = 0; i < n; i++) {
        snprintf(text[i], sizeof text[i], "%zu", counts[i]);
        values[i] = text[i];
    }
    gaze_words_put(out, template, values);
}
