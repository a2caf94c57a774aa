/* What a model was made for, by config.json: its class, its labels, what its numbers mean. */
#include <stdio.h>
#include <string.h>

#include "weights/config_json.h"
#include "weights/config_parts.h"

#define MAX_LABELS 65536u

/* The class -------------------------------------------------------------------------------------------- */

/* By the end of the class's name: "RobertaForMaskedLM". BertForPreTraining is read as BertForMaskedLM, as the
 * fill-mask pipeline does; ELECTRA's class of that name has another head, which we do not have. */
static gaze_task task_of(const gaze_config *config) {
    const char *end = strstr(config->architecture, "For");
    if (!end) return GAZE_TASK_NONE;
    if (strcmp(config->architecture, "BertForPreTraining") == 0) return GAZE_TASK_MASKED_LM;
    for (int task = GAZE_TASK_NONE + 1; task < GAZE_TASK_COUNT; task++)
        if (strcmp(end + strlen("For"), gaze_task_name((gaze_task)task)) == 0) return (gaze_task)task;
    return GAZE_TASK_NONE;
}

/* The first of "architectures"; some files have none. */
static gaze_status read_architecture(gaze_config *config, const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *value = gaze_config_get(root, "architectures");
    if (!value) return GAZE_OK;
    if (value->type != GAZE_JSON_ARRAY)
        return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "architectures", value, "an array of strings");
    const gaze_json_value *first = gaze_json_first(value);
    if (!first) return GAZE_OK;
    if (first->type != GAZE_JSON_STRING || first->length >= sizeof config->architecture)
        return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "architectures", first,
                                  "strings of at most 63 bytes");
    memcpy(config->architecture, first->as.text, first->length);
    config->task = task_of(config);
    return GAZE_OK;
}

/* Labels ----------------------------------------------------------------------------------------------- */

/* The number that a key of id2label is, below count and without leading zeros; false when it is none. */
static bool read_index(const gaze_json_value *key, uint32_t count, uint64_t *index) {
    gaze_json_value number = *key;
    number.type = GAZE_JSON_NUMBER;
    if (key->length == 0 || (key->length > 1 && key->as.text[0] == '0')) return false;
    return gaze_json_uint64(&number, index) && *index < count;
}

/* id2label has the keys 0 to C-1: different ones, all below their number, so none is missing. */
static gaze_status check_labels(const gaze_json_value *labels, gaze_error *err) {
    uint64_t index;
    if (labels->type != GAZE_JSON_OBJECT)
        return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "id2label", labels, "an object");
    if (labels->count == 0 || labels->count > MAX_LABELS)
        return gaze_fail_at(err, GAZE_ERROR_CONFIG, labels->offset, "id2label: %u labels, expected 1 to %u",
                            (unsigned)labels->count, MAX_LABELS);
    gaze_status status = gaze_config_refuse_duplicates(labels, err);
    if (status) return gaze_fail_prefix(err, status, "id2label");
    for (const gaze_json_value *key = gaze_json_first(labels); key; key = gaze_json_next_key(key)) {
        if (!read_index(key, labels->count, &index))
            return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "id2label", key,
                                      "the keys \"0\", \"1\", ... without a gap");
        if (key->next->type != GAZE_JSON_STRING)
            return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "id2label", key->next, "strings");
    }
    return GAZE_OK;
}

/* C: the size of id2label, else num_labels, else 2 as in PretrainedConfig. */
static gaze_status read_label_count(gaze_config *config, const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *labels = gaze_config_get(root, "id2label");
    const gaze_json_value *number = gaze_config_get(root, "num_labels");
    uint64_t count = 2;
    if (number && (!gaze_json_uint64(number, &count) || count == 0 || count > MAX_LABELS))
        return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "num_labels", number,
                                  "a whole number from 1 to 65536");
    if (labels) {
        gaze_status status = check_labels(labels, err);
        if (status) return status;
        if (number && count != labels->count)
            return gaze_fail_at(err, GAZE_ERROR_CONFIG, number->offset,
                                "num_labels: %llu, but id2label has %u", (unsigned long long)count,
                                (unsigned)labels->count);
        count = labels->count;
    }
    config->num_labels = (size_t)count;
    if (config->task == GAZE_TASK_QUESTION_ANSWERING && count != 2)
        return gaze_fail(err, GAZE_ERROR_CONFIG, "id2label: %zu labels, expected 2 (start, end) in %s",
                         config->num_labels, config->architecture);
    return GAZE_OK;
}

/* The names of the labels by their index; items that id2label does not have are NULL. */
static const gaze_json_value **names_by_index(const gaze_config *config, const gaze_json_value *root) {
    const gaze_json_value *labels = gaze_config_get(root, "id2label");
    const gaze_json_value **names = gaze_alloc_zero(config->num_labels, sizeof *names);
    uint64_t index;
    if (!names || !labels) return names;
    for (const gaze_json_value *key = gaze_json_first(labels); key; key = gaze_json_next_key(key))
        if (read_index(key, (uint32_t)config->num_labels, &index)) names[index] = key->next;
    return names;
}

gaze_status gaze_config_labels(gaze_text_list *labels, const gaze_config *config, const gaze_json_value *root,
                               gaze_error *err) {
    const gaze_json_value **names = names_by_index(config, root);
    gaze_status status = names ? GAZE_OK : gaze_fail_memory(err);
    for (size_t i = 0; i < config->num_labels && !status; i++) {
        char name[32];
        snprintf(name, sizeof name, "LABEL_%zu", i);
        status = names[i] ? gaze_text_list_add(labels, names[i]->as.text, names[i]->length, err)
                          : gaze_text_list_add(labels, name, strlen(name), err);
    }
    gaze_free(names);
    return status;
}

/* Numbers ---------------------------------------------------------------------------------------------- */

static gaze_status read_problem_type(gaze_config *config, const gaze_json_value *root, gaze_error *err) {
    static const char *const names[GAZE_PROBLEM_COUNT] = {
        [GAZE_PROBLEM_REGRESSION] = "regression",
        [GAZE_PROBLEM_SINGLE_LABEL] = "single_label_classification",
        [GAZE_PROBLEM_MULTI_LABEL] = "multi_label_classification",
    };
    const gaze_json_value *value = gaze_config_get(root, "problem_type");
    if (!value) return GAZE_OK;
    for (int i = GAZE_PROBLEM_UNSET + 1; i < GAZE_PROBLEM_COUNT; i++) {
        config->problem_type = (gaze_problem)i;
        if (gaze_json_equals(value, names[i])) return GAZE_OK;
    }
    return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "problem_type", value,
                              "regression, single_label_classification, multi_label_classification");
}

static gaze_status read_tie(gaze_config *config, const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *value = gaze_config_get(root, "tie_word_embeddings");
    config->tie_word_embeddings = true;
    if (value && !gaze_json_bool(value, &config->tie_word_embeddings))
        return gaze_config_refuse(err, GAZE_ERROR_CONFIG, "tie_word_embeddings", value, "true or false");
    return GAZE_OK;
}

gaze_status gaze_config_read_task(gaze_config *config, const gaze_json_value *root, gaze_error *err) {
    gaze_status status = read_architecture(config, root, err);
    if (!status) status = read_label_count(config, root, err);
    if (!status) status = read_problem_type(config, root, err);
    if (!status) status = read_tie(config, root, err);
    return status;
}
