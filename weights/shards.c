#include "weights/shards.h"

#include <string.h>

#include "core/base/memory.h"

#define MAX_FILE_NAME 255 /* bytes; what file systems allow */

/* Reading the index ---------------------------------------------------------------------------------- */

/* A name that may follow "directory/": never a path, never hidden from strlen, and of our kind. */
static bool is_bare_name(const gaze_json_value *name) {
    static const char suffix[] = ".safetensors";
    size_t length = name->length, tail = sizeof suffix - 1;
    const char *text = name->as.text;
    if (length <= tail || length > MAX_FILE_NAME) return false; /* "." and ".." are too short */
    if (memchr(text, '/', length) || memchr(text, '\\', length) || memchr(text, '\0', length)) return false;
    return memcmp(text + length - tail, suffix, tail) == 0;
}

/* The index of a file in the list; appends it when it is new. `known` maps names to indices. */
static gaze_status find_or_add(gaze_shard_index *index, gaze_strmap *known, const gaze_json_value *name,
                               int32_t *file, gaze_error *err) {
    if (gaze_strmap_get(known, name->as.text, name->length, file)) return GAZE_OK;
    if (!is_bare_name(name))
        return gaze_fail_at(err, GAZE_ERROR_NAME, name->offset,
                            "shard '%.*s', expected the name of a .safetensors file, without a directory",
                            gaze_quoted(name->length), name->as.text);
    if (index->files.count == GAZE_SHARDS_MAX_FILES)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "more than %u shards", GAZE_SHARDS_MAX_FILES);
    *file = (int32_t)index->files.count;
    gaze_status status = gaze_text_list_add(&index->files, name->as.text, name->length, err);
    if (status) return status;
    return gaze_strmap_set(known, name->as.text, name->length, *file, NULL) ? GAZE_OK : gaze_fail_memory(err);
}

static gaze_status add_tensor(gaze_shard_index *index, gaze_strmap *known, const gaze_json_value *key,
                              gaze_error *err) {
    int32_t file = 0;
    bool twice = false;
    if (key->next->type != GAZE_JSON_STRING)
        return gaze_fail_at(err, GAZE_ERROR_SCHEMA, key->next->offset,
                            "weight_map: %s, expected the names of files", gaze_json_kind(key->next));
    gaze_status status = find_or_add(index, known, key->next, &file, err);
    if (status) return status;
    if (!gaze_strmap_set(&index->tensors, key->as.text, key->length, file, &twice))
        return gaze_fail_memory(err);
    if (twice)
        return gaze_fail_at(err, GAZE_ERROR_DUPLICATE, key->offset, "weight_map: tensor '%.*s' stands twice",
                            gaze_quoted(key->length), key->as.text);
    return GAZE_OK;
}

static gaze_status read_map(gaze_shard_index *index, const gaze_json_value *root, gaze_error *err) {
    const gaze_json_value *map = gaze_json_get(root, "weight_map");
    gaze_strmap known = {0};
    gaze_status status = GAZE_OK;
    if (!map || map->type != GAZE_JSON_OBJECT)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "weight_map: %s, expected an object", gaze_json_kind(map));
    for (const gaze_json_value *key = gaze_json_first(map); key && !status; key = gaze_json_next_key(key))
        status = add_tensor(index, &known, key, err);
    gaze_strmap_deinit(&known);
    return status;
}

gaze_status gaze_shard_index_parse(gaze_shard_index *index, const char *text, size_t length,
                                   gaze_error *err) {
    *index = (gaze_shard_index){0};
    if (length > GAZE_SHARDS_MAX_INDEX)
        return gaze_fail(err, GAZE_ERROR_LIMIT, "%zu bytes, expected at most %zu", length,
                         GAZE_SHARDS_MAX_INDEX);
    gaze_status status = gaze_json_parse(&index->json, text, length, NULL, err);
    if (!status) {
        const gaze_json_value *root = gaze_json_root(index->json);
        const gaze_json_value *total = gaze_json_get(gaze_json_get(root, "metadata"), "total_size");
        index->has_total_size = gaze_json_uint64(total, &index->total_size);
        status = read_map(index, root, err);
    }
    if (status) gaze_shard_index_deinit(index);
    return status;
}

void gaze_shard_index_deinit(gaze_shard_index *index) {
    gaze_text_list_deinit(&index->files);
    gaze_strmap_deinit(&index->tensors);
    gaze_json_free(index->json);
    *index = (gaze_shard_index){0};
}

/* Comparing it with the shards ----------------------------------------------------------------------- */

static gaze_status check_tensor(const gaze_shard_index *index, const gaze_model_tensor *t, gaze_error *err) {
    int32_t file;
    if (!gaze_strmap_get(&index->tensors, t->name, strlen(t->name), &file))
        return gaze_fail(err, GAZE_ERROR_FORMAT, "tensor '%s' of %s is not listed", t->name, t->file);
    if (strcmp(index->files.items[file], t->file) != 0)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "tensor '%s' is listed for %s, but stands in %s", t->name,
                         index->files.items[file], t->file);
    return GAZE_OK;
}

gaze_status gaze_shard_index_check(const gaze_shard_index *index, const gaze_weight_files *files,
                                   gaze_error *err) {
    const gaze_json_value *map = gaze_json_get(gaze_json_root(index->json), "weight_map");
    gaze_status status = GAZE_OK;
    for (size_t i = 0; i < files->tensor_count && !status; i++)
        status = check_tensor(index, &files->tensors[i], err);
    for (const gaze_json_value *key = gaze_json_first(map); key && !status; key = gaze_json_next_key(key))
        if (!gaze_weight_files_find(files, key->as.text, key->length))
            status = gaze_fail(err, GAZE_ERROR_NOT_FOUND, "tensor '%.*s' is listed for %.*s, which lacks it",
                               gaze_quoted(key->length), key->as.text,
                               gaze_quoted(key->next->length), key->next->as.text);
    return status;
}
