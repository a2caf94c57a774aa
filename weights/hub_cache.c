#include "weights/hub_cache.h"

#include <stdlib.h>
#include <string.h>

#include "core/base/buffer.h"
#include "core/base/file.h"
#include "core/base/memory.h"

#define MAX_NAME 193 /* "org/name" of 96 characters each, as in huggingface_hub */
#define MAX_HASH 64
#define MAX_REF  256 /* bytes of refs/main */

/* Names: what may become part of a path -------------------------------------------------------------- */

static bool is_letter_or_digit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* "name" or "org/name", as huggingface_hub allows them. A part begins with a letter or digit, and
 * no ".." or "--" (the cache's own separator) stands in it: the name cannot lead out of the cache.
 */
static bool is_hub_name(const char *name) {
    const char *slash = strchr(name, '/');
    const char *last = slash ? slash + 1 : name;
    if (strlen(name) > MAX_NAME || strstr(name, "--") || strstr(name, "..")) return false;
    for (const char *at = name; *at; at++)
        if (!is_letter_or_digit(*at) && !strchr("._-", *at) && at != slash) return false;
    return is_letter_or_digit(*name) && is_letter_or_digit(*last);
}

/* The name of a snapshot: nothing but letters and digits. */
static bool is_hash(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (!is_letter_or_digit(text[i])) return false;
    return length > 0 && length <= MAX_HASH;
}

/* Places --------------------------------------------------------------------------------------------- */

static const char *environment(const char *name) {
    const char *value = getenv(name);
    return value && *value ? value : NULL;
}

static void put_cache(gaze_buffer *path) {
    const char *cache = environment("HF_HUB_CACHE"), *home = environment("HF_HOME");
    const char *xdg = environment("XDG_CACHE_HOME"), *user = environment("HOME");
    if (cache)
        gaze_buffer_puts(path, cache);
    else if (home)
        gaze_buffer_printf(path, "%s/hub", home);
    else if (xdg)
        gaze_buffer_printf(path, "%s/huggingface/hub", xdg);
    else
        gaze_buffer_printf(path, "%s/.cache/huggingface/hub", user ? user : "");
}

/* "CACHE/models--org--name" */
static void put_repository(gaze_buffer *path, const char *name) {
    const char *slash = strchr(name, '/');
    put_cache(path);
    gaze_buffer_puts(path, "/models--");
    if (slash) gaze_buffer_printf(path, "%.*s--", (int)(slash - name), name);
    gaze_buffer_puts(path, slash ? slash + 1 : name);
}

/* Snapshots ------------------------------------------------------------------------------------------ */

typedef struct search {
    gaze_buffer path;   /* "REPOSITORY/snapshots/" and the name of the snapshot that is looked at */
    size_t base;        /* bytes of path before the name */
    gaze_buffer chosen; /* a name; empty when nothing was found */
    int64_t time;       /* when it was modified */
} search;

/* Points the path to a snapshot; false when there is none of that name. */
static bool go_to(search *s, const char *name) {
    s->path.length = s->base;
    gaze_buffer_puts(&s->path, name);
    return !s->path.failed && is_hash(name, strlen(name)) && gaze_path_is_directory(s->path.data);
}

static bool keep_newest(void *context, const char *name) {
    search *s = context;
    int64_t time;
    if (!go_to(s, name) || !gaze_path_modified(s->path.data, &time)) return true;
    if (s->chosen.length && time <= s->time) return true;
    gaze_buffer_clear(&s->chosen);
    gaze_buffer_puts(&s->chosen, name);
    s->time = time;
    return true;
}

/* Chooses the snapshot that refs/main names, when the file and the snapshot are there. */
static gaze_status choose_main(search *s, const char *repository, gaze_error *err) {
    gaze_file file = {0};
    gaze_status status = GAZE_OK;
    char *path = gaze_path_join(repository, "refs/main");
    if (!path) return gaze_fail_memory(err);
    if (gaze_path_is_file(path)) status = gaze_file_open(&file, path, GAZE_FILE_READ, MAX_REF, err);
    size_t length = file.size;
    while (length > 0 && (file.data[length - 1] == '\n' || file.data[length - 1] == '\r')) length--;
    gaze_buffer_append(&s->chosen, file.data, length);
    if (length && !s->chosen.failed && !go_to(s, s->chosen.data)) gaze_buffer_clear(&s->chosen);
    gaze_file_close(&file);
    gaze_free(path);
    return status;
}

/* Leaves `chosen` empty when the repository has no snapshot. */
static gaze_status choose(search *s, const char *repository, gaze_error *err) {
    gaze_buffer_printf(&s->path, "%s/snapshots/", repository);
    gaze_status status = gaze_buffer_status(&s->path, err);
    if (status || !gaze_path_is_directory(s->path.data)) return status;
    s->base = s->path.length;
    status = choose_main(s, repository, err);
    if (!status && !s->chosen.length) status = gaze_directory_list(s->path.data, keep_newest, s, err);
    if (!status) status = gaze_buffer_status(&s->chosen, err);
    if (!status && s->chosen.length) go_to(s, s->chosen.data);
    return status ? status : gaze_buffer_status(&s->path, err);
}

static gaze_status refuse_unknown(const char *name, gaze_error *err) {
    gaze_buffer cache = {0};
    put_cache(&cache);
    gaze_status status = gaze_buffer_status(&cache, err);
    if (!status)
        status = gaze_fail(err, GAZE_ERROR_NOT_FOUND,
                           "%s: no such directory, and no such model in the Hugging Face cache %s "
                           "(`hf download %s` gets it)",
                           name, cache.data, name);
    gaze_buffer_deinit(&cache);
    return status;
}

gaze_status gaze_hub_find(char **out, const char *name, gaze_error *err) {
    gaze_buffer repository = {0};
    search s = {0};
    *out = NULL;
    if (!is_hub_name(name)) return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: no such directory", name);
    put_repository(&repository, name);
    gaze_status status = gaze_buffer_status(&repository, err);
    if (!status) status = choose(&s, repository.data, err);
    if (!status && !s.chosen.length) status = refuse_unknown(name, err);
    if (!status) {
        *out = gaze_copy_string(s.path.data, s.path.length);
        if (!*out) status = gaze_fail_memory(err);
    }
    gaze_buffer_deinit(&s.chosen);
    gaze_buffer_deinit(&s.path);
    gaze_buffer_deinit(&repository);
    return status;
}
