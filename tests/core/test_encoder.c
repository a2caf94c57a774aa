/* core/model: a layer computed by hand, then what must hold for any model: the batch and the threads
 * change no bit, hooks see and edit, the record keeps what was asked for. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/model/encoder.h"
#include "core/model/record.h"
#include "tests/support/toy_model.h"

static const gaze_config small = {.vocab_size = 30,
                                  .embedding_size = 15,
                                  .hidden_size = 15,
                                  .num_hidden_layers = 3,
                                  .num_attention_heads = 3,
                                  .head_size = 5,
                                  .intermediate_size = 22,
                                  .max_position_embeddings = 16,
                                  .type_vocab_size = 2,
                                  .layer_norm_eps = 1e-12f,
                                  .hidden_act = GAZE_GELU};

/* A batch of sequences with the given lengths and made-up ids. */
static gaze_batch make_batch(const size_t *lengths, size_t count) {
    return toy_batch(&small, lengths, count);
}

/* hidden (N, D), freed by the caller; the record may be NULL. */
static float *run(const toy_model *t, const gaze_batch *batch, int threads, const gaze_hook *hooks) {
    gaze_workspace *workspace = NULL;
    float *hidden = gaze_alloc(batch->starts[batch->count] * t->config.hidden_size, sizeof *hidden);
    assert_int_equal(gaze_workspace_new(&workspace, &t->config, batch, threads, NULL), GAZE_OK);
    gaze_encoder_forward(hidden, &t->config, &t->params, workspace, batch, hooks);
    gaze_workspace_free(workspace);
    return hidden;
}

/* By hand -------------------------------------------------------------------------------------------- */

/* D = 2, one head, one layer; all parameters are 0 but those set here.
 *
 * Word embeddings (3, 1) and (1, 3); LayerNorm brings a row (a, b), a > b, to (1, -1). So x_0 = [[1,-1], [-1,1]].
 * The value projection is the identity with bias 0, the scores are all 0, so every attention is 1/2 and the
 * context is the mean of the two rows, (0, 0). The output projection has bias (0, 1): attended =
 * LayerNorm(x + (0,1)) = LayerNorm([[1,0],[-1,2]]) = [[1,-1],[-1,1]]. The feed-forward part adds its output
 * bias (-4, 0): LayerNorm([[-3,-1],[-5,1]]) = [[-1,1],[-1,1]]. */
static void one_layer_by_hand(void **state) {
    (void)state;
    gaze_config config = {.vocab_size = 2, .embedding_size = 2, .hidden_size = 2, .num_hidden_layers = 1,
                          .num_attention_heads = 1, .head_size = 2, .intermediate_size = 1,
                          .max_position_embeddings = 2, .type_vocab_size = 1, .hidden_act = GAZE_RELU};
    static const float words[] = {3, 1, 1, 3}, ones[] = {1, 1}, identity[] = {1, 0, 0, 1};
    static const float up[] = {0, 1}, left[] = {-4, 0};
    toy_model t;
    toy_model_init(&t, &config, true);
    t.params.word_embeddings.data = words;
    t.params.embeddings_norm.weight.data = ones;
    gaze_layer_params *layer = &t.params.layers[0];
    layer->value.weight.data = identity;
    layer->attention_output.weight.data = identity;
    layer->attention_output.bias.data = up;
    layer->attention_norm.weight.data = ones;
    layer->output.bias.data = left;
    layer->output_norm.weight.data = ones;
    gaze_batch batch;
    assert_int_equal(gaze_batch_init(&batch, 1, 2, NULL), GAZE_OK);
    batch.starts[1] = 2;
    batch.ids[1] = batch.positions[1] = 1;
    gaze_record *record = NULL;
    assert_int_equal(gaze_record_new(&record, &config, &batch, GAZE_RECORD_ALL, NULL, NULL), GAZE_OK);
    gaze_hook hook = gaze_record_hook(record);
    float *hidden = run(&t, &batch, 1, &hook);
    static const float embedded[] = {1, -1, -1, 1}, last[] = {-1, 1, -1, 1};
    for (int i = 0; i < 4; i++) {
        assert_float_equal(gaze_record_hidden_state(record, 0, 0)[i], embedded[i], 1e-6);
        assert_float_equal(gaze_record_scores(record, 0, 0)[i], 0, 0);
        assert_float_equal(gaze_record_attentions(record, 0, 0)[i], 0.5, 0);
        assert_float_equal(gaze_record_values(record, 0, 0)[i], embedded[i], 1e-6);
        assert_float_equal(gaze_record_hidden_state(record, 1, 0)[i], last[i], 1e-6);
        assert_float_equal(hidden[i], last[i], 1e-6);
    }
    gaze_free(hidden);
    gaze_record_free(record);
    gaze_batch_deinit(&batch);
    toy_model_deinit(&t);
}

/* Properties ----------------------------------------------------------------------------------------- */

static void a_batch_changes_no_bit_of_a_sequence(void **state) {
    (void)state;
    static const size_t lengths[] = {5, 1, 16, 9, 2};
    toy_model t;
    toy_model_init(&t, &small, false);
    gaze_batch all = make_batch(lengths, 5);
    float *together = run(&t, &all, 2, NULL);
    for (size_t s = 0; s < 5; s++) {
        gaze_batch one = make_batch(&lengths[s], 1);
        float *alone = run(&t, &one, 1, NULL);
        assert_memory_equal(alone, together + all.starts[s] * small.hidden_size,
                            lengths[s] * small.hidden_size * sizeof *alone);
        gaze_free(alone);
        gaze_batch_deinit(&one);
    }
    gaze_free(together);
    gaze_batch_deinit(&all);
    toy_model_deinit(&t);
}

static void threads_change_no_bit(void **state) {
    (void)state;
    static const size_t lengths[] = {16, 11};
    toy_model t;
    toy_model_init(&t, &small, false);
    gaze_batch batch = make_batch(lengths, 2);
    float *one = run(&t, &batch, 1, NULL);
    for (int threads = 2; threads <= 5; threads++) {
        float *many = run(&t, &batch, threads, NULL);
        assert_memory_equal(one, many, 27 * small.hidden_size * sizeof *one);
        gaze_free(many);
    }
    gaze_free(one);
    gaze_batch_deinit(&batch);
    toy_model_deinit(&t);
}

static void the_record_keeps_the_chosen_layers(void **state) {
    (void)state;
    static const size_t lengths[] = {4, 7};
    static const bool layers[] = {false, true, false};
    toy_model t;
    gaze_record *record = NULL;
    toy_model_init(&t, &small, false);
    gaze_batch batch = make_batch(lengths, 2);
    unsigned what = GAZE_RECORD_HIDDEN_STATES | GAZE_RECORD_ATTENTIONS;
    assert_int_equal(gaze_record_new(&record, &small, &batch, what, layers, NULL), GAZE_OK);
    gaze_hook hook = gaze_record_hook(record);
    gaze_free(run(&t, &batch, 1, &hook));
    assert_null(gaze_record_attentions(record, 0, 0));
    assert_null(gaze_record_attentions(record, 2, 1));
    assert_null(gaze_record_scores(record, 1, 0));
    assert_null(gaze_record_hidden_state(record, 0, 0));
    assert_non_null(gaze_record_hidden_state(record, 1, 0));
    assert_non_null(gaze_record_hidden_state(record, 2, 1));
    assert_null(gaze_record_hidden_state(record, 3, 0));
    const float *attention = gaze_record_attentions(record, 1, 1); /* (3, 7, 7) */
    for (size_t row = 0; row < 3 * 7; row++) {
        double sum = 0;
        for (size_t s = 0; s < 7; s++) sum += (double)attention[row * 7 + s];
        assert_float_equal(sum, 1, 1e-6);
    }
    gaze_record_free(record);
    gaze_batch_deinit(&batch);
    toy_model_deinit(&t);
}

/* Makes every token of layer 1 attend to token 0 alone, in head 2. */
static void look_at_the_first(void *context, const gaze_site *site) {
    if (site->point != GAZE_POINT_ATTENTIONS || site->layer != 1) return;
    ++*(int *)context;
    for (size_t t = 0; t < site->rows; t++)
        for (size_t s = 0; s < site->columns; s++)
            site->data[2 * site->head_stride + t * site->row_stride + s] = s == 0;
}

static void keep_context(void *context, const gaze_site *site) {
    if (site->point == GAZE_POINT_HEAD_OUTPUTS && site->layer == 1)
        for (size_t t = 0; t < site->rows; t++)
            memcpy((float *)context + t * site->columns,
                   site->data + 2 * site->head_stride + t * site->row_stride,
                   site->columns * sizeof(float));
}

static void an_edited_attention_changes_what_follows(void **state) {
    (void)state;
    static const size_t length = 6;
    float contexts[6 * 5];
    int calls = 0;
    toy_model t;
    gaze_record *record = NULL;
    toy_model_init(&t, &small, false);
    gaze_batch batch = make_batch(&length, 1);
    assert_int_equal(gaze_record_new(&record, &small, &batch, GAZE_RECORD_QKV, NULL, NULL), GAZE_OK);
    gaze_hook keep = {.call = keep_context, .context = contexts};
    gaze_hook remember = gaze_record_hook(record);
    remember.next = &keep;
    gaze_hook edit = {.call = look_at_the_first, .context = &calls, .next = &remember};
    float *edited = run(&t, &batch, 1, &edit), *plain = run(&t, &batch, 1, NULL);
    assert_int_equal(calls, 1);
    const float *first_value = gaze_record_values(record, 1, 0) + 2 * length * small.head_size;
    for (size_t i = 0; i < length; i++)
        assert_memory_equal(contexts + i * small.head_size, first_value, small.head_size * sizeof(float));
    assert_memory_not_equal(edited, plain, length * small.hidden_size * sizeof *plain);
    gaze_free(edited);
    gaze_free(plain);
    gaze_record_free(record);
    gaze_batch_deinit(&batch);
    toy_model_deinit(&t);
}

/* Leaving a parameter out (setting it to 0) must change the result: a port that forgets one is seen. The
 * keys are compared besides the last hidden state, since a key's bias adds the same to a whole row of
 * scores, which the softmax does not see. */
typedef struct result {
    float *hidden;
    gaze_record *record;
} result;

static result run_recorded(const toy_model *t, const gaze_batch *batch) {
    result r = {0};
    assert_int_equal(gaze_record_new(&r.record, &t->config, batch, GAZE_RECORD_QKV, NULL, NULL), GAZE_OK);
    gaze_hook hook = gaze_record_hook(r.record);
    r.hidden = run(t, batch, 1, &hook);
    return r;
}

static void free_result(result *r) {
    gaze_free(r->hidden);
    gaze_record_free(r->record);
}

static float largest_difference(const float *a, const float *b, size_t count) {
    float largest = 0;
    for (size_t i = 0; i < count; i++) largest = fmaxf(largest, fabsf(a[i] - b[i]));
    return largest;
}

static bool differ(const result *a, const result *b, const gaze_batch *batch) {
    size_t count = batch->starts[1] * small.hidden_size;
    float largest = largest_difference(a->hidden, b->hidden, count);
    for (size_t l = 0; l < small.num_hidden_layers; l++)
        largest = fmaxf(largest, largest_difference(gaze_record_keys(a->record, l, 0),
                                                    gaze_record_keys(b->record, l, 0), count));
    return largest > 1e-3f;
}

typedef struct dropped {
    toy_model *t;
    const gaze_batch *batch;
    result whole;
    int seen, count;
} dropped;

static bool drop_one(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *tensor) {
    dropped *d = context;
    char name[96];
    if (entry->scope == GAZE_PARAM_POOLER) return true; /* the pooler is not part of the encoder */
    const void *kept = tensor->data;
    void *zeros = gaze_alloc_zero(gaze_tensor_count(tensor), sizeof(float));
    tensor->data = zeros;
    result without = run_recorded(d->t, d->batch);
    tensor->data = kept;
    d->count++;
    if (differ(&without, &d->whole, d->batch))
        d->seen++;
    else
        print_error("not seen: %s\n",
                    gaze_param_name(entry, d->t->params.naming, layer, name, sizeof name));
    free_result(&without);
    gaze_free(zeros);
    return true;
}

/* The encoder of each family has BERT's parameters, but for these. */
static gaze_config of_family(gaze_model_type type) {
    gaze_config config = small;
    config.model_type = type;
    if (gaze_family_of(type)->positions_behind_padding) config.first_position = 1;
    if (type == GAZE_MODEL_DISTILBERT) config.type_vocab_size = 0; /* no segments: one table less */
    if (type == GAZE_MODEL_ELECTRA) config.embedding_size = 21;    /* a projection: two more */
    return config;
}

static void every_parameter_matters(void **state) {
    (void)state;
    static const size_t length = 8;
    for (int type = 0; type < GAZE_MODEL_TYPE_COUNT; type++) {
        gaze_config config = of_family((gaze_model_type)type);
        int expected = 5 + 3 * 16 - (type == GAZE_MODEL_DISTILBERT) + 2 * (type == GAZE_MODEL_ELECTRA);
        toy_model t;
        toy_model_init(&t, &config, false);
        gaze_batch batch = toy_batch(&config, &length, 1);
        dropped d = {.t = &t, .batch = &batch, .whole = run_recorded(&t, &batch)};
        gaze_params_visit(&t.params, drop_one, &d);
        assert_int_equal(d.count, expected);
        assert_int_equal(d.seen, d.count);
        free_result(&d.whole);
        gaze_batch_deinit(&batch);
        toy_model_deinit(&t);
    }
}

/* E = 1, D = 2: LayerNorm of a single number is 0 (it is its own mean), so e is the LayerNorm's bias, 3. The
 * projection W = (2, -1)^T, b = (0, 1) gives x = (6, -2) for every token: more than the widest row. */
static void embeddings_are_projected(void **state) {
    (void)state;
    gaze_config config = of_family(GAZE_MODEL_ELECTRA);
    static const float three = 3, matrix[] = {2, -1}, bias[] = {0, 1};
    static const size_t length = 2;
    config.embedding_size = 1;
    config.hidden_size = 2;
    config.num_attention_heads = 1;
    config.head_size = 2;
    toy_model t;
    gaze_record *record = NULL;
    toy_model_init(&t, &config, true);
    t.params.embeddings_norm.bias.data = &three;
    t.params.embeddings_project.weight.data = matrix;
    t.params.embeddings_project.bias.data = bias;
    gaze_batch batch = toy_batch(&config, &length, 1);
    assert_int_equal(gaze_record_new(&record, &config, &batch, GAZE_RECORD_HIDDEN_STATES, NULL, NULL), GAZE_OK);
    gaze_hook hook = gaze_record_hook(record);
    gaze_free(run(&t, &batch, 1, &hook));
    const float *x = gaze_record_hidden_state(record, 0, 0);
    for (size_t i = 0; i < 4; i++) assert_true(x[i] == (i % 2 ? -2.0f : 6.0f));
    gaze_record_free(record);
    gaze_batch_deinit(&batch);
    toy_model_deinit(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_layer_by_hand),
        cmocka_unit_test(a_batch_changes_no_bit_of_a_sequence),
        cmocka_unit_test(threads_change_no_bit),
        cmocka_unit_test(the_record_keeps_the_chosen_layers),
        cmocka_unit_test(an_edited_attention_changes_what_follows),
        cmocka_unit_test(every_parameter_matters),
        cmocka_unit_test(embeddings_are_projected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
