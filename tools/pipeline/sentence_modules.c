#include "tools/pipeline/sentence_modules.h"

#include <string.h>

#include "core/base/file.h"
#include "core/base/json.h"
#include "core/base/memory.h"

#define MAX_FILE_SIZE ((size_t)1 << 20) /* bytes; a prompt may be long, but not so long */

/* Files ----------------------------------------------------------------------------------------------- */

static gaze_status parse_value(gaze_json **json, const gaze_file *file, gaze_json_type type,
                               gaze_error *err) {
    gaze_status status = gaze_json_parse(json, (const char *)file->data, file->size, NULL, err);
    if (status || gaze_json_root(*json)->type == type) return status;
    status = gaze_fail(err, GAZE_ERROR_SCHEMA, "%s, expected %s", gaze_json_kind(gaze_json_root(*json)),
                       type == GAZE_JSON_ARRAY ? "an array" : "an object");
    gaze_json_free(*json);
    *json = NULL;
    return status;
}

/* Opens directory/name; *json is NULL when there is no such file. */
static gaze_status open_json(gaze_json **json, const char *directory, const char *name, gaze_json_type type,
                             gaze_error *err) {
    gaze_file file;
    *json = NULL;
    char *path = gaze_path_join(directory, name);
    if (!path) return gaze_fail_memory(err);
    gaze_status status = gaze_file_open_optional(&file, path, GAZE_FILE_READ, MAX_FILE_SIZE, err);
    if (!status && file.data && (status = parse_value(json, &file, type, err)))
        gaze_fail_prefix(err, status, "%s", path);
    gaze_file_close(&file);
    gaze_free(path);
    return status;
}

/* *found (may be NULL) tells whether there is such a file; without it nothing is done. */
static gaze_status read_file(gaze_sentence_settings *settings, const char *directory, const char *name,
                             gaze_sentence_reader *read, bool *found, gaze_error *err) {
    gaze_json *json;
    gaze_status status = open_json(&json, directory, name, GAZE_JSON_OBJECT, err);
    if (found) *found = json != NULL;
    if (!json) return status;
    if ((status = read(settings, gaze_json_root(json), err)))
        gaze_fail_prefix(err, status, "%s/%s", directory, name);
    gaze_json_free(json);
    return status;
}

/* The file has had a name for each kind of model. */
static gaze_status read_transformer_file(gaze_sentence_settings *settings, const char *directory,
                                         gaze_error *err) {
    static const char *const names[] = {"sentence_bert_config.json",       "sentence_roberta_config.json",
                                        "sentence_distilbert_config.json", "sentence_camembert_config.json",
                                        "sentence_albert_config.json",     "sentence_xlm-roberta_config.json",
                                        "sentence_xlnet_config.json"};
    bool found = false;
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < sizeof names / sizeof *names && !found && !status; i++)
        status = read_file(settings, directory, names[i], gaze_sentence_read_transformer, &found, err);
    return status;
}

/* modules.json ---------------------------------------------------------------------------------------- */

/* One step of the list. */
typedef struct module {
    const char *name; /* of its class: what stands behind the last point of "type" */
    size_t length;
    char *directory; /* where its files are */
} module;

/* A folder of the model, never one outside. */
static bool is_inside(const gaze_json_value *path) {
    const char *at = path->as.text, *end = at + path->length;
    if (memchr(at, '\0', path->length) || (at < end && *at == '/')) return false;
    for (const char *next; at < end; at = next + 1) {
        next = memchr(at, '/', (size_t)(end - at));
        if (!next) next = end;
        if (next - at == 2 && memcmp(at, "..", 2) == 0) return false;
    }
    return true;
}

/* directory/path, in new memory; NULL: out of memory. */
static char *folder_of(const char *directory, const gaze_json_value *path) {
    if (path->length == 0) return gaze_copy_string(directory, strlen(directory));
    char *name = gaze_copy_string(path->as.text, path->length);
    char *folder = name ? gaze_path_join(directory, name) : NULL;
    gaze_free(name);
    return folder;
}

static gaze_status open_module(module *m, const char *directory, const gaze_json_value *value,
                               gaze_error *err) {
    static const char library[] = "sentence_transformers.";
    const gaze_json_value *type = gaze_json_get(value, "type"), *path = gaze_json_get(value, "path");
    *m = (module){0};
    if (!type || type->type != GAZE_JSON_STRING || !path || path->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA,
                         "%s, expected an object with the strings \"type\" and \"path\"",
                         gaze_json_kind(value));
    if (type->length < strlen(library) || memcmp(type->as.text, library, strlen(library)) != 0)
        return gaze_sentence_refuse(err, GAZE_ERROR_UNSUPPORTED, "type", type,
                                    "a module of sentence_transformers");
    if (!is_inside(path))
        return gaze_sentence_refuse(err, GAZE_ERROR_CONFIG, "path", path, "a folder of the model");
    for (m->name = type->as.text + type->length; m->name[-1] != '.'; m->name--) m->length++;
    m->directory = folder_of(directory, path);
    return m->directory ? GAZE_OK : gaze_fail_memory(err);
}

static bool is_class(const module *m, const char *name) {
    return m->length == strlen(name) && memcmp(m->name, name, m->length) == 0;
}

/* The Transformer comes first, the Pooling second; behind them a Normalize, or a Dropout, which does nothing
 * outside training. */
static gaze_status check_module(const module *m, size_t index, gaze_error *err) {
    static const char *const expected[] = {"Transformer", "Pooling", "Normalize"};
    const char *name = expected[index < 2 ? index : 2];
    if (is_class(m, name) || (index > 1 && is_class(m, "Dropout"))) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "module %zu is a %.*s, expected a %s", index,
                     gaze_quoted(m->length), m->name, name);
}

static gaze_status read_pooling_file(gaze_sentence_settings *settings, const char *directory,
                                     gaze_error *err) {
    bool found;
    gaze_status status =
        read_file(settings, directory, "config.json", gaze_sentence_read_pooling, &found, err);
    if (!status && !found) status = gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: no config.json", directory);
    return status;
}

/* What the files of the step set. */
static gaze_status read_module(gaze_sentence_settings *settings, module *m, gaze_error *err) {
    if (is_class(m, "Transformer")) {
        settings->transformer = m->directory;
        m->directory = NULL;
        return read_transformer_file(settings, settings->transformer, err);
    }
    if (is_class(m, "Pooling")) return read_pooling_file(settings, m->directory, err);
    if (!is_class(m, "Normalize")) return GAZE_OK;
    settings->normalize = true;
    return read_file(settings, m->directory, "config.json", gaze_sentence_read_normalize, NULL, err);
}

/* The index-th entry of modules.json, and the files that it names. */
static gaze_status take_module(gaze_sentence_settings *settings, const char *directory,
                               const gaze_json_value *value, size_t index, gaze_error *err) {
    module m = {0};
    gaze_status status = open_module(&m, directory, value, err);
    if (!status) status = check_module(&m, index, err);
    if (status)
        gaze_fail_prefix(err, status, "%s/modules.json", directory);
    else
        status = read_module(settings, &m, err);
    gaze_free(m.directory);
    return status;
}

static gaze_status read_modules(gaze_sentence_settings *settings, const char *directory,
                                const gaze_json_value *list, gaze_error *err) {
    gaze_status status = GAZE_OK;
    size_t index = 0;
    if (list->count < 2)
        return gaze_fail(err, GAZE_ERROR_CONFIG,
                         "%s/modules.json: %u modules, expected a Transformer and a Pooling", directory,
                         (unsigned)list->count);
    for (const gaze_json_value *value = gaze_json_first(list); value && !status; value = value->next)
        status = take_module(settings, directory, value, index++, err);
    return status;
}

/* All of it ------------------------------------------------------------------------------------------- */

static gaze_status set_directory(gaze_sentence_settings *settings, const char *directory, gaze_error *err) {
    settings->transformer = gaze_copy_string(directory, strlen(directory));
    return settings->transformer ? GAZE_OK : gaze_fail_memory(err);
}

/* Without modules.json. */
static gaze_status set_default(gaze_sentence_settings *settings, const char *directory, gaze_error *err) {
    settings->poolings[settings->pooling_count++] = GAZE_POOLING_MEAN;
    return set_directory(settings, directory, err);
}

static gaze_status read_all(gaze_sentence_settings *settings, const char *directory, gaze_error *err) {
    gaze_json *modules;
    gaze_status status = open_json(&modules, directory, "modules.json", GAZE_JSON_ARRAY, err);
    if (!status && !modules) status = set_default(settings, directory, err);
    if (!status && modules) {
        status = read_file(settings, directory, "config_sentence_transformers.json",
                           gaze_sentence_read_prompts, NULL, err);
        if (!status) status = read_modules(settings, directory, gaze_json_root(modules), err);
    }
    gaze_json_free(modules);
    if (status) return status;
    return read_file(settings, settings->transformer, "tokenizer_config.json", gaze_sentence_read_tokenizer,
                     NULL, err);
}

gaze_status gaze_sentence_modules_read(gaze_sentence_settings *settings, const char *directory,
                                       gaze_error *err) {
    *settings = (gaze_sentence_settings){0};
    gaze_status status = read_all(settings, directory, err);
    if (status) gaze_sentence_settings_deinit(settings);
    return status;
}

/* Cross-encoders -------------------------------------------------------------------------------------- */

/* One module, a Transformer. */
static gaze_status read_only_module(gaze_sentence_settings *settings, const char *directory,
                                    const gaze_json_value *list, gaze_error *err) {
    if (list->count == 1) return take_module(settings, directory, gaze_json_first(list), 0, err);
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "%s/modules.json: %u modules, expected a Transformer alone",
                     directory, (unsigned)list->count);
}

/* Whether the directory was saved as one. */
static gaze_status is_cross_encoder(bool *is, const char *directory, gaze_error *err) {
    gaze_json *json;
    gaze_status status =
        open_json(&json, directory, "config_sentence_transformers.json", GAZE_JSON_OBJECT, err);
    const gaze_json_value *type = json ? gaze_json_get(gaze_json_root(json), "model_type") : NULL;
    *is = type && gaze_json_equals(type, "CrossEncoder");
    gaze_json_free(json);
    return status;
}

static gaze_status read_cross(gaze_sentence_settings *settings, const char *directory, gaze_error *err) {
    gaze_json *modules;
    bool is = false;
    gaze_status status = open_json(&modules, directory, "modules.json", GAZE_JSON_ARRAY, err);
    if (!status && modules) status = is_cross_encoder(&is, directory, err);
    if (!status && is)
        status = read_file(settings, directory, "config_sentence_transformers.json",
                           gaze_sentence_read_prompts, NULL, err);
    if (!status && is) status = read_only_module(settings, directory, gaze_json_root(modules), err);
    if (!status && !is) status = set_directory(settings, directory, err);
    gaze_json_free(modules);
    if (status) return status;
    return read_file(settings, settings->transformer, "tokenizer_config.json", gaze_sentence_read_tokenizer,
                     NULL, err);
}

gaze_status gaze_sentence_modules_read_cross(gaze_sentence_settings *settings, const char *directory,
                                             gaze_error *err) {
    *settings = (gaze_sentence_settings){.cross_encoder = true};
    gaze_status status = read_cross(settings, directory, err);
    if (status) gaze_sentence_settings_deinit(settings);
    return status;
}
