/* Labels out of tokens. */
#include "viz/label.h"

/* "##ing" is a continuation; "##" that stands by itself in the text is not. */
static size_t wordpiece_marker(const gaze_tokens *tokens, size_t i) {
    if (i == 0 || tokens->special[i] || tokens->string_lengths[i] <= 2) return 0;
    if (tokens->word_ids[i] == GAZE_NO_WORD || tokens->word_ids[i] != tokens->word_ids[i - 1]) return 0;
    return tokens->strings[i][0] == '#' && tokens->strings[i][1] == '#' ? 2 : 0;
}

void gaze_labels_from_tokens(gaze_label *labels, const gaze_tokens *tokens) {
    for (size_t i = 0; i < tokens->count; i++)
        labels[i] = (gaze_label){.text = tokens->strings[i],
                                 .length = tokens->string_lengths[i],
                                 .marker = wordpiece_marker(tokens, i),
                                 .id = tokens->ids[i],
                                 .segment = tokens->type_ids[i],
                                 .special = tokens->special[i] != 0};
}
