/* gaze verify: our numbers against a file of Hugging Face's. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/inputs.h"
#include "tools/pipeline/verify.h"
#include "weights/model_dir.h"
#include "weights/npz.h"

/* A list of `rank` numbers: "[1, 12, 8, 8]". */
static void put_list(gaze_buffer *out, const size_t *numbers, size_t rank) {
    gaze_buffer_putc(out, '[');
    for (size_t i = 0; i < rank; i++) gaze_buffer_printf(out, "%s%zu", i ? ", " : "", numbers[i]);
    gaze_buffer_putc(out, ']');
}

static void put_json(gaze_buffer *out, const gaze_verify_report *report) {
    gaze_buffer_printf(out, "{\"ok\": %s, \"tensors\": [", report->ok ? "true" : "false");
    for (size_t i = 0; i < report->count; i++) {
        const gaze_verify_row *row = &report->rows[i];
        gaze_buffer_printf(out, "%s{\"name\": \"%s\", \"shape\": ", i ? ", " : "", row->name);
        put_list(out, row->shape, row->rank);
        gaze_buffer_puts(out, ", \"max_abs\": ");
        gaze_buffer_put_double(out, row->max_abs);
        gaze_buffer_puts(out, ", \"at\": ");
        put_list(out, row->at, row->rank);
        gaze_buffer_puts(out, ", \"max_rel\": ");
        gaze_buffer_put_double(out, row->max_rel);
        gaze_buffer_puts(out, ", \"tolerance\": ");
        gaze_buffer_put_double(out, row->tolerance);
        gaze_buffer_printf(out, ", \"ok\": %s}", row->ok ? "true" : "false");
    }
    gaze_buffer_puts(out, "]}\n");
}

/* 1.25e-07: three digits are enough to judge an error by. */
static void put_small(gaze_buffer *out, double value) {
    char text[32];
    snprintf(text, sizeof text, "%.2e", value);
    gaze_buffer_printf(out, "%10s", text);
}

static void put_table(gaze_buffer *out, const gaze_verify_report *report) {
    size_t failed = 0;
    gaze_buffer_printf(out, "%-18s %-20s %10s %10s %10s  %s\n", "tensor", "shape", "max abs", "max rel",
                       "tolerance", "verdict");
    for (size_t i = 0; i < report->count; i++) {
        const gaze_verify_row *row = &report->rows[i];
        gaze_tensor shape = {.rank = row->rank};
        char text[128];
        memcpy(shape.shape, row->shape, sizeof shape.shape);
        gaze_buffer_printf(out, "%-18s %-20s ", row->name, gaze_tensor_shape_text(&shape, text, sizeof text));
        put_small(out, row->max_abs);
        gaze_buffer_putc(out, ' ');
        put_small(out, row->max_rel);
        gaze_buffer_putc(out, ' ');
        put_small(out, row->tolerance);
        gaze_buffer_puts(out, row->ok ? "  ok" : "  DIFFERS at ");
        if (!row->ok) put_list(out, row->at, row->rank);
        gaze_buffer_putc(out, '\n');
        failed += !row->ok;
    }
    gaze_buffer_printf(out, "\n%zu tensors compared, %zu differ\n", report->count, failed);
}

static bool parse_tolerance(const char *text, double *out) {
    char *end;
    *out = strtod(text, &end);
    return *text && !*end && *out >= 0 && isfinite(*out);
}

/* The comparison, from names to the report. */
static gaze_status verify(gaze_verify_report *report, const cli_settings *s, double tolerance,
                          gaze_error *err) {
    char *directory = NULL;
    gaze_model *model = NULL;
    gaze_npz reference = {0};
    gaze_status status = gaze_npz_open(&reference, s->texts[0], err);
    if (!status) status = gaze_model_dir_find(&directory, s->model, err);
    if (!status) status = gaze_model_open(&model, directory, NULL, err);
    if (!status) {
        status = gaze_verify(report, model, reference.arrays, reference.count, tolerance, cli_threads(s), err);
        if (status) gaze_fail_prefix(err, status, "%s", s->texts[0]);
    }
    gaze_npz_deinit(&reference);
    gaze_model_close(model);
    gaze_free(directory);
    return status;
}

static int run_verify(const cli_settings *s) {
    gaze_error err = {0};
    gaze_verify_report report = {0};
    gaze_buffer out = {0};
    double tolerance = GAZE_VERIFY_AUTO;
    if (!s->model) return cli_usage(s->command, "--model is missing");
    if (!s->text_count) return cli_usage(s->command, "REF.npz is missing");
    if (s->tolerance && !parse_tolerance(s->tolerance, &tolerance))
        return cli_usage(s->command, "--tolerance %s: expected a number that is not negative", s->tolerance);
    gaze_status status = verify(&report, s, tolerance, &err);
    bool ok = report.ok;
    if (!status) {
        if (s->json)
            put_json(&out, &report);
        else
            put_table(&out, &report);
        status = gaze_buffer_status(&out, &err);
    }
    if (!status) status = gaze_file_write(s->output ? s->output : "-", out.data, out.length, &err);
    gaze_buffer_deinit(&out);
    gaze_verify_report_deinit(&report);
    if (status) return cli_fail(&err);
    return ok ? CLI_OK : CLI_FAILED;
}

const cli_command cli_verify = {
    .name = "verify",
    .arguments = "REF.npz --model DIR [--json] [--tolerance X]",
    .summary = "compare this implementation with Hugging Face's numbers, tensor by tensor",
    .details = "REF.npz holds input_ids and arrays under Hugging Face's names; tools/export_hf.py writes it.\n"
               "Exit status 1 when a tensor differs by more than its tolerance or holds a NaN.\n\n"
               "  python3 tools/export_hf.py DIR \"The cat sat on the mat.\" -o ref.npz\n"
               "  gaze verify ref.npz --model DIR\n",
    .options = (const char *const[]){"--model", "-o", "--json", "--tolerance", "--threads", NULL},
    .max_texts = 1,
    .run = run_verify,
};
