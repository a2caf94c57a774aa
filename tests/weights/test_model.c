/* weights/model and weights/bind: tiny models with every way of naming and damaging their tensors, and the
 * models that Hugging Face wrote (tests/data/models). */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "tests/support/exact_copy.h"
#include "tests/support/failing_alloc.h"
#include "tests/support/tiny_model.h"
#include "tests/support/tmpdir.h"
#include "weights/model.h"
#include "weights/safetensors.h"

/* A model in a directory of its own, opened once for every way of holding the weights. */
static gaze_status open_tiny(const tiny_model *tiny, gaze_error *err) {
    char *directory = tmpdir_make();
    gaze_model *model;
    tiny_model_write(tiny, directory);
    gaze_status status = gaze_model_open(&model, directory, NULL, err);
    gaze_model_close(model);
    gaze_model *copied;
    assert_int_equal(gaze_model_open(&copied, directory, &(gaze_model_options){.read = true}, NULL), status);
    gaze_model_close(copied);
    if (err && status) /* the message begins with the path; what follows is the same everywhere */
        memmove(err->message, err->message + strlen(directory) + 1,
                sizeof err->message - strlen(directory) - 1);
    tmpdir_remove(directory);
    return status;
}

/* V 11, D 6: row 2 of the word embeddings begins at element 12, which tiny_model made 0.5 + 12/1024. */
static void a_tiny_model_by_hand(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_model *model;
    gaze_error err;
    char *directory = tmpdir_make();
    tiny_model_init(&tiny, NULL);
    tiny_model_write(&tiny, directory);
    assert_int_equal(gaze_model_open(&model, directory, NULL, &err), GAZE_OK);
    const gaze_params *params = gaze_model_params(model);
    const float *words = params->word_embeddings.data;
    assert_true(words[12] == 0.5F + 12.0F / 1024);
    assert_int_equal(params->layer_count, 2);
    assert_int_equal(params->layers[1].intermediate.weight.shape[0], 10);
    assert_int_equal(gaze_model_config(model)->head_size, 2);
    assert_int_equal(gaze_model_tensor_count(model), 5 + 2 * 16 + 2);
    assert_string_equal(gaze_model_tensor_at(model, 0)->name, "embeddings.LayerNorm.bias");
    assert_string_equal(gaze_model_tensor_at(model, 0)->file, "model.safetensors");
    assert_true(gaze_model_tensor_at(model, 0)->used);
    assert_int_equal(gaze_model_missing_count(model), 0);
    assert_int_equal(gaze_model_notice_count(model), 0);
    assert_true(gaze_json_equals(gaze_json_get(gaze_model_config_json(model), "model_type"), "bert"));
    gaze_model_close(model);
    gaze_model_close(NULL);
    tiny_model_deinit(&tiny);
    tmpdir_remove(directory);
}

/* Names and types ------------------------------------------------------------------------------------ */

static void every_way_of_naming(void **state) {
    (void)state;
    static const gaze_dtype dtypes[] = {GAZE_DTYPE_F32, GAZE_DTYPE_F16, GAZE_DTYPE_BF16};
    for (int i = 0; i < 24; i++) {
        tiny_model tiny;
        const tiny_model_options options = {
            .dtype = dtypes[i % 3], .prefix = i & 4 ? "bert." : "", .old_names = i & 8, .no_pooler = i & 16};
        tiny_model_init(&tiny, &options);
        assert_int_equal(open_tiny(&tiny, NULL), GAZE_OK);
        tiny_model_deinit(&tiny);
    }
}

static void missing_and_unused_tensors(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_buffer config = {0}, weights = {0};
    const size_t positions[] = {1, 7};
    tiny_model_init(&tiny, &(tiny_model_options){.prefix = "bert.", .no_pooler = true});
    tiny_model_add(&tiny, "bert.embeddings.position_ids", GAZE_DTYPE_I64, 2, positions);
    tiny_model_add(&tiny, "cls.predictions.bias", GAZE_DTYPE_F32, 1, positions + 1);
    gaze_model *model = tiny_model_open(&tiny, &config, &weights);
    size_t unused = 0;
    for (size_t i = 0; i < gaze_model_tensor_count(model); i++)
        unused += !gaze_model_tensor_at(model, i)->used;
    assert_int_equal(unused, 2);
    assert_int_equal(gaze_model_missing_count(model), 2);
    assert_string_equal(gaze_model_missing_at(model, 0), "pooler.dense.weight");
    assert_string_equal(gaze_model_missing_at(model, 1), "pooler.dense.bias");
    assert_null(gaze_model_params(model)->pooler.weight.data);
    gaze_model_close(model);
    tiny_model_deinit(&tiny);
    gaze_buffer_deinit(&config);
    gaze_buffer_deinit(&weights);
}

static void a_missing_tensor(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_error err;
    tiny_model_init(&tiny, NULL);
    tiny_model_remove(&tiny, "encoder.layer.1.output.dense.bias");
    assert_int_equal(open_tiny(&tiny, &err), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(err.message,
                        "model.safetensors: tensor 'encoder.layer.1.output.dense.bias' is missing");
    tiny_model_remove(&tiny, "embeddings.word_embeddings.weight");
    assert_int_equal(open_tiny(&tiny, &err), GAZE_ERROR_NOT_FOUND);
    assert_string_equal(err.message, "model.safetensors: 2 tensors are missing, the first of them "
                                     "'embeddings.word_embeddings.weight'");
    tiny_model_deinit(&tiny);
}

/* Every parameter must be there, must have its shape, and must be of a type that the kernels read. */
static void each_tensor_in_turn(void **state) {
    (void)state;
    tiny_model tiny;
    tiny_model_init(&tiny, NULL);
    for (size_t i = 0; i < tiny.count; i++) {
        gaze_tensor *tensor = &tiny.tensors[i].tensor;
        const gaze_tensor kept = *tensor;
        bool optional = strncmp(tiny.tensors[i].name, "pooler.", 7) == 0;
        tensor->shape[0]--;
        assert_int_equal(open_tiny(&tiny, NULL), GAZE_ERROR_SHAPE);
        *tensor = kept;
        tensor->dtype = GAZE_DTYPE_I8;
        assert_int_equal(open_tiny(&tiny, NULL), GAZE_ERROR_UNSUPPORTED);
        *tensor = kept;
        gaze_named_tensor removed = tiny.tensors[i];
        tiny.tensors[i] = tiny.tensors[--tiny.count];
        assert_int_equal(open_tiny(&tiny, NULL), optional ? GAZE_OK : GAZE_ERROR_NOT_FOUND);
        tiny.tensors[tiny.count++] = tiny.tensors[i];
        tiny.tensors[i] = removed;
    }
    tiny_model_deinit(&tiny);
}

static void wrong_shapes_are_explained(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_error err;
    tiny_model_init(&tiny, &(tiny_model_options){.prefix = "bert."});
    tiny.config.vocab_size = 12;
    assert_int_equal(open_tiny(&tiny, &err), GAZE_ERROR_SHAPE);
    assert_string_equal(err.message,
                        "model.safetensors: tensor 'bert.embeddings.word_embeddings.weight': shape "
                        "[11, 6], expected [12, 6] (config.json's vocab_size, hidden_size)");
    tiny.config.vocab_size = 11;
    gaze_tensor *bias = &tiny_model_find(&tiny, "bert.pooler.dense.bias")->tensor;
    bias->rank = 2; /* [6, 1]: as many elements, another rank */
    bias->shape[1] = 1;
    assert_int_equal(open_tiny(&tiny, &err), GAZE_ERROR_SHAPE);
    assert_string_equal(err.message, "model.safetensors: tensor 'bert.pooler.dense.bias': shape [6, 1], "
                                     "expected [6] (config.json's hidden_size)");
    bias->rank = 1;
    bias->dtype = GAZE_DTYPE_F64;
    bias->shape[0] = 3;
    assert_int_equal(open_tiny(&tiny, &err), GAZE_ERROR_UNSUPPORTED);
    assert_string_equal(err.message, "model.safetensors: tensor 'bert.pooler.dense.bias': dtype F64, "
                                     "expected F32, F16 or BF16");
    tiny_model_deinit(&tiny);
}

static void a_parameter_under_two_names(void **state) {
    (void)state;
    static const char *const names[] = {"bert.pooler.dense.bias", "embeddings.LayerNorm.gamma",
                                        "bert.embeddings.LayerNorm.beta"};
    const size_t shape[] = {6};
    for (size_t i = 0; i < 3; i++) {
        tiny_model tiny;
        tiny_model_init(&tiny, NULL);
        tiny_model_add(&tiny, names[i], GAZE_DTYPE_F32, 1, shape);
        assert_int_equal(open_tiny(&tiny, NULL), GAZE_ERROR_DUPLICATE);
        tiny_model_deinit(&tiny);
    }
}

/* Places --------------------------------------------------------------------------------------------- */

typedef struct pair {
    const gaze_params *odd;
    const gaze_buffer *weights;
} pair;

static bool same_at_another_place(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *a) {
    const pair *both = context;
    const gaze_tensor *b = gaze_params_tensor_const(both->odd, entry, layer);
    const char *data = a->data, *file = both->weights->data;
    assert_int_equal((uintptr_t)b->data % sizeof(float), 0);
    assert_memory_equal(a->data, b->data, gaze_tensor_size(a));
    assert_int_equal(data > file && data < file + both->weights->length, gaze_host_is_little_endian());
    return true;
}

/* The same weights at an odd address: every parameter is copied, and is the same. */
static void unaligned_data_is_copied(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_buffer config = {0}, weights = {0};
    gaze_model *odd;
    tiny_model_init(&tiny, NULL);
    gaze_model *even = tiny_model_open(&tiny, &config, &weights);
    char *shifted = malloc(weights.length + 1);
    memcpy(shifted + 1, weights.data, weights.length);
    const gaze_model_files files = {config.data, config.length, shifted + 1, weights.length};
    assert_int_equal(gaze_model_open_files(&odd, &files, NULL), GAZE_OK);
    pair both = {gaze_model_params(odd), &weights};
    gaze_params params = *gaze_model_params(even);
    gaze_params_visit(&params, same_at_another_place, &both);
    gaze_model_close(even);
    gaze_model_close(odd);
    free(shifted);
    tiny_model_deinit(&tiny);
    gaze_buffer_deinit(&config);
    gaze_buffer_deinit(&weights);
}

static void the_memory_limit(void **state) {
    (void)state;
    tiny_model tiny;
    gaze_model *model;
    gaze_error err;
    gaze_buffer weights = {0};
    char *directory = tmpdir_make();
    tiny_model_init(&tiny, NULL);
    tiny_model_write(&tiny, directory);
    assert_int_equal(gaze_safetensors_write(&weights, tiny.tensors, tiny.count, "pt", NULL), GAZE_OK);
    gaze_model_options options = {.memory_limit = weights.length - 1};
    assert_int_equal(gaze_model_open(&model, directory, &options, &err), GAZE_ERROR_LIMIT);
    options.read = true;
    assert_int_equal(gaze_model_open(&model, directory, &options, &err), GAZE_ERROR_LIMIT);
    options.memory_limit = 2 * weights.length; /* a big-endian machine copies */
    assert_int_equal(gaze_model_open(&model, directory, &options, &err), GAZE_OK);
    gaze_model_close(model);
    gaze_buffer_deinit(&weights);
    tiny_model_deinit(&tiny);
    tmpdir_remove(directory);
}

/* Values --------------------------------------------------------------------------------------------- */

static void values_that_are_not_finite(void **state) {
    (void)state;
    static const struct {
        gaze_dtype dtype;
        uint32_t bits;
        bool finite;
    } cases[] = {
        {GAZE_DTYPE_F32, 0x7F7FFFFF, true},  {GAZE_DTYPE_F32, 0x7F800000, false},
        {GAZE_DTYPE_F32, 0xFF800000, false}, {GAZE_DTYPE_F32, 0x7FC00000, false},
        {GAZE_DTYPE_F16, 0x7BFF, true},      {GAZE_DTYPE_F16, 0xFC00, false},
        {GAZE_DTYPE_F16, 0x7E00, false},     {GAZE_DTYPE_BF16, 0x7F7F, true},
        {GAZE_DTYPE_BF16, 0x7F80, false},    {GAZE_DTYPE_BF16, 0xFFC1, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tiny_model tiny;
        gaze_error err = {0};
        gaze_buffer config = {0}, weights = {0};
        tiny_model_init(&tiny, &(tiny_model_options){.dtype = cases[i].dtype});
        size_t width = gaze_dtype_bits(cases[i].dtype) / 8;
        char *data =
            (char *)(uintptr_t)tiny_model_find(&tiny, "encoder.layer.1.output.dense.weight")->tensor.data;
        const uint16_t narrow = (uint16_t)cases[i].bits;
        memcpy(data + 7 * width, width == 4 ? (const void *)&cases[i].bits : (const void *)&narrow, width);
        gaze_model *model = tiny_model_open(&tiny, &config, &weights);
        gaze_status status = gaze_model_check_finite(model, &err);
        assert_int_equal(status, cases[i].finite ? GAZE_OK : GAZE_ERROR_FORMAT);
        if (status)
            assert_string_equal(err.message, "tensor 'encoder.layer.1.output.dense.weight': element 7 is NaN "
                                             "or infinite");
        gaze_model_close(model);
        tiny_model_deinit(&tiny);
        gaze_buffer_deinit(&config);
        gaze_buffer_deinit(&weights);
    }
}

/* Directories ---------------------------------------------------------------------------------------- */

static gaze_status open_directory(void *context) {
    gaze_model *model;
    gaze_status status = gaze_model_open(&model, context, &(gaze_model_options){.read = true}, NULL);
    gaze_model_close(model);
    return status;
}

static void without_memory(void **state) {
    (void)state;
    assert_true(fail_each_allocation(open_directory, "tests/data/models/hidden-20") > 20);
    assert_true(fail_each_allocation(open_directory, "tests/data/models/quick-gelu-shards") > 30);
}

/* The numbers are those that transformers 5.23 reports for the same directories. */
static const struct {
    const char *name;
    gaze_dtype dtype;
    size_t layers, hidden_size, heads, type_vocab_size;
    gaze_activation hidden_act;
    float layer_norm_eps;
    size_t parameters, unused, missing; /* missing ones are not counted */
} published[] = {
    {"tiny-bert", GAZE_DTYPE_F32, 4, 64, 4, 2, GAZE_GELU, 1e-12F, 172800, 0, 0},
    {"one-layer", GAZE_DTYPE_F32, 1, 32, 4, 2, GAZE_GELU, 1e-12F, 13408, 0, 0},
    {"head-size-3", GAZE_DTYPE_F32, 2, 9, 3, 1, GAZE_GELU_NEW, 1e-3F, 2722, 0, 0},
    {"hidden-20", GAZE_DTYPE_F32, 3, 20, 5, 4, GAZE_GELU_PYTORCH_TANH, 1e-12F, 12239, 0, 0},
    {"hidden-36-f16", GAZE_DTYPE_F16, 2, 36, 3, 2, GAZE_GELU_FAST, 1e-12F, 23932, 0, 0},
    {"hidden-92-bf16-shards", GAZE_DTYPE_BF16, 1, 92, 4, 2, GAZE_RELU, 1e-12F, 65288, 0, 0},
    {"masked-lm-old-names", GAZE_DTYPE_F32, 2, 24, 3, 2, GAZE_SILU, 1e-12F, 12416 - 25 * 24 + 723, 0, 0},
    {"no-pooler", GAZE_DTYPE_F32, 2, 16, 2, 2, GAZE_TANH, 1e-12F, 6492 - 17 * 16, 0, 2},
    {"quick-gelu-shards", GAZE_DTYPE_F32, 2, 30, 5, 2, GAZE_QUICK_GELU, 1e-12F, 16022, 0, 0},
};
enum { PUBLISHED_COUNT = sizeof published / sizeof *published };

static void check_published(const gaze_model *model, size_t i) {
    const gaze_config *config = gaze_model_config(model);
    assert_int_equal(config->num_hidden_layers, published[i].layers);
    assert_int_equal(config->hidden_size, published[i].hidden_size);
    assert_int_equal(config->num_attention_heads, published[i].heads);
    assert_int_equal(config->head_size, published[i].hidden_size / published[i].heads);
    assert_int_equal(config->type_vocab_size, published[i].type_vocab_size);
    assert_int_equal(config->hidden_act, published[i].hidden_act);
    assert_true(config->layer_norm_eps == published[i].layer_norm_eps);
    assert_int_equal(gaze_model_params(model)->word_embeddings.dtype, published[i].dtype);
    assert_int_equal(gaze_params_count(gaze_model_params(model)), published[i].parameters);
    assert_int_equal(tiny_model_unused(model), published[i].unused);
    assert_int_equal(gaze_model_missing_count(model), published[i].missing);
    assert_int_equal(gaze_model_notice_count(model), 0);
    assert_int_equal(gaze_model_check_finite(model, NULL), GAZE_OK);
}

static void what_hugging_face_wrote(void **state) {
    (void)state;
    for (size_t i = 0; i < PUBLISHED_COUNT; i++) {
        char directory[128];
        gaze_model *model;
        gaze_error err = {0};
        snprintf(directory, sizeof directory, "tests/data/models/%s", published[i].name);
        if (gaze_model_open(&model, directory, NULL, &err)) fail_msg("%s", err.message);
        check_published(model, i);
        gaze_model_close(model);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tiny_model_by_hand),
        cmocka_unit_test(every_way_of_naming),
        cmocka_unit_test(missing_and_unused_tensors),
        cmocka_unit_test(a_missing_tensor),
        cmocka_unit_test(each_tensor_in_turn),
        cmocka_unit_test(wrong_shapes_are_explained),
        cmocka_unit_test(a_parameter_under_two_names),
        cmocka_unit_test(unaligned_data_is_copied),
        cmocka_unit_test(the_memory_limit),
        cmocka_unit_test(values_that_are_not_finite),
        cmocka_unit_test(without_memory),
        cmocka_unit_test(what_hugging_face_wrote),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
