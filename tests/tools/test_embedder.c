/* Embeddings equal to sentence-transformers': tests/data/sentence has its numbers for a small model and two
 * dozen settings (tools/make_sentence_fixtures.py). Each case here is a directory with links to the model's
 * files and the case's own beside them. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "tests/support/failing_alloc.h"
#include "tests/support/json_patch.h"
#include "tests/support/tensor_assert.h"
#include "tests/support/tmpdir.h"
#include "core/base/file.h"
#include "core/base/memory.h"
#include "tools/pipeline/embedder.h"
#include "weights/npz.h"

#define MODEL "tests/data/models/hidden-20"
#define DATA  "tests/data/sentence"

/* Times the largest number of the case: three layers of float against float64. Measured 5.9e-7. */
#define TOLERANCE 1e-6

/* A case's directory ---------------------------------------------------------------------------------- */

static void link_model(const char *directory, const char *into) {
    static const char *const names[] = {"config.json", "model.safetensors", "tokenizer.json",
                                        "tokenizer_config.json", "vocab.txt"};
    char *root = realpath(MODEL, NULL);
    assert_non_null(root);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char from[4096], to[4096];
        snprintf(from, sizeof from, "%s/%s", root, names[i]);
        snprintf(to, sizeof to, "%s/%s/%s", directory, into, names[i]);
        assert_int_equal(symlink(from, to), 0);
    }
    free(root);
}

/* Puts one file of the case into the directory, in the place of a link of that name. */
static void put_file(const char *directory, const gaze_json_value *name, const gaze_json_value *value) {
    char file[256], path[4096];
    gaze_buffer text = {0};
    snprintf(file, sizeof file, "%.*s", (int)name->length, name->as.text);
    char *slash = strrchr(file, '/');
    if (slash) {
        *slash = '\0';
        tmpdir_mkdir(directory, file);
        *slash = '/';
    }
    snprintf(path, sizeof path, "%s/%s", directory, file);
    unlink(path);
    json_write(&text, value);
    tmpdir_write(directory, file, text.data, text.length);
    gaze_buffer_deinit(&text);
}

static char *make_case(const gaze_json_value *files) {
    char *directory = tmpdir_make();
    link_model(directory, ".");
    for (const gaze_json_value *name = gaze_json_first(files); name; name = gaze_json_next_key(name))
        put_file(directory, name, name->next);
    return directory;
}

/* Embedding ------------------------------------------------------------------------------------------- */

/* Vectors one behind another. */
typedef struct collected {
    const gaze_embedder *embedder;
    gaze_buffer vectors;
    float vector[256];
} collected;

static gaze_status collect(void *context, const gaze_run *run, const gaze_line_item *item, gaze_buffer *out,
                           gaze_error *err) {
    collected *c = context;
    (void)item, (void)out;
    assert_true(gaze_embedder_width(c->embedder) <= 256);
    gaze_embedder_pool(c->vector, c->embedder, run, item->sequence);
    gaze_buffer_append(&c->vectors, c->vector, gaze_embedder_dimension(c->embedder) * sizeof(float));
    return gaze_buffer_status(&c->vectors, err);
}

static gaze_status embed(collected *c, const gaze_embedder *embedder, const gaze_json_value *texts,
                         gaze_error *err) {
    gaze_lines lines = gaze_embedder_lines(embedder);
    gaze_buffer out = {0}, line = {0};
    gaze_status status = GAZE_OK;
    *c = (collected){.embedder = embedder};
    lines.put = collect;
    lines.context = c;
    for (const gaze_json_value *text = gaze_json_first(texts); text && !status; text = text->next) {
        gaze_buffer_clear(&line);
        json_write(&line, text);
        status = gaze_buffer_status(&line, err);
        if (!status) status = gaze_lines_add(&lines, &out, line.data, line.length, err);
    }
    if (!status) status = gaze_lines_flush(&lines, &out, err);
    if (!status) assert_int_equal(out.length, 0); /* no error line */
    gaze_lines_deinit(&lines);
    gaze_buffer_deinit(&out);
    gaze_buffer_deinit(&line);
    return status;
}

/* Against sentence-transformers ----------------------------------------------------------------------- */

static gaze_json *open_cases(void) {
    gaze_file file;
    gaze_json *cases = NULL;
    assert_int_equal(gaze_file_open(&file, DATA "/cases.json", GAZE_FILE_READ, 0, NULL), GAZE_OK);
    assert_int_equal(gaze_json_parse(&cases, (const char *)file.data, file.size, NULL, NULL), GAZE_OK);
    gaze_file_close(&file);
    return cases;
}

static double check_case(const char *name, const char *directory, const gaze_json_value *texts,
                         const gaze_tensor *expected) {
    gaze_embedder *embedder;
    gaze_error err = {0};
    collected c;
    double largest = 1, error = 0;
    assert_non_null(expected);
    if (gaze_embedder_open(&embedder, directory, &err)) fail_msg("%s: %s", name, err.message);
    assert_int_equal(gaze_embedder_dimension(embedder), expected->shape[1]);
    if (embed(&c, embedder, texts, &err)) fail_msg("%s: %s", name, err.message);
    const float *got = (const float *)(const void *)c.vectors.data, *want = expected->data;
    const size_t count = expected->shape[0] * expected->shape[1];
    assert_int_equal(c.vectors.length, count * sizeof(float));
    for (size_t i = 0; i < count; i++) largest = fmax(largest, fabs((double)want[i]));
    for (size_t i = 0; i < count; i++) error = fmax(error, fabs((double)got[i] - (double)want[i]) / largest);
    assert_tensor_close(name, got, want, expected->shape, 2, TOLERANCE * largest, 0);
    gaze_buffer_deinit(&c.vectors);
    gaze_embedder_close(embedder);
    return error;
}

static void every_case_equals_sentence_transformers(void **state) {
    (void)state;
    gaze_json *json = open_cases();
    const gaze_json_value *texts = gaze_json_get(gaze_json_root(json), "texts");
    const gaze_json_value *cases = gaze_json_get(gaze_json_root(json), "cases");
    gaze_npz expected;
    double error = 0;
    size_t count = 0;
    assert_int_equal(gaze_npz_open(&expected, DATA "/embeddings.npz", NULL), GAZE_OK);
    for (const gaze_json_value *key = gaze_json_first(cases); key; key = gaze_json_next_key(key), count++) {
        char name[64];
        snprintf(name, sizeof name, "%.*s", (int)key->length, key->as.text);
        char *directory = make_case(key->next);
        error = fmax(error, check_case(name, directory, texts, gaze_npz_find(&expected, name)));
        tmpdir_remove(directory);
    }
    assert_int_equal(count, expected.count);
    assert_true(count > 20);
    printf("note: %zu cases, largest error %.1e\n", count, error);
    gaze_npz_deinit(&expected);
    gaze_json_free(json);
}

static const gaze_json_value *parse(gaze_json **json, const char *text) {
    assert_int_equal(gaze_json_parse(json, text, strlen(text), NULL, NULL), GAZE_OK);
    return gaze_json_root(*json);
}

/* The transformer in a folder of its own, as releases before 2.0 saved it. */
static void a_transformer_in_a_folder(void **state) {
    (void)state;
    static const char text[] =
        "{\"modules.json\": [{\"path\": \"0_BERT\", \"type\": \"sentence_transformers.models.Transformer\"},"
        " {\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}],"
        " \"1_Pooling/config.json\": {\"pooling_mode_mean_tokens\": true}}";
    gaze_json *files, *cases = open_cases();
    char *directory = tmpdir_make();
    gaze_npz expected;
    const gaze_json_value *root = parse(&files, text);
    tmpdir_mkdir(directory, "0_BERT");
    link_model(directory, "0_BERT");
    for (const gaze_json_value *name = gaze_json_first(root); name; name = gaze_json_next_key(name))
        put_file(directory, name, name->next);
    assert_int_equal(gaze_npz_open(&expected, DATA "/embeddings.npz", NULL), GAZE_OK);
    check_case("mean", directory, gaze_json_get(gaze_json_root(cases), "texts"),
               gaze_npz_find(&expected, "mean"));
    gaze_npz_deinit(&expected);
    gaze_json_free(files);
    gaze_json_free(cases);
    tmpdir_remove(directory);
}

static void a_pooling_for_another_model(void **state) {
    (void)state;
    static const char text[] =
        "{\"modules.json\": [{\"path\": \"\", \"type\": \"sentence_transformers.models.Transformer\"},"
        " {\"path\": \"1_Pooling\", \"type\": \"sentence_transformers.models.Pooling\"}],"
        " \"1_Pooling/config.json\": {\"word_embedding_dimension\": 384}}";
    gaze_json *files;
    gaze_embedder *embedder;
    gaze_error err = {0};
    char *directory = make_case(parse(&files, text));
    assert_int_equal(gaze_embedder_open(&embedder, directory, &err), GAZE_ERROR_CONFIG);
    assert_null(embedder);
    assert_non_null(strstr(err.message, "384"));
    assert_non_null(strstr(err.message, "20"));
    gaze_json_free(files);
    tmpdir_remove(directory);
}

static gaze_status open_and_embed(void *context) {
    gaze_embedder *embedder;
    gaze_json *texts;
    collected c = {0};
    gaze_status status = gaze_json_parse(&texts, "[\"the cat\",\"sat\"]", 17, NULL, NULL);
    if (status) return status;
    status = gaze_embedder_open(&embedder, context, NULL);
    if (!status) status = embed(&c, embedder, gaze_json_root(texts), NULL);
    gaze_buffer_deinit(&c.vectors);
    gaze_embedder_close(embedder);
    gaze_json_free(texts);
    return status;
}

static void out_of_memory(void **state) {
    (void)state;
    gaze_json *json = open_cases();
    const gaze_json_value *cases = gaze_json_get(gaze_json_root(json), "cases");
    char *directory = make_case(gaze_json_get(cases, "prompt and cut"));
    assert_true(fail_each_allocation(open_and_embed, directory) > 100);
    tmpdir_remove(directory);
    gaze_json_free(json);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_equals_sentence_transformers),
        cmocka_unit_test(a_transformer_in_a_folder),
        cmocka_unit_test(a_pooling_for_another_model),
        cmocka_unit_test(out_of_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
