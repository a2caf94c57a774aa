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

/* "name" or "org/name", as huggingface_hub allows them. A part begins with a letter or digit, and no ".."
 * or "--" (the cache's own separator) stands in it: the name cannot lead out of the cache. */
static bool is_hub_name(const char *name) {
    const char *slash = strchr(name, '/');
    const char *last = slash ? slash + 1 : name;
    if (strlen(name) > MAX_NAME || strstr(name, "--") || strstr(name, "..")) return false;
    for (const char *at = name; *at; at++)
        if (!is_letter_or_digit(*at) && !strchr("._-", *at) && at != slash) return false;
    return is_letter_or_digit(*name) && is_letter_or_digit(*last);
}

/* The name of a snapshot: nothing but letters and digits. */
static bool is_hash(const char *text) {
    size_t length = 0;
    while (is_letter_or_digit(text[length])) length++;
    return length > 0 && length <= MAX_HASH && text[length] == '\0';
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
    const char *snapshots; /* the directory that holds them */
    char *chosen;          /* the path of one, owned; NULL while there is none */
    int64_t modified;      /* when */
    gaze_status status;
    gaze_error *err;
} search;

/* Takes the snapshot of that name when there is one, and it is newer than the one taken before. */
static gaze_status consider(search *s, const char *name) {
    gaze_path_info info;
    if (!is_hash(name)) return GAZE_OK;
    char *path = gaze_path_join(s->snapshots, name);
    if (!path) return gaze_fail_memory(s->err);
    gaze_status status = gaze_path_look(&info, path, s->err);
    if (status || info.kind != GAZE_PATH_DIRECTORY || (s->chosen && info.modified <= s->modified)) {
        gaze_free(path);
        return status;
    }
    gaze_free(s->chosen);
    s->chosen = path;
    s->modified = info.modified;
    return GAZE_OK;
}

static bool keep_newest(void *context, const char *name) {
    search *s = context;
    s->status = consider(s, name);
    return s->status == GAZE_OK;
}

static gaze_status choose_newest(search *s) {
    gaze_status status = gaze_directory_list(s->snapshots, keep_newest, s, s->err);
    return status ? status : s->status;
}

/* Chooses the snapshot that refs/main names, when the file and the snapshot are there. */
static gaze_status choose_main(search *s, const char *repository) {
    gaze_file file = {0};
    char *path = gaze_path_join(repository, "refs/main"), *name = NULL;
    if (!path) return gaze_fail_memory(s->err);
    gaze_status status = gaze_file_open_optional(&file, path, GAZE_FILE_READ, MAX_REF, s->err);
    size_t length = file.size;
    while (length > 0 && (file.data[length - 1] == '\n' || file.data[length - 1] == '\r')) length--;
    if (!status) {
        name = gaze_copy_string((const char *)file.data, length);
        status = name ? consider(s, name) : gaze_fail_memory(s->err);
    }
    gaze_file_close(&file);
    gaze_free(name);
    gaze_free(path);
    return status;
}

/* Sets *out to the path of a snapshot, or to NULL when the repository has none. */
static gaze_status choose(char **out, const char *repository, gaze_error *err) {
    gaze_path_info info;
    char *snapshots = gaze_path_join(repository, "snapshots");
    search s = {.snapshots = snapshots, .err = err};
    if (!snapshots) return gaze_fail_memory(err);
    gaze_status status = gaze_path_look(&info, snapshots, err);
    if (!status && info.kind == GAZE_PATH_DIRECTORY) {
        status = choose_main(&s, repository);
        if (!status && !s.chosen) status = choose_newest(&s);
    }
    if (status)
        gaze_free(s.chosen);
    else
        *out = s.chosen;
    gaze_free(snapshots);
    return status;
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
    *out = NULL;
    if (!is_hub_name(name)) return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "%s: no such directory", name);
    put_repository(&repository, name);
    gaze_status status = gaze_buffer_status(&repository, err);
    if (!status) status = choose(out, repository.data, err);
    if (!status && !*out) status = refuse_unknown(name, err);
    gaze_buffer_deinit(&repository);
    return status;
}
