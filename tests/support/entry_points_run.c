/* What works on open handles: encode, run, compare, draw, write. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/base/file.h"
#include "tests/support/entry_points.h"
#include "tools/pipeline/dump.h"
#include "tools/pipeline/tokenize_lines.h"
#include "tools/pipeline/verify.h"
#include "weights/npz.h"

#define TEXT ENTRY_POINTS_TEXT
#define PAIR ENTRY_POINTS_PAIR

static const gaze_tokenizer *tokenizer(void) {
    return gaze_pipeline_tokenizer(entry_points_pipeline);
}

/* Tokens ---------------------------------------------------------------------------------------------- */

static gaze_status encode(const char *pair, const gaze_encode_options *options, const gaze_padding *padding,
                          uint32_t *first) {
    gaze_tokens tokens = {0};
    gaze_error err = {0};
    gaze_status status = gaze_tokenizer_encode(&tokens, tokenizer(), TEXT, strlen(TEXT), pair,
                                               pair ? strlen(pair) : 0, options, &err);
    if (status) assert_null(tokens.ids);
    if (!status && padding) status = gaze_tokenizer_pad(tokenizer(), &tokens, 1, padding, &err);
    assert_int_equal(err.code, status);
    if (!status) {
        uint32_t checksum = tokens_checksum(&tokens);
        same_result(first, &checksum, sizeof checksum);
    }
    gaze_tokens_deinit(&tokens);
    return status;
}

static gaze_status encode_text(void *context) {
    static uint32_t first;
    (void)context;
    return encode(NULL, NULL, NULL, &first);
}

static gaze_status encode_pair(void *context) {
    static uint32_t first;
    (void)context;
    return encode(PAIR, NULL, NULL, &first);
}

static gaze_status encode_windows(void *context) {
    static const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 8, .stride = 1}};
    static const gaze_padding left = {.enabled = true, .length = 8, .side = GAZE_SIDE_LEFT};
    static uint32_t first;
    (void)context;
    return encode(PAIR, &options, &left, &first);
}

static gaze_status encode_padded(void *context) {
    static const gaze_padding right = {.enabled = true, .multiple_of = 16};
    static uint32_t first;
    (void)context;
    return encode(NULL, NULL, &right, &first);
}

static gaze_status decode(void *context) {
    static const int32_t ids[] = {2, 5, 6, 7, 8, 9, 10, 3};
    static uint32_t first;
    gaze_buffer text = {0};
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_tokenizer_decode(&text, tokenizer(), ids, sizeof ids / sizeof *ids, true, &err);
    assert_int_equal(err.code, status);
    if (!status) same_result(&first, text.data, text.length);
    gaze_buffer_deinit(&text);
    return status;
}

static gaze_status tokenize_lines(void *context) {
    static const char *const input[] = {"\"" TEXT "\"", "[\"" TEXT "\", \"" PAIR "\"]", "7"};
    static uint32_t first;
    gaze_line_tokenizer lines = {.tokenizer = tokenizer(), .padding = {.enabled = true}};
    gaze_buffer out = {0};
    gaze_error err = {0};
    gaze_status status = GAZE_OK;
    (void)context;
    for (size_t i = 0; i < 3 && !status; i++)
        status = gaze_tokenize_line(&lines, &out, input[i], strlen(input[i]), &err);
    if (!status) status = gaze_tokenize_finish(&lines, &out, &err);
    assert_int_equal(err.code, status);
    if (!status) assert_int_equal(lines.failures, 1); /* the number */
    if (!status) same_result(&first, out.data, out.length);
    gaze_line_tokenizer_deinit(&lines);
    gaze_buffer_deinit(&out);
    return status;
}

/* Runs ------------------------------------------------------------------------------------------------ */

static gaze_status run(void *context) {
    static uint32_t first;
    gaze_run r;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_pipeline_run(&r, entry_points_pipeline, entry_points_inputs, 2, &entry_points_keep_all, &err);
    assert_int_equal(err.code, status);
    if (status) assert_true(!r.tokens && !r.record && !r.hidden && !r.pooled && !r.batch.ids);
    if (!status) same_result(&first, r.hidden, r.batch.starts[2] * 20 * sizeof *r.hidden);
    gaze_run_deinit(&r);
    return status;
}

static gaze_status verify(void *context) {
    gaze_npz npz = {0};
    gaze_verify_report report;
    gaze_error err = {0};
    (void)context;
    gaze_status status = gaze_npz_open(&npz, "tests/data/models/hidden-20/ref.npz", &err);
    if (!status) {
        status = gaze_verify(&report, gaze_pipeline_model(entry_points_pipeline), npz.arrays, npz.count,
                             GAZE_VERIFY_AUTO, 1, &err);
        if (status) assert_null(report.rows);
        if (!status) assert_true(report.ok);
        gaze_verify_report_deinit(&report);
    }
    assert_int_equal(err.code, status);
    gaze_npz_deinit(&npz);
    return status;
}

/* Files ----------------------------------------------------------------------------------------------- */

/* The file at `path` is whole: what stood there before after a failure, the new one after a success. */
static void check_file(const char *path, gaze_status status, uint32_t *first) {
    static char content[1 << 20];
    FILE *file = fopen(path, "rb"); /* not through the library, whose calls fail now */
    assert_non_null(file);
    size_t size = fread(content, 1, sizeof content, file);
    fclose(file);
    if (!status) {
        same_result(first, content, size);
    } else {
        assert_int_equal(size, 3);
        assert_memory_equal(content, "old", 3);
    }
}

static void put_old_file(const char *path) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite("old", 1, 3, file), 3);
    assert_int_equal(fclose(file), 0);
}

static gaze_status dump(const char *name, uint32_t *first) {
    char path[4096];
    gaze_error err = {0};
    strcpy(path, entry_points_path(name));
    put_old_file(path);
    gaze_status status = gaze_dump_write(path, &entry_points_finished, entry_points_pipeline,
                                         entry_points_inputs, GAZE_DUMP_ALL, &err);
    assert_int_equal(err.code, status);
    check_file(path, status, first);
    return status;
}

static gaze_status dump_npz(void *context) {
    static uint32_t first;
    (void)context;
    return dump("out/dump.npz", &first);
}

static gaze_status dump_safetensors(void *context) {
    static uint32_t first;
    (void)context;
    return dump("out/dump.safetensors", &first);
}

static gaze_status dump_json(void *context) {
    static uint32_t first;
    (void)context;
    return dump("out/dump.json", &first);
}

static gaze_status write_file(void *context) {
    static uint32_t first;
    char path[4096];
    gaze_error err = {0};
    (void)context;
    strcpy(path, entry_points_path("out/file"));
    put_old_file(path);
    gaze_status status = gaze_file_write(path, "something new", 13, &err);
    assert_int_equal(err.code, status);
    check_file(path, status, &first);
    return status;
}

/* Pictures -------------------------------------------------------------------------------------------- */

static gaze_status draw(size_t size, uint32_t *first) {
    gaze_buffer svg = {0};
    gaze_error err = {0};
    gaze_status status = gaze_heatmap_svg(&svg, &entry_points_figures[size].map, &err);
    assert_int_equal(err.code, status);
    if (!status) same_result(first, svg.data, svg.length);
    gaze_buffer_deinit(&svg);
    return status;
}

static gaze_status draw_cells(void *context) {
    static uint32_t first;
    (void)context;
    return draw(0, &first);
}

static gaze_status draw_raster(void *context) {
    static uint32_t first;
    (void)context;
    return draw(1, &first);
}

static gaze_status draw_grid(void *context) {
    static uint32_t first;
    (void)context;
    return draw(2, &first);
}

const entry_point entry_points_run[] = {
    {"gaze_tokenizer_encode", encode_text, false},
    {"gaze_tokenizer_encode, pair", encode_pair, false},
    {"gaze_tokenizer_encode, windows", encode_windows, false},
    {"gaze_tokenizer_pad", encode_padded, false},
    {"gaze_tokenizer_decode", decode, false},
    {"gaze_tokenize_line", tokenize_lines, false},
    {"gaze_pipeline_run", run, false},
    {"gaze_verify", verify, true},
    {"gaze_dump_write, npz", dump_npz, true},
    {"gaze_dump_write, safetensors", dump_safetensors, true},
    {"gaze_dump_write, json", dump_json, true},
    {"gaze_file_write", write_file, true},
    {"gaze_heatmap_svg, cells", draw_cells, false},
    {"gaze_heatmap_svg, raster", draw_raster, false},
    {"gaze_heatmap_svg, grid", draw_grid, false},
};
const size_t entry_points_run_count = sizeof entry_points_run / sizeof *entry_points_run;
