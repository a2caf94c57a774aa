/* Paths: what they lead to, joining them, listing a directory. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/file.h"
#include "core/base/memory.h"
#include "core/base/system.h"

static gaze_path_kind path_kind(mode_t mode) {
    if (S_ISREG(mode)) return GAZE_PATH_FILE;
    return S_ISDIR(mode) ? GAZE_PATH_DIRECTORY : GAZE_PATH_OTHER;
}

/* What lies beyond the years 1677 to 2262 is as early or as late as 64 bits can say. */
static int64_t nanoseconds(const struct timespec *time) {
    const int64_t second = 1000000000, most = INT64_MAX / second - 1;
    int64_t seconds = time->tv_sec;
    if (seconds > most) seconds = most;
    if (seconds < -most) seconds = -most;
    return seconds * second + time->tv_nsec;
}

gaze_status gaze_path_look(gaze_path_info *info, const char *path, gaze_error *err) {
    struct stat found;
    *info = (gaze_path_info){0};
    if (gaze_system->stat(path, &found) != 0)
        return errno == ENOENT || errno == ENOTDIR ? GAZE_OK : gaze_system_fail(err, path, "look at it");
    info->kind = path_kind(found.st_mode);
    info->modified = nanoseconds(&found.st_mtim);
    return GAZE_OK;
}

char *gaze_path_join(const char *directory, const char *name) {
    size_t first = strlen(directory), second = strlen(name), size;
    bool slash = first > 0 && directory[first - 1] != '/';
    if (!gaze_size_add(first, second, &size) || !gaze_size_add(size, 2, &size)) return NULL;
    char *path = gaze_alloc(size, 1);
    if (path) snprintf(path, size, "%s%s%s", directory, slash ? "/" : "", name);
    return path;
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All entries of an open directory except "." and "..", copied into the arena. */
static gaze_status collect_names(DIR *directory, const char *path, gaze_arena *arena, char ***names,
                                 size_t *count, gaze_error *err) {
    size_t capacity = 0;
    for (;;) {
        errno = 0;
        const struct dirent *entry = gaze_system->readdir(directory);
        if (!entry) return errno ? gaze_system_fail(err, path, "list") : GAZE_OK;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 32;
            char **grown = gaze_realloc(*names, capacity, sizeof *grown);
            if (!grown) return gaze_fail_memory(err);
            *names = grown;
        }
        char *name = gaze_arena_copy_string(arena, entry->d_name, strlen(entry->d_name));
        if (!name) return gaze_fail_memory(err);
        (*names)[(*count)++] = name;
    }
}

gaze_status gaze_directory_list(const char *path, gaze_directory_visitor *visit, void *context,
                                gaze_error *err) {
    gaze_arena arena = {0};
    char **names = NULL;
    size_t count = 0;
    DIR *directory = gaze_system->opendir(path);
    if (!directory) return gaze_system_fail(err, path, "open");
    gaze_status status = collect_names(directory, path, &arena, &names, &count, err);
    gaze_system->closedir(directory);
    if (!status && count) {
        qsort(names, count, sizeof *names, by_name);
        for (size_t i = 0; i < count && visit(context, names[i]); i++) continue;
    }
    gaze_free(names);
    gaze_arena_deinit(&arena);
    return status;
}
