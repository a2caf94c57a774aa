/* core/task/labels: tokens to words to entities, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>

#include "core/task/labels.h"

static const char *const names[] = {"O", "B-ORG", "I-ORG", "I-PER"};
enum { C = 4 };

/* "New" "York" "##ers" "cheer", as in the header:        O     B-ORG I-ORG I-PER */
static const float scores[4 * C] = {0.1f, 0.6f, 0.2f, 0.1f,  /* B-ORG */
                                    0.0f, 0.1f, 0.5f, 0.4f,  /* I-ORG */
                                    0.0f, 0.0f, 0.3f, 0.7f,  /* I-PER */
                                    0.9f, 0.0f, 0.1f, 0.0f}; /* O */
static const bool subword[] = {false, false, true, false};

static void assert_words(gaze_aggregation aggregation, size_t count, const size_t *labels, const double *expected) {
    gaze_labelled words[4];
    assert_int_equal(gaze_label_words(words, scores, subword, 4, C, aggregation), count);
    for (size_t w = 0; w < count; w++) {
        assert_int_equal(words[w].label, labels[w]);
        assert_float_equal(words[w].score, expected[w], 1e-7);
    }
    assert_int_equal(words[0].first, 0);
    assert_int_equal(words[count - 1].end, 4);
}

/* The word "Yorkers" is I-ORG by its first token (0.5), I-PER by its surest (0.7), and I-PER on average: (0.4 + 0.7) / 2
 * = 0.55 against (0.5 + 0.3) / 2 = 0.4. */
static void words_by_hand(void **state) {
    (void)state;
    assert_words(GAZE_AGGREGATE_NONE, 4, (const size_t[]){1, 2, 3, 0}, (const double[]){0.6, 0.5, 0.7, 0.9});
    assert_words(GAZE_AGGREGATE_SIMPLE, 4, (const size_t[]){1, 2, 3, 0}, (const double[]){0.6, 0.5, 0.7, 0.9});
    assert_words(GAZE_AGGREGATE_FIRST, 3, (const size_t[]){1, 2, 0}, (const double[]){0.6, 0.5, 0.9});
    assert_words(GAZE_AGGREGATE_AVERAGE, 3, (const size_t[]){1, 3, 0}, (const double[]){0.6, 0.55, 0.9});
    assert_words(GAZE_AGGREGATE_MAX, 3, (const size_t[]){1, 3, 0}, (const double[]){0.6, 0.7, 0.9});
}

/* Simple: "New York" is an organisation of (0.6 + 0.5) / 2, "##ers" a person, "cheer" nothing. */
static void entities_by_hand(void **state) {
    (void)state;
    gaze_labelled words[4], entities[4];
    size_t count = gaze_label_words(words, scores, subword, 4, C, GAZE_AGGREGATE_SIMPLE);
    assert_int_equal(gaze_label_entities(entities, words, count, names), 3);
    assert_int_equal(entities[0].first, 0);
    assert_int_equal(entities[0].end, 2);
    assert_string_equal(gaze_label_group(names[entities[0].label]), "ORG");
    assert_float_equal(entities[0].score, 0.55, 1e-7);
    assert_int_equal(entities[1].first, 2);
    assert_string_equal(gaze_label_group(names[entities[1].label]), "PER");
    assert_string_equal(gaze_label_group(names[entities[2].label]), "O");
}

/* How many entities labels give one after another. */
static size_t count_entities(const size_t *labels, size_t count, const char *const *label_names) {
    gaze_labelled words[8] = {{0}}, entities[8];
    for (size_t w = 0; w < count; w++) words[w] = (gaze_labelled){.first = w, .end = w + 1, .label = labels[w]};
    return gaze_label_entities(entities, words, count, label_names);
}

static void where_an_entity_ends(void **state) {
    (void)state;
    static const char *const labels[] = {"B-X", "I-X", "X", "B-Y", "O"};
    assert_int_equal(count_entities((const size_t[]){0, 1, 1}, 3, labels), 1); /* B I I */
    assert_int_equal(count_entities((const size_t[]){0, 0}, 2, labels), 2);    /* a B begins again */
    assert_int_equal(count_entities((const size_t[]){1, 0, 1}, 3, labels), 2); /* I B I */
    assert_int_equal(count_entities((const size_t[]){0, 2, 1}, 3, labels), 1); /* X is like I-X */
    assert_int_equal(count_entities((const size_t[]){0, 3, 1}, 3, labels), 3);
    assert_int_equal(count_entities((const size_t[]){4, 4, 1}, 3, labels), 2); /* O and O are one */
    assert_int_equal(count_entities(NULL, 0, labels), 0);
}

static void names_of_groups(void **state) {
    (void)state;
    assert_string_equal(gaze_label_group("B-PER"), "PER");
    assert_string_equal(gaze_label_group("LABEL_1"), "LABEL_1");
    assert_string_equal(gaze_label_group("I-A-B"), "A-B");
    assert_string_equal(gaze_label_group("E-LOC"), "LOC");
    assert_string_equal(gaze_label_group(""), "");
}

static void a_text_that_begins_inside_a_word(void **state) {
    (void)state;
    static const bool inside[] = {true, true};
    gaze_labelled words[2];
    assert_int_equal(gaze_label_words(words, scores, inside, 2, C, GAZE_AGGREGATE_FIRST), 1);
    assert_int_equal(words[0].end, 2);
    assert_int_equal(gaze_label_words(words, scores, inside, 0, C, GAZE_AGGREGATE_FIRST), 0);
}

static void names_of_strategies(void **state) {
    (void)state;
    gaze_aggregation aggregation;
    assert_true(gaze_aggregation_from_name("average", &aggregation));
    assert_int_equal(aggregation, GAZE_AGGREGATE_AVERAGE);
    assert_false(gaze_aggregation_from_name("median", &aggregation));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_by_hand),
        cmocka_unit_test(entities_by_hand),
        cmocka_unit_test(where_an_entity_ends),
        cmocka_unit_test(names_of_groups),
        cmocka_unit_test(a_text_that_begins_inside_a_word),
        cmocka_unit_test(names_of_strategies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
