/* Random small tokenizers that tools/make_tokenizer_fixtures.py made, and what Hugging Face made of texts with
 * them: any normalizer meets any pre-tokenizer, added token, template, truncation and decoder.
 *
 * GAZE_RANDOM_TOKENIZERS names another file of the same kind. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>

#include "tests/support/encoding.h"
#include "tests/support/golden.h"
#include "tests/support/json_patch.h"

static gaze_tokenizer *open_tokenizer(const gaze_json_value *json) {
    gaze_buffer text = {0};
    json_write(&text, json);
    gaze_tokenizer *tokenizer = tokenizer_of_json(text.data);
    gaze_buffer_deinit(&text);
    return tokenizer;
}

static void random_tokenizers(void **state) {
    (void)state;
    const char *other = getenv("GAZE_RANDOM_TOKENIZERS");
    golden_file file;
    size_t failures = 0, cases = 0;
    golden_open_path(&file, other ? other : "tests/data/tokenizer/random.jsonl");
    for (const gaze_json_value *line; (line = golden_next(&file));) {
        gaze_tokenizer *tokenizer = open_tokenizer(gaze_json_get(line, "tokenizer"));
        const gaze_json_value *one = gaze_json_first(gaze_json_get(line, "cases"));
        for (size_t i = 0; one; one = one->next, i++, cases++)
            if (!encoding_case_agrees(tokenizer, one) && ++failures <= 5)
                print_message("line %zu, case %zu differs\n", file.number, i);
        gaze_tokenizer_close(tokenizer);
    }
    golden_close(&file);
    assert_int_equal(failures, 0);
    assert_true(cases > 100);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(random_tokenizers)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
