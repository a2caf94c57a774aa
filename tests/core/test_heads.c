/* core/model/heads: each shape of head by hand, and for every family and task that no parameter of a head can
 * be forgotten. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <string.h>

#include "core/base/memory.h"
#include "core/model/encoder.h"
#include "core/model/heads.h"
#include "tests/support/toy_model.h"

static gaze_config tiny(gaze_model_type type, gaze_task task) {
    return (gaze_config){.model_type = type,
                         .task = task,
                         .vocab_size = 3,
                         .embedding_size = 2,
                         .hidden_size = 2,
                         .num_hidden_layers = 1,
                         .num_attention_heads = 1,
                         .head_size = 2,
                         .intermediate_size = 1,
                         .max_position_embeddings = 4,
                         .type_vocab_size = 1,
                         .hidden_act = GAZE_RELU,
                         .tie_word_embeddings = true,
                         .num_labels = 2};
}

/* By hand ---------------------------------------------------------------------------------------------- */

/* DistilBERT: W_d = ((1,1),(0,-1)), x = (2,1): dense gives (3,-1), relu (3,0). The output ((1,0),(0,1)) with
 * bias (0.5,-1) gives (3.5,-1). */
static void a_classifier_by_hand(void **state) {
    (void)state;
    gaze_config config = tiny(GAZE_MODEL_DISTILBERT, GAZE_TASK_SEQUENCE_CLASSIFICATION);
    static const float x[] = {2, 1}, dense[] = {1, 1, 0, -1}, identity[] = {1, 0, 0, 1}, bias[] = {0.5f, -1};
    float logits[2], scratch[2];
    toy_model t;
    toy_model_init(&t, &config, true);
    t.params.head.dense.weight.data = dense;
    t.params.head.output.weight.data = identity;
    t.params.head.output.bias.data = bias;
    assert_int_equal(gaze_head_input_of(&config), GAZE_HEAD_FIRST_TOKENS);
    assert_int_equal(gaze_head_columns(&config), 2);
    gaze_head_forward(logits, x, 1, scratch, &config, &t.params, 1);
    assert_true(logits[0] == 3.5f && logits[1] == -1);
    toy_model_deinit(&t);
}

/* BERT's masked language model with hidden_act relu: x = (2,1) through the identity is (2,1), LayerNorm makes it
 * (1,-1). The decoder is tied: word embeddings (1,0), (0,1), (2,2) give 1, -1, 0, and the bias adds 0, 5, 0. */
static void a_tied_decoder_by_hand(void **state) {
    (void)state;
    gaze_config config = tiny(GAZE_MODEL_BERT, GAZE_TASK_MASKED_LM);
    static const float x[] = {2, 1}, identity[] = {1, 0, 0, 1}, ones[] = {1, 1};
    static const float words[] = {1, 0, 0, 1, 2, 2}, bias[] = {0, 5, 0}, expected[] = {1, 4, 0};
    float logits[3], scratch[2];
    toy_model t;
    toy_model_init(&t, &config, true);
    t.params.word_embeddings.data = words;
    t.params.head.dense.weight.data = identity;
    t.params.head.norm.weight.data = ones;
    t.params.head.output.bias.data = bias;
    assert_null(t.params.head.output.weight.data);
    assert_true(gaze_head_present(&config, &t.params));
    assert_int_equal(gaze_head_columns(&config), 3);
    gaze_head_forward(logits, x, 1, scratch, &config, &t.params, 1);
    for (int i = 0; i < 3; i++) assert_float_equal(logits[i], expected[i], 1e-6);
    toy_model_deinit(&t);
}

/* Which rows a head reads, and what stands between dense and output: of 1 through W_d = 1, the activation. */
static void what_the_families_do_differently(void **state) {
    (void)state;
    static const struct {
        gaze_model_type type;
        gaze_head_input input;
        double activated; /* f(1) */
    } cases[] = {
        {GAZE_MODEL_ROBERTA, GAZE_HEAD_FIRST_TOKENS, 0.76159416},     /* tanh 1 */
        {GAZE_MODEL_XLM_ROBERTA, GAZE_HEAD_FIRST_TOKENS, 0.76159416}, /* tanh 1 */
        {GAZE_MODEL_CAMEMBERT, GAZE_HEAD_FIRST_TOKENS, 0.76159416},   /* tanh 1 */
        {GAZE_MODEL_DISTILBERT, GAZE_HEAD_FIRST_TOKENS, 1},           /* relu 1 */
        {GAZE_MODEL_ELECTRA, GAZE_HEAD_FIRST_TOKENS, 0.84134475},     /* gelu 1 = Phi(1) */
        {GAZE_MODEL_BERT, GAZE_HEAD_POOLED, 1},                       /* nothing: the pooler has done it */
    };
    static const float x[] = {1, 1}, identity[] = {1, 0, 0, 1};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        gaze_config config = tiny(cases[i].type, GAZE_TASK_SEQUENCE_CLASSIFICATION);
        float logits[2], scratch[2];
        toy_model t;
        toy_model_init(&t, &config, true);
        if (cases[i].input != GAZE_HEAD_POOLED) t.params.head.dense.weight.data = identity;
        t.params.head.output.weight.data = identity;
        assert_int_equal(gaze_head_input_of(&config), cases[i].input);
        gaze_head_forward(logits, x, 1, scratch, &config, &t.params, 1);
        assert_float_equal(logits[0], cases[i].activated, 2e-7);
        toy_model_deinit(&t);
    }
}

/* The pooler's dense with x = (0.5, 9): tanh 0.5 of the first token; the second is not looked at. */
static void the_pooler_by_hand(void **state) {
    (void)state;
    gaze_config config = tiny(GAZE_MODEL_BERT, GAZE_TASK_NONE);
    static const float hidden[] = {0.5f, -0.5f, 9, 9}, identity[] = {1, 0, 0, 1};
    static const size_t length = 2;
    float pooled[2];
    toy_model t;
    toy_model_init(&t, &config, true);
    t.params.pooler.weight.data = identity;
    gaze_batch batch = toy_batch(&(gaze_config){.vocab_size = 30, .max_position_embeddings = 4}, &length, 1);
    gaze_pooler_forward(pooled, hidden, &config, &t.params, &batch, 1);
    assert_float_equal(pooled[0], 0.46211716, 1e-7);
    assert_float_equal(pooled[1], -0.46211716, 1e-7);
    gaze_batch_deinit(&batch);
    toy_model_deinit(&t);
}

/* Every family, every task ----------------------------------------------------------------------------- */

static gaze_config medium(int type, int task, bool tie) {
    gaze_config config = {.model_type = (gaze_model_type)type,
                          .task = (gaze_task)task,
                          .vocab_size = 30,
                          .embedding_size = type == GAZE_MODEL_ELECTRA ? 9 : 15,
                          .hidden_size = 15,
                          .num_hidden_layers = 1,
                          .num_attention_heads = 3,
                          .head_size = 5,
                          .intermediate_size = 22,
                          .max_position_embeddings = 16,
                          .first_position = gaze_family_of((gaze_model_type)type)->positions_behind_padding,
                          .type_vocab_size = type == GAZE_MODEL_DISTILBERT ? 0 : 2,
                          .layer_norm_eps = 1e-12f,
                          .tie_word_embeddings = tie,
                          .num_labels = task == GAZE_TASK_QUESTION_ANSWERING ? 2 : 4};
    return config;
}

enum { ROWS = 5, MOST = ROWS * 30 };

typedef struct dropping {
    toy_model *toy;
    float whole[MOST];
    int seen, count;
} dropping;

/* logits of ROWS rows that are the same in every call; pooled ones go through the pooler first. */
static void forward(float *logits, const toy_model *toy) {
    float x[ROWS * 15], pooled[ROWS * 15], scratch[ROWS * 15];
    static const size_t lengths[ROWS] = {1, 1, 1, 1, 1};
    for (size_t i = 0; i < ROWS * 15; i++) x[i] = (float)(i * 37 % 23) / 11 - 1;
    bool pool = gaze_head_input_of(&toy->config) == GAZE_HEAD_POOLED;
    if (pool) {
        gaze_batch batch = toy_batch(&toy->config, lengths, ROWS);
        gaze_pooler_forward(pooled, x, &toy->config, &toy->params, &batch, 1);
        gaze_batch_deinit(&batch);
    }
    gaze_head_forward(logits, pool ? pooled : x, ROWS, scratch, &toy->config, &toy->params, 1);
}

static bool drop_one(void *context, const gaze_param_entry *entry, size_t layer, gaze_tensor *tensor) {
    dropping *d = context;
    float logits[MOST], largest = 0;
    char name[96];
    if (entry->scope != GAZE_PARAM_HEAD || !tensor->data) return true;
    const void *kept = tensor->data;
    tensor->data = NULL;
    assert_int_equal(gaze_head_present(&d->toy->config, &d->toy->params),
                     entry->tied && d->toy->config.tie_word_embeddings);
    float *zeros = gaze_alloc_zero(gaze_tensor_count(tensor), sizeof(float));
    tensor->data = zeros;
    forward(logits, d->toy);
    tensor->data = kept;
    gaze_free(zeros);
    for (size_t i = 0; i < ROWS * gaze_head_columns(&d->toy->config); i++)
        largest = fmaxf(largest, fabsf(logits[i] - d->whole[i]));
    d->count++;
    d->seen += largest > 1e-3f;
    if (!(largest > 1e-3f))
        print_error("not seen: %s\n", gaze_param_name(entry, d->toy->params.naming, layer, name, sizeof name));
    return true;
}

/* Parameters of a head: masked LM dense 2, norm 2, output 2 (1 when tied); classifier of a sequence 4 (two of
 * them the pooler's in BERT); else 2. */
static void no_parameter_of_a_head_can_be_forgotten(void **state) {
    (void)state;
    static const int expected[GAZE_TASK_COUNT] = {0, 6, 2, 4, 2};
    for (int type = 0; type < GAZE_MODEL_TYPE_COUNT; type++) {
        for (int task = GAZE_TASK_NONE + 1; task < GAZE_TASK_COUNT; task++) {
            for (int tie = 0; tie < 2; tie++) {
                gaze_config config = medium(type, task, tie);
                toy_model t;
                toy_model_init(&t, &config, false);
                dropping d = {.toy = &t};
                forward(d.whole, &t);
                gaze_params_visit(&t.params, drop_one, &d);
                assert_int_equal(d.count, expected[task] - (tie && task == GAZE_TASK_MASKED_LM));
                assert_int_equal(d.seen, d.count);
                toy_model_deinit(&t);
            }
        }
    }
}

static void a_model_without_a_task_has_no_head(void **state) {
    (void)state;
    gaze_config config = medium(GAZE_MODEL_BERT, GAZE_TASK_NONE, true);
    toy_model t;
    toy_model_init(&t, &config, false);
    assert_false(gaze_head_present(&config, &t.params));
    toy_model_deinit(&t);
}

/* A row's logits do not depend on the rows beside it, nor on the threads. */
static void rows_and_threads_change_no_bit(void **state) {
    (void)state;
    gaze_config config = medium(GAZE_MODEL_ELECTRA, GAZE_TASK_MASKED_LM, true);
    float x[ROWS * 15], all[MOST], one[30], scratch[ROWS * 15];
    toy_model t;
    toy_model_init(&t, &config, false);
    for (size_t i = 0; i < ROWS * 15; i++) x[i] = (float)(i * 37 % 23) / 11 - 1;
    gaze_head_forward(all, x, ROWS, scratch, &config, &t.params, 3);
    for (size_t r = 0; r < ROWS; r++) {
        gaze_head_forward(one, x + r * 15, 1, scratch, &config, &t.params, 1);
        assert_memory_equal(one, all + r * 30, sizeof one);
    }
    toy_model_deinit(&t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_classifier_by_hand),
        cmocka_unit_test(a_tied_decoder_by_hand),
        cmocka_unit_test(what_the_families_do_differently),
        cmocka_unit_test(the_pooler_by_hand),
        cmocka_unit_test(no_parameter_of_a_head_can_be_forgotten),
        cmocka_unit_test(a_model_without_a_task_has_no_head),
        cmocka_unit_test(rows_and_threads_change_no_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
