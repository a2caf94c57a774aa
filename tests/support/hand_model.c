#include "tests/support/hand_model.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"

static void set(tiny_model *tiny, const char *name, const float *values) {
    const gaze_tensor *tensor = &tiny_model_find(tiny, name)->tensor;
    char *data = (char *)(uintptr_t)tensor->data;
    if (values)
        memcpy(data, values, 4 * gaze_tensor_count(tensor)); /* in the machine's order: what writes the file turns it */
    else
        memset(data, 0, 4 * gaze_tensor_count(tensor));
}

static void write_config(const tiny_model *tiny, const char *directory, const char *more) {
    gaze_buffer config = {0};
    char fields[1024];
    snprintf(fields, sizeof fields, ", \"num_labels\": %zu%s", tiny->config.num_labels, more ? more : "");
    tiny_model_put_config(&config, tiny, fields);
    tmpdir_write(directory, "config.json", config.data, config.length);
    gaze_buffer_deinit(&config);
}

char *hand_model_make(gaze_task task, const float *biases, size_t count, const char *more) {
    const tiny_model_options options = {.task = task};
    char *directory = tmpdir_make();
    tiny_model tiny;
    tiny_model_init(&tiny, &options);
    if (task == GAZE_TASK_MASKED_LM) {
        set(&tiny, "cls.predictions.transform.LayerNorm.weight", NULL);
        set(&tiny, "cls.predictions.transform.LayerNorm.bias", NULL);
        set(&tiny, "cls.predictions.decoder.bias", biases);
    } else if (task) {
        const size_t shape[2] = {count, tiny.config.hidden_size};
        tiny.config.num_labels = count;
        tiny_model_remove(&tiny, "classifier.weight");
        tiny_model_remove(&tiny, "classifier.bias");
        tiny_model_add(&tiny, "classifier.weight", GAZE_DTYPE_F32, 2, shape);
        tiny_model_add(&tiny, "classifier.bias", GAZE_DTYPE_F32, 1, shape);
        set(&tiny, "classifier.bias", biases);
    }
    tiny_model_write(&tiny, directory);
    write_config(&tiny, directory, more);
    tiny_model_deinit(&tiny);
    tmpdir_puts(directory, "vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nb\nc\nd\n.\n,\n");
    return directory;
}
