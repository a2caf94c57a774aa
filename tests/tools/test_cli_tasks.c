/* The commands for what a model was made for: embed, answer, label. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdbool.h>
#include <string.h>

#include "tests/support/shell.h"

static size_t count_of(const char *text, char c) {
    size_t count = 0;
    for (; *text; text++) count += *text == c;
    return count;
}

/* A line of JSON for each text, a row of .csv, a row of .npz; the tiny model's vectors have 64 numbers. What fails
 * has an error in its place, or a row of NaN. */
static void embed_answers_text_by_text(void **state) {
    (void)state;
    outcome o = shell("$GAZE embed --model $TINY --json 'The cat sat.' '' 'It was tired.' | tee $FOLDER/v.jsonl");
    assert_int_equal(o.status, 0);
    assert_int_equal(count_of(o.out, '\n'), 3);
    assert_int_equal(count_of(o.out, ','), 3 * 63);
    assert_int_equal(o.out[0], '[');
    assert_int_equal(shell("printf '\"The cat sat.\"\n\"\"\n\"It was tired.\"' | $GAZE embed --model $TINY --file - --json |"
                           " cmp - $FOLDER/v.jsonl").status, 0);
    assert_int_equal(shell("printf 'The cat sat.\n\nIt was tired.\n' > $FOLDER/plain; $GAZE embed --model $TINY --plain "
                           "--file $FOLDER/plain -o $FOLDER/w.json && cmp $FOLDER/v.jsonl $FOLDER/w.json").status, 0);
    assert_int_equal(shell("$GAZE embed --model $TINY --threads 2 --file $FOLDER/plain --plain -o $FOLDER/x.csv && "
                           "sed 's/[][]//g' $FOLDER/v.jsonl | cmp - $FOLDER/x.csv").status, 0);
    o = shell("$GAZE embed --model $TINY 'The cat sat.'");
    assert_non_null(strstr(o.out, "64 numbers"));
    assert_non_null(strstr(o.out, "The cat sat."));
}

static void embed_goes_on_after_an_error(void **state) {
    (void)state;
    outcome o = shell("printf '7\n\"a\"\n' | tee $FOLDER/in | $GAZE embed --model $TINY --json --file -");
    assert_int_equal(o.status, 1);
    assert_int_equal(strncmp(o.out, "{\"error\":\"a number", 18), 0);
    assert_non_null(strstr(o.out, "}\n["));
    assert_string_equal(o.err, "");
    o = shell("$GAZE embed --model $TINY --file $FOLDER/in -o $FOLDER/v.npz");
    assert_int_equal(o.status, 1);
    assert_non_null(strstr(o.err, "gaze: input 0: a number"));
    assert_int_equal(shell("test -s $FOLDER/v.npz").status, 0);
    o = shell("$GAZE embed --model $TINY --file $FOLDER/in -o -");
    assert_int_equal(o.status, 1);
    assert_non_null(strstr(o.out, "NaN"));
    o = shell("yes 7 | head -n 30 | $GAZE embed --model $TINY --file - -o $FOLDER/v.tsv");
    assert_int_equal(count_of(o.err, '\n'), 11);
    assert_non_null(strstr(o.err, "and 20 more inputs"));
}

/* A long text is cut to what the model takes, unless that is not wanted. */
static void embed_cuts_long_texts(void **state) {
    (void)state;
    assert_int_equal(shell("$GAZE embed --model $TINY --json \"$(printf 'the cat %.0s' $(seq 100))\" > $FOLDER/long; "
                           "$GAZE embed --model $TINY --json \"$(printf 'the cat %.0s' $(seq 63))\" | cmp - $FOLDER/long")
                         .status, 0);
    outcome o = shell("$GAZE embed --model $TINY --truncation none --json \"$(printf 'the cat %.0s' $(seq 100))\"");
    assert_int_equal(o.status, 1);
    assert_non_null(strstr(o.out, "{\"error\":\"text of 202 tokens, the model has 128 positions"));
    assert_int_equal(shell("$GAZE embed --model $TINY --json --max-length 3 'the cat' > $FOLDER/cut; "
                           "$GAZE embed --model $TINY --json the | cmp - $FOLDER/cut").status, 0);
}

static void embed_refuses_a_broken_directory(void **state) {
    (void)state;
    shell("rm -rf $FOLDER/s; cp -r $TINY $FOLDER/s");
    FAILS("echo '[' > $FOLDER/s/modules.json; $GAZE embed --model $FOLDER/s text", "s/modules.json", "JSON ends");
    FAILS("echo '[1]' > $FOLDER/s/modules.json; $GAZE embed --model $FOLDER/s text", "s/modules.json", "1 modules");
    FAILS("$GAZE embed --model $FOLDER/absent text", "absent");
    FAILS("$GAZE embed --model $TINY --file $FOLDER/absent", "absent");
    FAILS("$GAZE embed --model $TINY -o $FOLDER/absent/x.npz text", "absent/x.npz");
}

#define QA    "$GAZE answer --model tests/data/answer/roberta --question 'Who is the famous architect in Barcelona?' "
#define ABOUT "--context \"Barcelona is famous for Gaudí's architecture like the Sagrada Familia.\" "

static bool begins(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

static void answer_marks_the_best(void **state) {
    (void)state;
    outcome o = shell(QA ABOUT "--top-k 2");
    assert_int_equal(o.status, 0);
    assert_string_equal(o.err, "");
    assert_string_equal(o.out, "   score  start    end  answer\n"
                               "  0.0207      0     12  Barcelona is\n"
                               "  0.0169     13     19  famous\n\n"
                               "[Barcelona is] famous for Gaudí's architecture like the Sagrada Familia.\n");
    o = shell(QA ABOUT "--json");
    assert_non_null(strstr(o.out, "\"start\":0,\"end\":12,\"answer\":\"Barcelona is\"}]\n"));
}

/* A context that is no text is an error in its place, with words for it. */
static void answer_refuses(void **state) {
    (void)state;
    FAILS(QA "--context ''", "the context is empty");
    FAILS("$GAZE answer --model tests/data/answer/bert --question '' --context x", "the question is empty");
    FAILS(QA ABOUT "--max-seq-len 9 --doc-stride 10", "doc_stride of 10", "9 tokens");
    FAILS("$GAZE answer --model $TINY --question who --context x", "QuestionAnswering", "BertModel", "has none");
    FAILS("$GAZE answer --model tests/data/label/bert --question who --context x", "QuestionAnswering",
          "head is for TokenClassification");
    FAILS("$GAZE label --model tests/data/answer/bert x", "TokenClassification", "head is for QuestionAnswering");
}

static void answer_goes_on_after_an_error(void **state) {
    (void)state;
    outcome o = shell("printf '%s\\n' '{\"question\":\"who\",\"context\":\"\"}' '{\"question\":\"who\",\"context\":\"the cat\"}' "
                      "| $GAZE answer --model tests/data/answer/bert --json --file -");
    assert_int_equal(o.status, 1);
    assert_true(begins(o.out, "{\"error\":\"the context is empty\"}\n[{\"score\":"));
    o = shell("printf '%s\\n' '{\"question\":\"who\",\"context\":\"\"}' '{\"question\":\"who sat?\",\"context\":\"the cat\"}' "
              "| $GAZE answer --model tests/data/answer/bert --file -");
    assert_string_equal(o.err, "gaze: input 0: the context is empty\n");
    assert_non_null(strstr(o.out, "who sat?\n\n   score  start    end  answer\n"));
}

static void label_marks_entities(void **state) {
    (void)state;
    outcome o = shell("$GAZE label --model tests/data/label/bert --aggregation max 'the cat' ''");
    assert_int_equal(o.status, 0);
    assert_true(begins(o.out, "[the LOC] cat\n\n   score  start    end  label          word\n"));
    assert_non_null(strstr(o.out, "      0      3  LOC            the\n\n(no labels but O)\n"));
    o = shell("echo '[\"a\",\"b\"]' | $GAZE label --model tests/data/label/bert --json --file -");
    assert_string_equal(o.out, "{\"error\":\"a pair of texts, expected one text\"}\n");
    assert_int_equal(o.status, 1);
}

/* 24 tokens are what model_max_length allows; without --stride a longer text is cut only where that is asked for. */
static void label_cuts_where_it_is_told(void **state) {
    (void)state;
    outcome o = shell("$GAZE label --model tests/data/label/bert --json --aggregation simple --max-length 4 "
                      "'the cat sat on the mat'");
    assert_int_equal(o.status, 0);
    assert_null(strstr(o.out, "\"end\":11"));
    assert_non_null(strstr(o.out, "\"end\":3"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(embed_answers_text_by_text),
        cmocka_unit_test(embed_goes_on_after_an_error),
        cmocka_unit_test(embed_cuts_long_texts),
        cmocka_unit_test(embed_refuses_a_broken_directory),
        cmocka_unit_test(answer_marks_the_best),
        cmocka_unit_test(answer_refuses),
        cmocka_unit_test(answer_goes_on_after_an_error),
        cmocka_unit_test(label_marks_entities),
        cmocka_unit_test(label_cuts_where_it_is_told),
    };
    return cmocka_run_group_tests(tests, shell_setup, shell_teardown);
}
