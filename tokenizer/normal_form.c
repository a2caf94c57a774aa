/* Normal forms (Unicode Standard Annex 15) as the Rust crate unicode-normalization-alignments has them.
 *
 *     decompose   every char into its full decomposition: the first char has change 0, the others 1
 *     reorder     each run of non-starters stably by combining class; changes travel along, so after a
 *                 reordering the alignment goes by position and not by origin. The library does so.
 *     compose     from left to right, each char with the last starter where nothing blocks it; a composed
 *                 char has the change f1 + f2 - 1 of its two parts
 *
 *     q U+0307 U+0323  ->  q U+0323 U+0307  (classes 230, 220)
 */
#include "tokenizer/normal_form.h"

#include <string.h>

#include "tokenizer/changes.h"

/* Whether the form could change anything. Most texts are spared the work: below U+00C0 no char has any of
 * these properties. */
static bool needs_work(const gaze_normalized *text, gaze_decomposition kind, bool compose) {
    unsigned properties = GAZE_UNICODE_DECOMPOSES | GAZE_UNICODE_HAS_CLASS;
    if (kind == GAZE_COMPATIBILITY) properties |= GAZE_UNICODE_DECOMPOSES_COMPAT;
    if (compose) properties |= GAZE_UNICODE_COMPOSES_BACK;
    for (size_t i = 0; i < text->count; i++) {
        uint32_t c = text->chars[i].code_point;
        if (c >= 0x80 && gaze_unicode_is(c, properties)) return true;
    }
    return false;
}

static bool decompose(gaze_changes *list, const gaze_normalized *text, gaze_decomposition kind) {
    uint32_t parts[GAZE_MAX_DECOMPOSITION];
    for (size_t i = 0; i < text->count; i++) {
        size_t count = gaze_unicode_decompose(text->chars[i].code_point, kind, parts);
        for (size_t k = 0; k < count; k++)
            if (!gaze_changes_push(list, parts[k], k > 0)) return false;
    }
    return true;
}

/* Counting sort by combining class: stable, and linear however many marks stand on one letter. */
static void sort_marks(gaze_change *marks, gaze_change *scratch, size_t count) {
    size_t starts[257] = {0};
    memcpy(scratch, marks, count * sizeof *marks);
    for (size_t i = 0; i < count; i++) starts[gaze_unicode_combining_class(scratch[i].code_point) + 1]++;
    for (size_t class = 1; class < 257; class++) starts[class] += starts[class - 1];
    for (size_t i = 0; i < count; i++)
        marks[starts[gaze_unicode_combining_class(scratch[i].code_point)]++] = scratch[i];
}

/* The end of the run of non-starters from `at`, and whether their classes are out of order. */
static size_t find_run(const gaze_changes *list, size_t at, bool *unordered) {
    unsigned last = 0, class;
    *unordered = false;
    for (; at < list->count && (class = gaze_unicode_combining_class(list->items[at].code_point)); at++) {
        if (class < last) *unordered = true;
        last = class;
    }
    return at;
}

static bool reorder(gaze_changes *list) {
    gaze_change *scratch = NULL;
    for (size_t at = 0; at < list->count; at++) {
        bool unordered;
        size_t end = find_run(list, at, &unordered);
        if (unordered && !scratch) scratch = gaze_alloc(list->count, sizeof *scratch);
        if (unordered && !scratch) return false;
        if (unordered) sort_marks(list->items + at, scratch, end - at);
        at = end; /* a starter, or the end */
    }
    gaze_free(scratch);
    return true;
}

/* In place: what is written never overtakes what is read. */
static void compose_in_place(gaze_changes *list) {
    gaze_change *out = list->items;
    size_t count = 0, starter = SIZE_MAX; /* no starter yet: leading marks pass through */
    unsigned last = 0;                    /* class of the char before, 0 when that is the starter */
    for (size_t i = 0; i < list->count; i++) {
        gaze_change c = list->items[i];
        unsigned class = gaze_unicode_combining_class(c.code_point);
        bool blocked = starter == SIZE_MAX || (count - 1 > starter && last >= class);
        uint32_t composed = blocked ? 0 : gaze_unicode_compose(out[starter].code_point, c.code_point);
        if (composed) {
            out[starter] = (gaze_change){composed, out[starter].change + c.change - 1};
            continue;
        }
        if (class == 0) starter = count;
        last = class;
        out[count++] = c;
    }
    list->count = count;
}

gaze_status gaze_normal_form(gaze_normalized *text, gaze_decomposition kind, bool compose, gaze_error *err) {
    gaze_changes list = {0};
    if (!needs_work(text, kind, compose)) return GAZE_OK;
    gaze_status status;
    if (decompose(&list, text, kind) && reorder(&list)) {
        if (compose) compose_in_place(&list);
        status = gaze_normalized_transform(text, list.items, list.count, err);
    } else {
        status = gaze_fail_memory(err);
    }
    gaze_free(list.items);
    return status;
}
