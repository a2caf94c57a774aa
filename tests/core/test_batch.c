/* core/model/batch: which tokens enter a batch, and where they stand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/model/batch.h"

static const gaze_config bert = {.vocab_size = 30, .max_position_embeddings = 16, .type_vocab_size = 2};

/* pad_token_id 1: rows 2 to 15 of the position table are for text, 14 in all. */
static const gaze_config roberta = {.model_type = GAZE_MODEL_ROBERTA,
                                    .vocab_size = 30,
                                    .max_position_embeddings = 16,
                                    .first_position = 2,
                                    .type_vocab_size = 1,
                                    .pad_token_id = 1};

static gaze_batch one_row(const gaze_config *config, const gaze_batch_row *row) {
    gaze_batch batch;
    assert_int_equal(gaze_batch_init(&batch, 1, row->length, NULL), GAZE_OK);
    assert_int_equal(gaze_batch_add(&batch, config, 0, row, NULL), GAZE_OK);
    assert_int_equal(gaze_batch_check(&batch, config, NULL), GAZE_OK);
    return batch;
}

/* The mask of tokens that are not padding is 1 1 0 1 1 0 0; its running sum 1 2 2 3 4 4 4; times the mask, plus
 * pad_token_id 1, gives rows 2 3 1 4 5 1 1 of the position table. The last two are padding and left out. */
static void positions_of_roberta_by_hand(void **state) {
    (void)state;
    static const int32_t ids[] = {0, 5, 1, 6, 2, 1, 1}, expected[] = {2, 3, 1, 4, 5};
    static const uint8_t attention[] = {1, 1, 1, 1, 1, 0, 0};
    gaze_batch batch = one_row(&roberta, &(gaze_batch_row){ids, NULL, attention, 7});
    assert_int_equal(batch.starts[1], 5);
    assert_memory_equal(batch.positions, expected, sizeof expected);
    gaze_batch_deinit(&batch);
    batch = one_row(&bert, &(gaze_batch_row){ids, NULL, attention, 7}); /* BERT: the column, whatever stands there */
    for (int32_t t = 0; t < 5; t++) assert_int_equal(batch.positions[t], t);
    gaze_batch_deinit(&batch);
}

/* Padding on the left: RoBERTa counts tokens, from row 2 on; BERT takes the column. */
static void padding_on_the_left(void **state) {
    (void)state;
    static const int32_t ids[] = {1, 1, 1, 0, 5};
    static const uint8_t attention[] = {0, 0, 0, 1, 1};
    gaze_batch_row row = {ids, NULL, attention, 5};
    gaze_batch a = one_row(&roberta, &row), b = one_row(&bert, &row);
    for (int32_t t = 0; t < 2; t++) {
        assert_int_equal(a.columns[t], t + 3);
        assert_int_equal(a.positions[t], t + 2);
        assert_int_equal(b.columns[t], t + 3);
        assert_int_equal(b.positions[t], t + 3);
    }
    gaze_batch_deinit(&a);
    gaze_batch_deinit(&b);
}

static gaze_tokens make_tokens(size_t count, size_t padding) {
    gaze_tokens tokens = {0};
    for (size_t i = 0; i < count + padding; i++) {
        gaze_token token = {.id = (int32_t)i, .string = "t", .string_length = 1, .attention = i < count};
        assert_int_equal(gaze_tokens_append(&tokens, &token, NULL), GAZE_OK);
    }
    return tokens;
}

/* A table of two rows: as the tokenizer says. Of one: there is no choice. None at all: they are no input. */
static void type_ids(void **state) {
    (void)state;
    static const int32_t ids[] = {0, 5, 2}, types[] = {0, 1, 1};
    gaze_config config = bert;
    for (size_t rows = 0; rows < 3; rows++) {
        config.type_vocab_size = rows;
        gaze_batch batch = one_row(&config, &(gaze_batch_row){ids, types, NULL, 3});
        assert_int_equal(batch.types[1], rows == 2);
        assert_int_equal(batch.typed, rows > 0);
        gaze_batch_deinit(&batch);
    }
}

/* Tokens have type ids always; whether the model is told of them is another question. */
static void type_ids_that_are_not_given(void **state) {
    (void)state;
    for (int typed = 0; typed < 2; typed++) {
        gaze_tokens tokens = make_tokens(3, 0);
        gaze_batch batch;
        tokens.type_ids[1] = 1;
        assert_int_equal(gaze_batch_from_tokens(&batch, &bert, &tokens, 1, typed, NULL), GAZE_OK);
        assert_int_equal(batch.types[1], typed);
        assert_int_equal(batch.typed, typed);
        gaze_batch_deinit(&batch);
        gaze_tokens_deinit(&tokens);
    }
}

/* Of RoBERTa's 16 positions 14 can be used: 14 tokens pass, 15 do not, unless one is the padding token. */
static void roberta_has_fewer_positions_than_rows(void **state) {
    (void)state;
    int32_t ids[15] = {0};
    gaze_error err;
    gaze_batch batch;
    assert_int_equal(gaze_config_positions(&roberta), 14);
    gaze_batch_row row = {ids, NULL, NULL, 14};
    assert_int_equal(gaze_batch_init(&batch, 1, 15, NULL), GAZE_OK);
    assert_int_equal(gaze_batch_add(&batch, &roberta, 0, &row, NULL), GAZE_OK);
    row.length = 15;
    assert_int_equal(gaze_batch_add(&batch, &roberta, 0, &row, &err), GAZE_ERROR_TOO_LONG);
    assert_string_equal(err.message, "text of 15 tokens, the model has 14 usable positions of 16 (--max-length 14 "
                                     "cuts it)");
    ids[7] = 1;
    assert_int_equal(gaze_batch_add(&batch, &roberta, 0, &row, NULL), GAZE_OK);
    gaze_batch_deinit(&batch);
}

static void padding_does_not_enter_a_batch(void **state) {
    (void)state;
    gaze_tokens sequences[] = {make_tokens(3, 2), make_tokens(4, 0)};
    gaze_batch batch;
    assert_int_equal(gaze_batch_from_tokens(&batch, &bert, sequences, 2, true, NULL), GAZE_OK);
    assert_int_equal(batch.starts[1], 3);
    assert_int_equal(batch.starts[2], 7);
    assert_int_equal(batch.ids[3], 0);
    assert_int_equal(batch.positions[6], 3);
    assert_int_equal(gaze_batch_longest(&batch), 4);
    gaze_batch_deinit(&batch);
    gaze_tokens_deinit(&sequences[0]);
    gaze_tokens_deinit(&sequences[1]);
}

static void what_the_tables_do_not_hold_is_refused(void **state) {
    (void)state;
    gaze_tokens tokens = make_tokens(17, 0);
    gaze_error err;
    gaze_batch batch;
    assert_int_equal(gaze_batch_from_tokens(&batch, &bert, &tokens, 1, true, &err), GAZE_ERROR_TOO_LONG);
    assert_non_null(strstr(err.message, "17 tokens"));
    assert_non_null(strstr(err.message, "16 positions"));
    assert_null(batch.ids);
    gaze_tokens_deinit(&tokens);
    tokens = make_tokens(5, 0);
    tokens.ids[3] = 30;
    assert_int_equal(gaze_batch_from_tokens(&batch, &bert, &tokens, 1, true, &err), GAZE_ERROR_ARGUMENT);
    tokens.ids[3] = -1;
    assert_int_equal(gaze_batch_from_tokens(&batch, &bert, &tokens, 1, true, &err), GAZE_ERROR_ARGUMENT);
    tokens.ids[3] = 3;
    tokens.type_ids[1] = 2;
    assert_int_equal(gaze_batch_from_tokens(&batch, &bert, &tokens, 1, true, &err), GAZE_ERROR_ARGUMENT);
    gaze_tokens_deinit(&tokens);
    tokens = (gaze_tokens){0};
    assert_int_equal(gaze_batch_from_tokens(&batch, &bert, &tokens, 1, true, &err), GAZE_ERROR_ARGUMENT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(positions_of_roberta_by_hand),
        cmocka_unit_test(padding_on_the_left),
        cmocka_unit_test(type_ids),
        cmocka_unit_test(type_ids_that_are_not_given),
        cmocka_unit_test(roberta_has_fewer_positions_than_rows),
        cmocka_unit_test(padding_does_not_enter_a_batch),
        cmocka_unit_test(what_the_tables_do_not_hold_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
