/* The rules GB3 to GB999 of Unicode Standard Annex 29 (Unicode 17.0). No rule looks back beyond the beginning of
 * the cluster, so a cluster's end depends on nothing before it. */
#include "tokenizer/grapheme.h"

#include <stdbool.h>

gaze_grapheme_class gaze_grapheme_class_of(uint32_t c) {
    size_t low = 0, high = gaze_grapheme_run_count;
    if (c >= ' ' && c < 0x7F) return GAZE_GRAPHEME_OTHER;
    if (c >= 0xAC00 && c < 0xAC00 + 11172) return (c - 0xAC00) % 28 ? GAZE_GRAPHEME_LVT : GAZE_GRAPHEME_LV;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (gaze_grapheme_runs[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    const bool found = low < gaze_grapheme_run_count && gaze_grapheme_runs[low].first <= c;
    return found ? gaze_grapheme_runs[low].kind : GAZE_GRAPHEME_OTHER;
}

/* What was seen of a cluster so far. */
typedef struct cluster {
    gaze_grapheme_class last;
    bool conjunct;   /* it ends in: consonant, then marks that may stand in a conjunct */
    bool linked;     /* and a linker is among them */
    bool pictograph; /* it ends in: pictograph, then marks */
    bool joined;     /* and then a zero width joiner */
    bool half_flag;  /* it ends in an odd number of regional indicators */
} cluster;

static bool is_mark(gaze_grapheme_class kind) {
    return kind == GAZE_GRAPHEME_EXTEND || kind == GAZE_GRAPHEME_JOINED_EXTEND ||
           kind == GAZE_GRAPHEME_LINKER;
}

static bool is_control(gaze_grapheme_class kind) {
    return kind == GAZE_GRAPHEME_CR || kind == GAZE_GRAPHEME_LF || kind == GAZE_GRAPHEME_CONTROL;
}

static void take(cluster *c, gaze_grapheme_class kind) {
    const bool in_conjunct =
        kind == GAZE_GRAPHEME_JOINED_EXTEND || kind == GAZE_GRAPHEME_LINKER || kind == GAZE_GRAPHEME_ZWJ;
    c->linked = c->conjunct && in_conjunct && (c->linked || kind == GAZE_GRAPHEME_LINKER);
    c->conjunct = kind == GAZE_GRAPHEME_CONSONANT || (c->conjunct && in_conjunct);
    c->joined = c->pictograph && kind == GAZE_GRAPHEME_ZWJ;
    c->pictograph = kind == GAZE_GRAPHEME_PICTOGRAPH || (c->pictograph && is_mark(kind));
    c->half_flag = kind == GAZE_GRAPHEME_REGIONAL_INDICATOR && !c->half_flag;
    c->last = kind;
}

/* GB6 to GB8. */
static bool is_hangul(gaze_grapheme_class last, gaze_grapheme_class kind) {
    const bool vowel = kind == GAZE_GRAPHEME_V, trailing = kind == GAZE_GRAPHEME_T;
    switch (last) {
    case GAZE_GRAPHEME_L:
        return kind == GAZE_GRAPHEME_L || vowel || kind == GAZE_GRAPHEME_LV || kind == GAZE_GRAPHEME_LVT;
    case GAZE_GRAPHEME_LV:
    case GAZE_GRAPHEME_V: return vowel || trailing;
    case GAZE_GRAPHEME_LVT:
    case GAZE_GRAPHEME_T: return trailing;
    default: return false;
    }
}

/* Whether there is no boundary between the cluster and a char of this class. */
static bool continues(const cluster *c, gaze_grapheme_class kind) {
    if (c->last == GAZE_GRAPHEME_CR && kind == GAZE_GRAPHEME_LF) return true;                /* GB3 */
    if (is_control(c->last) || is_control(kind)) return false;                               /* GB4, GB5 */
    if (is_mark(kind) || kind == GAZE_GRAPHEME_ZWJ) return true;                             /* GB9 */
    if (kind == GAZE_GRAPHEME_SPACING_MARK || c->last == GAZE_GRAPHEME_PREPEND) return true; /* GB9a, GB9b */
    if (kind == GAZE_GRAPHEME_CONSONANT) return c->linked;                                   /* GB9c */
    if (kind == GAZE_GRAPHEME_PICTOGRAPH) return c->joined;                                  /* GB11 */
    if (kind == GAZE_GRAPHEME_REGIONAL_INDICATOR) return c->half_flag;                       /* GB12, GB13 */
    return is_hangul(c->last, kind);
}

size_t gaze_grapheme_end(const gaze_char *chars, size_t count, size_t at) {
    cluster c = {0};
    take(&c, gaze_grapheme_class_of(chars[at].code_point));
    for (at++; at < count; at++) {
        const gaze_grapheme_class kind = gaze_grapheme_class_of(chars[at].code_point);
        if (!continues(&c, kind)) break;
        take(&c, kind);
    }
    return at;
}
