#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "tests/support/toy_model.h"

/* A number in [-1, 1), from a linear congruential generator (Knuth's MMIX constants). */
static float next_random(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (float)((double)(int64_t)*seed / 9223372036854775808.0);
}

static bool is_norm_weight(const toy_model *toy, const gaze_param_entry *entry) {
    const char *name = entry->names[toy->params.naming];
    return strstr(name, "LayerNorm.weight") || strstr(name, "layer_norm.weight");
}

static bool fill_tensor(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *tensor) {
    toy_model *toy = context;
    (void)layer;
    if (entry->tied && toy->config.tie_word_embeddings) return true;
    *tensor = (gaze_tensor){.dtype = GAZE_DTYPE_F32, .rank = entry->rank};
    for (size_t i = 0; i < entry->rank; i++) tensor->shape[i] = gaze_dim_size(entry->shape[i], &toy->config);
    size_t count = gaze_tensor_count(tensor);
    float *data = gaze_arena_alloc(&toy->arena, count, sizeof *data);
    float mean = is_norm_weight(toy, entry) ? 1.0f : 0.0f;
    float scale = tensor->rank == 2 ? 2 / sqrtf((float)tensor->shape[1]) : 0.2f;
    for (size_t i = 0; i < count; i++) data[i] = toy->zero ? 0 : mean + scale * next_random(&toy->seed);
    tensor->data = data;
    return true;
}

void toy_model_init(toy_model *toy, const gaze_config *config, bool zero) {
    *toy = (toy_model){.config = *config, .seed = 7, .zero = zero};
    assert_int_equal(gaze_params_init(&toy->params, config, NULL), GAZE_OK);
    gaze_params_visit(&toy->params, fill_tensor, toy);
}

void toy_model_deinit(toy_model *toy) {
    gaze_params_deinit(&toy->params);
    gaze_arena_deinit(&toy->arena);
}

gaze_batch toy_batch(const gaze_config *config, const size_t *lengths, size_t count) {
    gaze_batch batch;
    size_t total = 0;
    for (size_t s = 0; s < count; s++) total += lengths[s];
    assert_int_equal(gaze_batch_init(&batch, count, total, NULL), GAZE_OK);
    for (size_t s = 0; s < count; s++) {
        int32_t ids[64], types[64];
        assert_true(lengths[s] <= 64);
        for (size_t t = 0; t < lengths[s]; t++) {
            ids[t] = (int32_t)((t * 7 + lengths[s]) % 30);
            types[t] = t > lengths[s] / 2;
        }
        gaze_batch_row row = {ids, types, NULL, lengths[s]};
        assert_int_equal(gaze_batch_add(&batch, config, s, &row, NULL), GAZE_OK);
    }
    assert_int_equal(gaze_batch_check(&batch, config, NULL), GAZE_OK);
    return batch;
}
