#include "tools/cli/format.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/base/deflate.h"
#include "core/base/file.h"

static const struct {
    cli_format format;
    const char *name;
    bool binary;
} formats[] = {
    {CLI_SVG, "svg", false}, {CLI_SVGZ, "svgz", true}, {CLI_HTML, "html", false}, {CLI_CSV, "csv", false},
    {CLI_TSV, "tsv", false}, {CLI_JSON, "json", false}, {CLI_NPZ, "npz", true},   {CLI_TEXT, "txt", false},
    {CLI_TEXT, "text", false},
};
enum { FORMATS = sizeof formats / sizeof *formats };

/* Index in the table of one of those allowed, or -1. */
static int find(const char *name, unsigned allowed) {
    for (int i = 0; i < FORMATS; i++)
        if ((formats[i].format & allowed) && strcmp(formats[i].name, name) == 0) return i;
    return -1;
}

/* ".svg, .svgz, .csv" */
static const char *list(char out[128], unsigned allowed, const char *before) {
    size_t length = 0;
    out[0] = '\0';
    for (int i = 0; i < FORMATS; i++)
        if (formats[i].format & allowed && strcmp(formats[i].name, "text") != 0)
            length += (size_t)snprintf(out + length, 128 - length, "%s%s%s", length ? ", " : "", before,
                                       formats[i].name);
    return out;
}

static bool goes_to_stdout(const cli_settings *s) {
    return !s->output || strcmp(s->output, "-") == 0;
}

static bool is_binary(cli_format format) {
    for (int i = 0; i < FORMATS; i++)
        if (formats[i].format == format) return formats[i].binary;
    return false;
}

/* The table's index of what --format or the ending of -o says; -1 with *usage set when it is none. */
static int find_named(const cli_settings *s, unsigned allowed, int *usage) {
    char there[128];
    const char *slash = s->output ? strrchr(s->output, '/') : NULL;
    const char *dot = s->output ? strrchr(slash ? slash : s->output, '.') : NULL;
    int i = s->format ? find(s->format, allowed) : dot ? find(dot + 1, allowed) : -1;
    if (i >= 0) return i;
    if (s->format)
        *usage = cli_usage(s->command, "--format %s: expected %s", s->format, list(there, allowed, ""));
    else
        *usage = cli_usage(s->command, "-o %s: expected a name that ends in %s; or say --format", s->output,
                           list(there, allowed, "."));
    return -1;
}

int cli_choose_format(cli_format *format, const cli_settings *s, unsigned allowed, cli_format on_terminal,
                      cli_format in_pipe) {
    bool to_terminal = goes_to_stdout(s) && isatty(STDOUT_FILENO);
    int usage = CLI_OK, i;
    if (!s->format && goes_to_stdout(s)) {
        *format = to_terminal ? on_terminal : in_pipe;
        return CLI_OK;
    }
    i = find_named(s, allowed, &usage);
    if (i < 0) return usage;
    *format = formats[i].format;
    if (to_terminal && is_binary(*format))
        return cli_usage(s->command, "--format %s is not for a terminal; give -o FILE", formats[i].name);
    return CLI_OK;
}

gaze_status cli_write_result(const cli_settings *s, cli_format format, const gaze_buffer *file, gaze_error *err) {
    gaze_buffer packed = {0};
    gaze_status status = GAZE_OK;
    if (format == CLI_SVGZ) {
        status = gaze_deflate(&packed, file->data, file->length, GAZE_DEFLATE_GZIP, GAZE_DEFLATE_DEFAULT, err);
        file = &packed;
    }
    if (!status) status = gaze_file_write(s->output ? s->output : "-", file->data, file->length, err);
    gaze_buffer_deinit(&packed);
    return status;
}
