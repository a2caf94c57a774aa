/* Opening and closing a tokenizer, and what can be asked of it beside encoding. */
#include "tokenizer/internal.h"

#include <string.h>

#include "core/base/file.h"

#define MAX_FILE_SIZE ((size_t)64 << 20) /* bytes; the largest tokenizer.json known has 34 MB */

/* From memory ----------------------------------------------------------------------------------------- */

const gaze_json_value *gaze_named_token(const gaze_json_value *config, const char *key) {
    const gaze_json_value *token = gaze_json_get(config, key);
    const gaze_json_value *content = gaze_json_get(token, "content");
    if (content) token = content;
    return token && token->type == GAZE_JSON_STRING ? token : NULL;
}

/* Parses one of the small files; *out is NULL when there is none. */
static gaze_status parse_config(gaze_json **out, const char *text, size_t size, const char *name,
                                gaze_error *err) {
    *out = NULL;
    gaze_status status = text ? gaze_json_parse(out, text, size, NULL, err) : GAZE_OK;
    return status ? gaze_fail_prefix(err, status, "%s", name) : GAZE_OK;
}

/* Files of old, as the tokenizer.json that they stand for. */
static gaze_status read_old_files(gaze_tokenizer *t, const gaze_tokenizer_files *f,
                                  const gaze_json_value *config, const gaze_json_value *map,
                                  gaze_error *err) {
    gaze_buffer json = {0};
    const gaze_string vocab_txt = {f->vocab_txt, f->vocab_txt_size};
    const gaze_string vocab_json = {f->vocab_json, f->vocab_json_size};
    const gaze_string merges_txt = {f->merges_txt, f->merges_txt_size};
    gaze_status status = vocab_txt.text
                             ? gaze_bert_json_write(&json, vocab_txt, config, map, err)
                             : gaze_bpe_json_write(&json, vocab_json, merges_txt, config, map, err);
    if (!status && (status = gaze_tokenizer_read_json(t, json.data, json.length, err)))
        gaze_fail_prefix(err, status, vocab_txt.text ? "vocab.txt" : "vocab.json and merges.txt");
    gaze_buffer_deinit(&json);
    return status;
}

static gaze_status read_files(gaze_tokenizer *t, const gaze_tokenizer_files *files,
                              const gaze_json_value *config, const gaze_json_value *map, gaze_error *err) {
    gaze_status status;
    if (files->tokenizer_json) {
        status = gaze_tokenizer_read_json(t, files->tokenizer_json, files->tokenizer_json_size, err);
        if (status) gaze_fail_prefix(err, status, "tokenizer.json");
    } else if (files->vocab_txt || (files->vocab_json && files->merges_txt)) {
        status = read_old_files(t, files, config, map, err);
    } else {
        status =
            gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                      "no tokenizer: neither tokenizer.json nor vocab.txt, nor vocab.json with merges.txt");
    }
    return status ? status : gaze_settings_read(t, config, map, err);
}

/* No text is above the limit, wherever it lies. */
static gaze_status check_sizes(const gaze_tokenizer_files *f, gaze_error *err) {
    const size_t sizes[] = {f->tokenizer_json_size, f->vocab_txt_size,         f->vocab_json_size,
                            f->merges_txt_size,     f->tokenizer_config_json_size, f->special_tokens_map_json_size};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i] > MAX_FILE_SIZE)
            return gaze_fail(err, GAZE_ERROR_LIMIT, "a tokenizer's file of %zu bytes, expected at most %zu", sizes[i],
                             MAX_FILE_SIZE);
    return GAZE_OK;
}

gaze_status gaze_tokenizer_open_files(gaze_tokenizer **out, const gaze_tokenizer_files *files,
                                      gaze_error *err) {
    gaze_json *config = NULL, *map = NULL;
    *out = NULL;
    gaze_status status = check_sizes(files, err);
    if (status) return status;
    gaze_tokenizer *t = gaze_alloc_zero(1, sizeof *t);
    if (!t) return gaze_fail_memory(err);
    status = parse_config(&config, files->tokenizer_config_json,
                                      files->tokenizer_config_json_size, "tokenizer_config.json", err);
    if (!status)
        status = parse_config(&map, files->special_tokens_map_json, files->special_tokens_map_json_size,
                              "special_tokens_map.json", err);
    if (!status)
        status = read_files(t, files, config ? gaze_json_root(config) : NULL,
                            map ? gaze_json_root(map) : NULL, err);
    gaze_json_free(config);
    gaze_json_free(map);
    if (status)
        gaze_tokenizer_close(t);
    else
        *out = t;
    return status;
}

/* From a directory ------------------------------------------------------------------------------------- */

/* Opens directory/name; the file stays empty, with data NULL, when there is none. */
static gaze_status open_file(gaze_file *file, const char *directory, const char *name, gaze_error *err) {
    char *path = gaze_path_join(directory, name);
    if (!path) return gaze_fail_memory(err);
    gaze_status status = gaze_file_open_optional(file, path, GAZE_FILE_READ, MAX_FILE_SIZE, err);
    gaze_free(path);
    return status;
}

gaze_status gaze_tokenizer_open(gaze_tokenizer **out, const char *directory, gaze_error *err) {
    static const char *const names[] = {
        "tokenizer.json",         "vocab.txt", "vocab.json", "merges.txt", "tokenizer_config.json",
        "special_tokens_map.json"};
    enum { TOKENIZER, VOCAB_TXT, VOCAB_JSON, MERGES, CONFIG, MAP, COUNT };
    gaze_file files[COUNT] = {{0}};
    gaze_path_info info;
    *out = NULL;
    gaze_status status = gaze_path_look(&info, directory, err);
    if (!status && info.kind != GAZE_PATH_DIRECTORY)
        return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: no such directory", directory);
    for (size_t i = 0; i < COUNT && !status; i++) status = open_file(&files[i], directory, names[i], err);
    const gaze_tokenizer_files contents = {
        .tokenizer_json = (const char *)files[TOKENIZER].data,
        .tokenizer_json_size = files[TOKENIZER].size,
        .vocab_txt = (const char *)files[VOCAB_TXT].data,
        .vocab_txt_size = files[VOCAB_TXT].size,
        .vocab_json = (const char *)files[VOCAB_JSON].data,
        .vocab_json_size = files[VOCAB_JSON].size,
        .merges_txt = (const char *)files[MERGES].data,
        .merges_txt_size = files[MERGES].size,
        .tokenizer_config_json = (const char *)files[CONFIG].data,
        .tokenizer_config_json_size = files[CONFIG].size,
        .special_tokens_map_json = (const char *)files[MAP].data,
        .special_tokens_map_json_size = files[MAP].size,
    };
    if (!status && (status = gaze_tokenizer_open_files(out, &contents, err)))
        gaze_fail_prefix(err, status, "%s", directory);
    for (size_t i = 0; i < COUNT; i++) gaze_file_close(&files[i]);
    return status;
}

gaze_status gaze_tokenizer_lower_case(gaze_tokenizer *tokenizer, gaze_error *err) {
    return gaze_normalizers_lower_case(&tokenizer->normalizers, err);
}

void gaze_tokenizer_close(gaze_tokenizer *tokenizer) {
    if (!tokenizer) return;
    gaze_added_tokens_deinit(&tokenizer->added);
    gaze_token_model_deinit(&tokenizer->model);
    gaze_arena_deinit(&tokenizer->arena);
    gaze_free(tokenizer);
}

/* Questions ------------------------------------------------------------------------------------------- */

gaze_truncation gaze_tokenizer_truncation(const gaze_tokenizer *tokenizer) {
    return tokenizer->truncation;
}

gaze_padding gaze_tokenizer_padding(const gaze_tokenizer *tokenizer) {
    return tokenizer->padding;
}

size_t gaze_tokenizer_vocab_size(const gaze_tokenizer *tokenizer) {
    return tokenizer->added.size;
}

const char *gaze_tokenizer_id_to_token(const gaze_tokenizer *tokenizer, int32_t id, size_t *length) {
    const gaze_added_token *added = gaze_added_token_by_id(&tokenizer->added, id);
    gaze_vocabulary_entry entry = added ? (gaze_vocabulary_entry){added->content, added->length}
                                        : gaze_vocabulary_token(&tokenizer->model.vocabulary, id);
    if (length) *length = entry.length;
    return entry.string;
}

int32_t gaze_tokenizer_token_to_id(const gaze_tokenizer *tokenizer, const char *token, size_t length) {
    const gaze_added_token *added = gaze_added_token_by_content(&tokenizer->added, token, length);
    return added ? added->id : gaze_vocabulary_id(&tokenizer->model.vocabulary, token, length);
}

/* Decoding (Hugging Face tokenizers, tokenizer/mod.rs: decode) ------------------------------------------ */

/* The string that decoding starts from; text NULL: the id is left out. What is skipped is every string that
 * is the content of a special token, so that one that was normalized to something else stays. */
static gaze_string string_of(const gaze_tokenizer *t, int32_t id, bool skip_special_tokens) {
    const gaze_added_token *token = gaze_added_token_by_id(&t->added, id);
    gaze_vocabulary_entry entry = gaze_vocabulary_token(&t->model.vocabulary, id);
    gaze_string string = {entry.string, entry.length};
    if (token) string = (gaze_string){token->decoded, token->decoded_length};
    if (!string.text || !skip_special_tokens) return string;
    token = gaze_added_token_by_content(&t->added, string.text, string.length);
    return token && token->special ? (gaze_string){NULL, 0} : string;
}

gaze_status gaze_tokenizer_decode(gaze_buffer *out, const gaze_tokenizer *tokenizer, const int32_t *ids,
                                  size_t count, bool skip_special_tokens, gaze_error *err) {
    gaze_strings strings = {0};
    for (size_t i = 0; i < count; i++) {
        gaze_string string = string_of(tokenizer, ids[i], skip_special_tokens);
        if (!string.text) continue;
        gaze_buffer_append(&strings.bytes, string.text, string.length);
        gaze_strings_end(&strings);
    }
    gaze_status status = gaze_decoders_apply(out, &tokenizer->decoders, &strings, err);
    gaze_strings_deinit(&strings);
    return status;
}

gaze_status gaze_tokenizer_join(gaze_buffer *out, const gaze_tokenizer *t, const char *const *strings,
                                const size_t *lengths, size_t count, gaze_error *err) {
    gaze_strings list = {0};
    for (size_t i = 0; i < count; i++) {
        gaze_buffer_append(&list.bytes, strings[i], lengths[i]);
        gaze_strings_end(&list);
    }
    gaze_status status = gaze_decoders_apply(out, &t->decoders, &list, err);
    gaze_strings_deinit(&list);
    return status;
}
