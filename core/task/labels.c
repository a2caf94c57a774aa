#include "core/task/labels.h"

#include <string.h>

bool gaze_aggregation_from_name(const char *name, gaze_aggregation *aggregation) {
    static const char *const names[GAZE_AGGREGATION_COUNT] = {
        [GAZE_AGGREGATE_NONE] = "none",       [GAZE_AGGREGATE_SIMPLE] = "simple",
        [GAZE_AGGREGATE_FIRST] = "first",     [GAZE_AGGREGATE_AVERAGE] = "average",
        [GAZE_AGGREGATE_MAX] = "max",
    };
    for (int i = 0; i < GAZE_AGGREGATION_COUNT; i++) {
        *aggregation = (gaze_aggregation)i;
        if (strcmp(name, names[i]) == 0) return true;
    }
    return false;
}

/* Words ------------------------------------------------------------------------------------------------ */

/* The largest of a row of scores, the first of equals. */
static size_t best_label(const float *scores, size_t C) {
    size_t best = 0;
    for (size_t c = 1; c < C; c++)
        if (scores[c] > scores[best]) best = c;
    return best;
}

static void label_by_token(gaze_labelled *word, const float *scores, size_t token, size_t C) {
    word->label = best_label(scores + token * C, C);
    word->score = (double)scores[token * C + word->label];
}

/* The token of the word whose best score is the largest. */
static size_t surest_token(const gaze_labelled *word, const float *scores, size_t C) {
    size_t surest = word->first;
    float largest = scores[surest * C + best_label(scores + surest * C, C)];
    for (size_t t = word->first + 1; t < word->end; t++) {
        float score = scores[t * C + best_label(scores + t * C, C)];
        if (score <= largest) continue;
        largest = score;
        surest = t;
    }
    return surest;
}

/* score_c = sum_t scores[t,c] / tokens; the best of them. */
static void label_by_average(gaze_labelled *word, const float *scores, size_t C) {
    for (size_t c = 0; c < C; c++) {
        double sum = 0;
        for (size_t t = word->first; t < word->end; t++) sum += (double)scores[t * C + c];
        double mean = sum / (double)(word->end - word->first);
        if (c > 0 && mean <= word->score) continue;
        word->score = mean;
        word->label = c;
    }
}

static void label_word(gaze_labelled *word, const float *scores, size_t C, gaze_aggregation aggregation) {
    if (aggregation == GAZE_AGGREGATE_AVERAGE)
        label_by_average(word, scores, C);
    else if (aggregation == GAZE_AGGREGATE_MAX)
        label_by_token(word, scores, surest_token(word, scores, C), C);
    else
        label_by_token(word, scores, word->first, C);
}

size_t gaze_label_words(gaze_labelled *words, const float *scores, const bool *subword, size_t T, size_t C,
                        gaze_aggregation aggregation) {
    bool whole = aggregation != GAZE_AGGREGATE_NONE && aggregation != GAZE_AGGREGATE_SIMPLE;
    size_t count = 0;
    for (size_t t = 0; t < T; t++) {
        if (count == 0 || !whole || !subword[t]) words[count++] = (gaze_labelled){.first = t};
        words[count - 1].end = t + 1;
    }
    for (size_t w = 0; w < count; w++) label_word(&words[w], scores, C, aggregation);
    return count;
}

/* Entities --------------------------------------------------------------------------------------------- */

static bool begins(const char *label) {
    return strncmp(label, "B-", 2) == 0;
}

/* The label without B- or I-; one with neither continues what is like it. */
static const char *tag_of(const char *label) {
    return begins(label) || strncmp(label, "I-", 2) == 0 ? label + 2 : label;
}

static bool continues(const char *label, const char *before) {
    return !begins(label) && strcmp(tag_of(label), tag_of(before)) == 0;
}

size_t gaze_label_entities(gaze_labelled *entities, const gaze_labelled *words, size_t count,
                           const char *const *labels) {
    size_t entity_count = 0;
    for (size_t w = 0; w < count; w++) {
        if (w == 0 || !continues(labels[words[w].label], labels[words[w - 1].label]))
            entities[entity_count++] = (gaze_labelled){.first = w, .label = words[w].label};
        entities[entity_count - 1].end = w + 1;
        entities[entity_count - 1].score += words[w].score;
    }
    for (size_t e = 0; e < entity_count; e++)
        entities[e].score /= (double)(entities[e].end - entities[e].first);
    return entity_count;
}

const char *gaze_label_group(const char *label) {
    const char *hyphen = strchr(label, '-');
    return hyphen ? hyphen + 1 : label;
}
