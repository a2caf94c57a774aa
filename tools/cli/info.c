/* gaze info: what a model directory holds. */
#include <stdio.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/base/memory.h"
#include "tools/cli/cli.h"
#include "tools/cli/columns.h"
#include "viz/sign.h"
#include "weights/model.h"
#include "weights/model_dir.h"

/* JSON ----------------------------------------------------------------------------------------------- */

/* Writes a value of the tree back as JSON. Recursion is bounded by the reader's depth limit. */
static void put_value(gaze_buffer *out, const gaze_json_value *value) {
    bool object = value->type == GAZE_JSON_OBJECT;
    switch (value->type) {
    case GAZE_JSON_NULL: gaze_buffer_puts(out, "null"); return;
    case GAZE_JSON_TRUE: gaze_buffer_puts(out, "true"); return;
    case GAZE_JSON_FALSE: gaze_buffer_puts(out, "false"); return;
    case GAZE_JSON_NUMBER: gaze_buffer_append(out, value->as.text, value->length); return;
    case GAZE_JSON_STRING: gaze_buffer_put_json_string(out, value->as.text, value->length); return;
    case GAZE_JSON_ARRAY:
    case GAZE_JSON_OBJECT: break;
    }
    gaze_buffer_putc(out, object ? '{' : '[');
    for (const gaze_json_value *item = gaze_json_first(value); item;) {
        put_value(out, item);
        if (object) {
            gaze_buffer_puts(out, ": ");
            put_value(out, item->next);
        }
        item = object ? gaze_json_next_key(item) : item->next;
        if (item) gaze_buffer_puts(out, ", ");
    }
    gaze_buffer_putc(out, object ? '}' : ']');
}

static void put_tensor(gaze_buffer *out, const gaze_model_tensor *t) {
    gaze_buffer_puts(out, "{\"name\": ");
    gaze_buffer_put_json_string(out, t->name, strlen(t->name));
    gaze_buffer_puts(out, ", \"shape\": [");
    for (size_t i = 0; i < t->tensor.rank; i++)
        gaze_buffer_printf(out, "%s%zu", i ? ", " : "", t->tensor.shape[i]);
    gaze_buffer_printf(out, "], \"dtype\": \"%s\"}", gaze_dtype_name(t->tensor.dtype));
}

static void put_names(gaze_buffer *out, const char *key, const gaze_model *model, bool missing) {
    const char *comma = "";
    size_t count = missing ? gaze_model_missing_count(model) : gaze_model_tensor_count(model);
    gaze_buffer_printf(out, ", \"%s\": [", key);
    for (size_t i = 0; i < count; i++) {
        if (!missing && gaze_model_tensor_at(model, i)->used) continue;
        const char *name = missing ? gaze_model_missing_at(model, i) : gaze_model_tensor_at(model, i)->name;
        gaze_buffer_puts(out, comma);
        gaze_buffer_put_json_string(out, name, strlen(name));
        comma = ", ";
    }
    gaze_buffer_putc(out, ']');
}

static void put_json(gaze_buffer *out, const gaze_model *model) {
    const gaze_config *config = gaze_model_config(model);
    gaze_buffer_puts(out, "{\"architecture\": ");
    gaze_buffer_put_json_string(out, config->architecture, strlen(config->architecture));
    gaze_buffer_printf(out, ", \"model_type\": \"%s\", \"parameters\": %zu, \"config\": ",
                       gaze_model_type_name(config->model_type),
                       gaze_params_count(gaze_model_params(model)));
    put_value(out, gaze_model_config_json(model));
    gaze_buffer_puts(out, ", \"tensors\": [");
    for (size_t i = 0; i < gaze_model_tensor_count(model); i++) {
        if (i) gaze_buffer_puts(out, ", ");
        put_tensor(out, gaze_model_tensor_at(model, i));
    }
    gaze_buffer_putc(out, ']');
    put_names(out, "missing", model, true);
    put_names(out, "unused", model, false);
    gaze_buffer_puts(out, "}\n");
}

/* For people ----------------------------------------------------------------------------------------- */

static void put_tensor_line(gaze_buffer *out, const gaze_model_tensor *t) {
    char shape[128];
    gaze_buffer_puts(out, "  ");
    cli_put_padded(out, t->name, strlen(t->name), 60);
    gaze_buffer_printf(out, " %-14s %s%s\n", gaze_tensor_shape_text(&t->tensor, shape, sizeof shape),
                       gaze_dtype_name(t->tensor.dtype), t->used ? "" : "  unused");
}

static void put_table(gaze_buffer *out, const gaze_model *model, const char *directory) {
    const gaze_config *c = gaze_model_config(model);
    gaze_buffer_printf(out, "%s\n", directory);
    gaze_buffer_puts(out, "  architecture             ");
    gaze_sign_put(out, c->architecture, strlen(c->architecture));
    gaze_buffer_printf(out, "%s (model_type %s)\n", c->architecture[0] ? "" : "not named",
                       gaze_model_type_name(c->model_type));
    gaze_buffer_printf(out, "  parameters               %zu\n", gaze_params_count(gaze_model_params(model)));
    gaze_buffer_printf(out, "  layers L                 %zu\n", c->num_hidden_layers);
    gaze_buffer_printf(out, "  heads H x head size K    %zu x %zu\n", c->num_attention_heads, c->head_size);
    gaze_buffer_printf(out, "  hidden size D            %zu\n", c->hidden_size);
    gaze_buffer_printf(out, "  feed-forward size F      %zu (%s)\n", c->intermediate_size,
                       gaze_activation_name(c->hidden_act));
    gaze_buffer_printf(out, "  vocabulary V             %zu\n", c->vocab_size);
    gaze_buffer_printf(out, "  positions, token types   %zu, %zu\n", c->max_position_embeddings,
                       c->type_vocab_size);
    gaze_buffer_printf(out, "\n%zu tensors\n", gaze_model_tensor_count(model));
    for (size_t i = 0; i < gaze_model_tensor_count(model); i++)
        put_tensor_line(out, gaze_model_tensor_at(model, i));
    for (size_t i = 0; i < gaze_model_missing_count(model); i++)
        gaze_buffer_printf(out, "  %-60s missing (optional)\n", gaze_model_missing_at(model, i));
}

static int run_info(const cli_settings *s) {
    gaze_error err = {0};
    char *directory = NULL;
    gaze_model *model = NULL;
    gaze_buffer out = {0};
    if (!s->model) return cli_usage(s->command, "--model is missing");
    gaze_status status = gaze_model_dir_find(&directory, s->model, &err);
    if (!status) status = gaze_model_open(&model, directory, NULL, &err);
    if (!status) {
        if (s->json)
            put_json(&out, model);
        else
            put_table(&out, model, directory);
        status = gaze_buffer_status(&out, &err);
    }
    if (!status) status = gaze_file_write(s->output ? s->output : "-", out.data, out.length, &err);
    gaze_buffer_deinit(&out);
    gaze_model_close(model);
    gaze_free(directory);
    return status ? cli_fail(&err) : CLI_OK;
}

const cli_command cli_info = {
    .name = "info",
    .arguments = "--model DIR [--json]",
    .summary = "what a model holds: configuration, tensors, what is missing or unused",
    .details = "  gaze info --model DIR\n  gaze info --model DIR --json | python3 -m json.tool\n",
    .options = (const char *const[]){"--model", "-o", "--json", NULL},
    .run = run_info,
};
