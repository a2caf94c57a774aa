/* From arrays to files: .npz, .safetensors, .json. */
#include <stdint.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "tools/pipeline/dump.h"
#include "weights/npz.h"
#include "weights/safetensors.h"

/* Collecting ----------------------------------------------------------------------------------------- */

/* All arrays of a dump, copied. */
typedef struct collection {
    gaze_named_tensor *arrays;
    size_t count;
    size_t capacity;
    gaze_arena memory;
} collection;

static gaze_status collect(collection *c, const char *name, const gaze_tensor *tensor, gaze_error *err) {
    if (c->count == c->capacity) {
        size_t capacity = c->capacity ? c->capacity * 2 : 32;
        gaze_named_tensor *arrays = gaze_realloc(c->arrays, capacity, sizeof *arrays);
        if (!arrays) return gaze_fail_memory(err);
        c->arrays = arrays;
        c->capacity = capacity;
    }
    size_t size = gaze_tensor_size(tensor);
    void *data = gaze_arena_alloc(&c->memory, size, 1);
    gaze_named_tensor array = {.name = gaze_arena_copy_string(&c->memory, name, strlen(name)),
                               .tensor = *tensor};
    if (!data || !array.name) return gaze_fail_memory(err);
    memcpy(data, tensor->data, size);
    array.tensor.data = data;
    c->arrays[c->count++] = array;
    return GAZE_OK;
}

static gaze_status collect_array(void *context, const gaze_dump_array *array, gaze_error *err) {
    return collect(context, array->name, &array->tensor, err);
}

static void free_collection(collection *c) {
    gaze_free(c->arrays);
    gaze_arena_deinit(&c->memory);
}

/* Meta ----------------------------------------------------------------------------------------------- */

static void put_tokens(gaze_buffer *out, const gaze_tokens *tokens) {
    gaze_buffer_putc(out, '[');
    for (size_t t = 0; t < tokens->count; t++) {
        if (t) gaze_buffer_puts(out, ", ");
        gaze_buffer_put_json_string(out, tokens->strings[t], tokens->string_lengths[t]);
    }
    gaze_buffer_putc(out, ']');
}

static void put_spans(gaze_buffer *out, const gaze_tokens *tokens) {
    gaze_buffer_putc(out, '[');
    for (size_t t = 0; t < tokens->count; t++)
        gaze_buffer_printf(out, "%s[%zu, %zu]", t ? ", " : "", tokens->chars[t].start, tokens->chars[t].end);
    gaze_buffer_putc(out, ']');
}

static void put_id(gaze_buffer *out, int32_t id, int32_t none) {
    if (id == none)
        gaze_buffer_puts(out, "null");
    else
        gaze_buffer_printf(out, "%d", (int)id);
}

static void put_word_ids(gaze_buffer *out, const gaze_tokens *tokens) {
    for (size_t t = 0; t < tokens->count; t++) {
        gaze_buffer_puts(out, t ? ", " : "[");
        put_id(out, tokens->word_ids[t], GAZE_NO_WORD);
    }
    gaze_buffer_putc(out, ']');
}

static void put_sequence_ids(gaze_buffer *out, const gaze_tokens *tokens) {
    for (size_t t = 0; t < tokens->count; t++) {
        gaze_buffer_puts(out, t ? ", " : "[");
        put_id(out, tokens->sequence_ids[t], GAZE_NO_SEQUENCE);
    }
    gaze_buffer_putc(out, ']');
}

/* , "key": [one list for each input] */
static void put_lists(gaze_buffer *out, const char *key, const gaze_run *run,
                      void put(gaze_buffer *out, const gaze_tokens *tokens)) {
    gaze_buffer_printf(out, ", \"%s\": [", key);
    for (size_t i = 0; i < run->count; i++) {
        if (i) gaze_buffer_puts(out, ", ");
        put(out, &run->tokens[i]);
    }
    gaze_buffer_putc(out, ']');
}

static void put_text(gaze_buffer *out, const gaze_input *input) {
    if (input->pair) gaze_buffer_putc(out, '[');
    gaze_buffer_put_json_string(out, input->text, input->text_length);
    if (!input->pair) return;
    gaze_buffer_puts(out, ", ");
    gaze_buffer_put_json_string(out, input->pair, input->pair_length);
    gaze_buffer_putc(out, ']');
}

void gaze_dump_meta(gaze_buffer *out, const gaze_run *run, const gaze_pipeline *pipeline,
                    const gaze_input *inputs) {
    const char *name = gaze_pipeline_name(pipeline);
    gaze_buffer_puts(out, "{\"versions\": {\"gaze\": \"" GAZE_VERSION "\"}, \"model\": ");
    gaze_buffer_put_json_string(out, name, strlen(name));
    gaze_buffer_puts(out, ", \"texts\": [");
    for (size_t i = 0; i < run->count; i++) {
        if (i) gaze_buffer_puts(out, ", ");
        put_text(out, &inputs[i]);
    }
    gaze_buffer_putc(out, ']');
    put_lists(out, "tokens", run, put_tokens);
    put_lists(out, "spans", run, put_spans);
    put_lists(out, "word_ids", run, put_word_ids);
    put_lists(out, "sequence_ids", run, put_sequence_ids);
    if (gaze_pipeline_note(pipeline)) {
        gaze_buffer_puts(out, ", \"note\": ");
        gaze_buffer_put_json_string(out, gaze_pipeline_note(pipeline), strlen(gaze_pipeline_note(pipeline)));
    }
    gaze_buffer_putc(out, '}');
}

static gaze_status collect_meta(collection *c, const gaze_run *run, const gaze_pipeline *pipeline,
                                const gaze_input *inputs, gaze_error *err) {
    gaze_buffer meta = {0};
    gaze_dump_meta(&meta, run, pipeline, inputs);
    gaze_status status = gaze_buffer_status(&meta, err);
    gaze_tensor tensor = {.data = meta.data, .dtype = GAZE_DTYPE_U8, .rank = 1, .shape = {meta.length}};
    if (!status) status = collect(c, "meta", &tensor, err);
    gaze_buffer_deinit(&meta);
    return status;
}

/* JSON ----------------------------------------------------------------------------------------------- */

static void put_element(gaze_buffer *out, const gaze_tensor *tensor, size_t i) {
    if (tensor->dtype == GAZE_DTYPE_I64)
        gaze_buffer_printf(out, "%lld", (long long)((const int64_t *)tensor->data)[i]);
    else
        gaze_buffer_put_float(out, ((const float *)tensor->data)[i]);
}

/* Nested lists: a bracket opens before element i for every dimension that begins there, and closes behind
 * it for every one that ends. */
static void put_nested(gaze_buffer *out, const gaze_tensor *tensor) {
    size_t count = gaze_tensor_count(tensor);
    for (size_t i = 0; i < count; i++) {
        if (i) gaze_buffer_puts(out, ", ");
        for (size_t d = 0, block = count; d < tensor->rank; block /= tensor->shape[d++])
            if (i % block == 0) gaze_buffer_putc(out, '[');
        put_element(out, tensor, i);
        for (size_t d = 0, block = count; d < tensor->rank; block /= tensor->shape[d++])
            if ((i + 1) % block == 0) gaze_buffer_putc(out, ']');
    }
}

/* {"input_ids": [[...]], ..., "meta": {...}} */
static void put_json(gaze_buffer *out, const collection *c) {
    gaze_buffer_putc(out, '{');
    for (size_t i = 0; i < c->count; i++) {
        const gaze_named_tensor *array = &c->arrays[i];
        if (i) gaze_buffer_puts(out, ",\n ");
        gaze_buffer_put_json_string(out, array->name, strlen(array->name));
        gaze_buffer_puts(out, ": ");
        if (array->tensor.dtype == GAZE_DTYPE_U8)
            gaze_buffer_append(out, array->tensor.data, array->tensor.shape[0]);
        else
            put_nested(out, &array->tensor);
    }
    gaze_buffer_puts(out, "}\n");
}

/* Writing -------------------------------------------------------------------------------------------- */

static bool ends_with(const char *path, const char *ending) {
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static gaze_status encode(gaze_buffer *out, const char *path, const collection *c, gaze_error *err) {
    if (ends_with(path, ".npz")) return gaze_npz_write(out, c->arrays, c->count, false, err);
    if (ends_with(path, ".safetensors")) return gaze_safetensors_write(out, c->arrays, c->count, "pt", err);
    if (!ends_with(path, ".json"))
        return gaze_fail(err, GAZE_ERROR_ARGUMENT, "%s: expected a name that ends in .npz, .safetensors or .json",
                         path);
    put_json(out, c);
    return gaze_buffer_status(out, err);
}

gaze_status gaze_dump_write(const char *path, const gaze_run *run, const gaze_pipeline *pipeline,
                            const gaze_input *inputs, unsigned groups, gaze_error *err) {
    collection c = {0};
    gaze_buffer file = {0};
    const gaze_model *model = gaze_pipeline_model(pipeline);
    gaze_status status = gaze_dump_visit(run, model, groups, 0, collect_array, &c, err);
    if (!status) status = collect_meta(&c, run, pipeline, inputs, err);
    if (!status) status = encode(&file, path, &c, err);
    if (!status) status = gaze_file_write(path, file.data, file.length, err);
    gaze_buffer_deinit(&file);
    free_collection(&c);
    return status;
}
