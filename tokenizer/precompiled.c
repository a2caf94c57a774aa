/* Precompiled (Hugging Face tokenizers, normalizers/precompiled.rs).
 *
 *     for every extended grapheme cluster:
 *         if it has fewer than 6 bytes and a rule:  it becomes the rule's replacement, as a whole
 *         else for each of its chars:               with a rule the replacement, otherwise itself
 *
 * The shortest rule counts even when the cluster is longer: with a rule for k, the cluster k U+0301 becomes
 * that of k, and the accent is lost.
 */
#include "tokenizer/precompiled.h"

#include "core/base/utf8.h"
#include "tokenizer/changes.h"
#include "tokenizer/grapheme.h"

#define LONGEST_CLUSTER 5 /* bytes that are looked up as a whole */

/* The text while it is written. */
typedef struct writer {
    const gaze_charsmap *map;
    gaze_changes changes;
    bool modified; /* a rule was used */
} writer;

/* `old_count` chars become the replacement. Where it is longer, its last chars count as inserted; where it is
 * shorter, the last char written so far swallows the rest. When there is none yet, the deletion is lost and
 * all that follows is aligned too far left. The library does so. */
static bool replace(writer *w, size_t old_count, gaze_string new) {
    const size_t new_count = gaze_utf8_count(new.text, new.length);
    size_t written = 0;
    w->modified = true;
    for (size_t at = 0; at < new.length; written++) {
        uint32_t c;
        at += gaze_utf8_decode(new.text + at, new.length - at, &c, NULL);
        if (!gaze_changes_push(&w->changes, c, written >= old_count)) return false;
    }
    if (new_count < old_count && w->changes.count)
        w->changes.items[w->changes.count - 1].change -= (int32_t)(old_count - new_count);
    return true;
}

static bool write_char(writer *w, const gaze_char *c) {
    char utf8[4];
    gaze_string new;
    if (gaze_charsmap_find(w->map, utf8, gaze_utf8_encode(c->code_point, utf8), &new))
        return replace(w, 1, new);
    return gaze_changes_push(&w->changes, c->code_point, 0);
}

/* The UTF-8 of a cluster; 0 when it is longer than those that are looked up. */
static size_t encode_short(char utf8[LONGEST_CLUSTER + 3], const gaze_char *chars, size_t count) {
    size_t length = 0;
    for (size_t i = 0; i < count && length <= LONGEST_CLUSTER; i++) {
        if (length > LONGEST_CLUSTER - 1) return 0;
        length += gaze_utf8_encode(chars[i].code_point, utf8 + length);
    }
    return length <= LONGEST_CLUSTER ? length : 0;
}

static bool write_cluster(writer *w, const gaze_char *chars, size_t count) {
    char utf8[LONGEST_CLUSTER + 3];
    gaze_string new;
    const size_t length = encode_short(utf8, chars, count);
    if (length && gaze_charsmap_find(w->map, utf8, length, &new)) return replace(w, count, new);
    for (size_t i = 0; i < count; i++)
        if (!write_char(w, &chars[i])) return false;
    return true;
}

gaze_status gaze_precompiled_normalize(const gaze_charsmap *map, gaze_normalized *text, gaze_error *err) {
    writer w = {.map = map};
    gaze_status status = GAZE_OK;
    for (size_t at = 0, end; at < text->count && !status; at = end) {
        end = gaze_grapheme_end(text->chars, text->count, at);
        if (!write_cluster(&w, text->chars + at, end - at)) status = gaze_fail_memory(err);
    }
    if (!status && w.modified)
        status = gaze_normalized_transform(text, w.changes.items, w.changes.count, err);
    gaze_free(w.changes.items);
    return status;
}
