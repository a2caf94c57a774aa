#include "viz/model_view/words.h"

static const gaze_model_words english = {
    .short_head = "L{} H{}",
    .mean = "layer mean",
    .values = {"entropy (nats)", "entropy / ln n", "previous token", "next token", "same token", "[CLS]", "[SEP]",
               "punctuation"},
    .short_values = {"H", "H/ln n", "prev", "next", "self", "CLS", "SEP", "punct"},
    .names = {"", "next", "prev", "broad", "CLS", "SEP", "punct"},
    .key = "Bars, from 0 to 1:",
    .meaning = {"Below the bars: the largest share of the head's attention (0 to 1) and what it goes to. "
                "\"broad 89 %\": entropy, in percent of the most possible (ln n). Bold: above the threshold, which is "
                ".50 for the previous or next token, .60 for [CLS], [SEP] or punctuation, 78 % for broad. Lines at .5 "
                "and 1.",
                "H: entropy in nats; H/ln n: the same in percent of the most possible. All other numbers are shares of "
                "the head's attention, 0 to 1. Bold: above the threshold, which is .50 for the previous or next token, "
                ".60 for [CLS], [SEP] or punctuation, 78 % for broad."},
    .targets = {[GAZE_BADGE_PREVIOUS] = "the previous token", "the next token", "the same token", "[CLS]", "[SEP]",
                "punctuation"},
    .stands_out = "Stands out: {}, where {} takes {}.",
    .largest = "Largest share: {}, where {} takes {}.",
    .reading = "Each thumbnail is the matrix of one head: rows are queries (attend from, first token on "
               "top), columns keys "
               "(attended to, first token at the left).",
    .reading_lines = "Each thumbnail is one head: its lines run from the queries (attend from, first token "
                     "on top) at the left to "
                     "the keys (attended to) at the right. Drawn: the strongest, at most 150 a head; weights "
                     "below .5, .25 and .1 are "
                     "fainter.",
    .measured = "Bars and numbers: mean over the rows of the attention that goes to such a token, all tokens "
                "counted, before "
                "anything was hidden or joined.",
    .first_row = "The first row has no token before it and the last none after; both count, so that previous "
                 "and next reach (n - 1)/n at most.",
    .thresholds = "The thresholds are those of Clark et al. (2019); where several are passed, the last of next, "
                  "previous, broad, [CLS], [SEP], punctuation is named.",
    .else_largest = "Where none is passed, the largest share is.",
    .of_means = "The badge of a layer mean measures the mean matrix, whose entropy is above the mean of the "
                "heads' entropies.",
    .most = "Most on ",
    .is_most = ": ",
    .sorted = "Sorted by {}, largest first.",
    .sorted_by_name = "Sorted by label, then by the value that it stands for.",
    .description = "Model view of attention: {} layers, {} heads in each, {} tokens.",
    .title_value = "{} {}",
};

static const gaze_model_words chinese = {
    .short_head = "{} 层 {} 头",
    .mean = "层平均",
    .values = {"熵（奈特）", "熵 / ln n", "前一词元", "后一词元", "自身", "[CLS]", "[SEP]", "标点"},
    .short_values = {"熵", "熵比", "前", "后", "自身", "CLS", "SEP", "标点"},
    .names = {"", "后", "前", "分散", "CLS", "SEP", "标点"},
    .key = "条形，0 至 1：",
    .meaning = {"条形下方：该头注意力中最大的一份（0 至 1）及其去向。“分散 89 %”：熵，占最大可能值（ln n）的百分比。"
                "粗体：超过阈值，即前一或后一词元 .50，[CLS]、[SEP] 或标点 .60，分散 78 %。横线在 .5 和 1 处。",
                "熵：单位奈特；熵比：熵占最大可能值（ln n）的百分比。其余数字都是该头注意力中的份额，0 至 1。"
                "粗体：超过阈值，即前一或后一词元 .50，[CLS]、[SEP] 或标点 .60，分散 78 %。"},
    .targets = {[GAZE_BADGE_PREVIOUS] = "前一词元", "后一词元", "自身", "[CLS]", "[SEP]", "标点"},
    .stands_out = "最突出：{}，{}占 {}。",
    .largest = "最大的一份：{}，{}占 {}。",
    .reading =
        "每个缩略图是一个头的矩阵：行是查询（关注者，第一个词元在上），列是键（被关注者，第一个词元在左）。",
    .reading_lines = "每个缩略图是一个头：线从左侧的查询（关注者，第一个词元在上）到右侧的键（被关注者）。只"
                     "画最强者，每头至多 150 条；权重低于 0.5、0.25、0.1 者渐淡。",
    .measured = "条形和数字：各行给予此类词元的注意力的平均，所有词元都计入，在隐藏或合并之前。",
    .first_row = "首行之前、末行之后没有词元，两行都计入，所以前一和后一词元至多为 (n - 1)/n。",
    .thresholds = "阈值取自 Clark 等人（2019）；超过多个时，取后一、前一、分散、[CLS]、[SEP]、标点中最后一个。",
    .else_largest = "未超过任何阈值时，标出最大的一份。",
    .of_means = "层平均的标签量的是平均矩阵，其熵大于各头之熵的平均。",
    .most = "最关注",
    .is_most = "：",
    .sorted = "按{}从大到小排列。",
    .sorted_by_name = "按标签排列，再按其所代表的值。",
    .description = "注意力的模型视图：{} 层，每层 {} 头，{} 个词元。",
    .title_value = "{} {}",
};

const gaze_model_words *gaze_model_words_of(gaze_language language) {
    return language == GAZE_LANGUAGE_ZH ? &chinese : &english;
}
