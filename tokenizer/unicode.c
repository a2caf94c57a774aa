/* Lowercase, decomposition and composition: searches in the generated tables, and Hangul by rule.
 *
 * Hangul syllables (Unicode Standard, section 3.12) are laid out as L x V x T:
 *     syllable = 0xAC00 + (l * 21 + v) * 28 + t,   l < 19, v < 21, t < 28 (0: no final consonant)
 */
#include "tokenizer/unicode.h"

enum {
    S_BASE = 0xAC00,
    L_BASE = 0x1100,
    V_BASE = 0x1161,
    T_BASE = 0x11A7,
    L_COUNT = 19,
    V_COUNT = 21,
    T_COUNT = 28,
    S_COUNT = L_COUNT * V_COUNT * T_COUNT
};

static bool is_hangul_syllable(uint32_t c) {
    return c >= S_BASE && c < S_BASE + S_COUNT;
}

/* The first run whose end is not before c; `count` when there is none. */
static size_t find_lowercase_run(uint32_t c) {
    size_t low = 0, high = gaze_unicode_lowercase_run_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (gaze_unicode_lowercase_runs[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t gaze_unicode_lowercase(uint32_t c, uint32_t out[2]) {
    out[0] = c;
    if (!gaze_unicode_is(c, GAZE_UNICODE_LOWERS)) return 1;
    if (c == 0x130) { /* I with dot above: i, and the dot as a mark of its own */
        out[0] = 'i';
        out[1] = 0x307;
        return 2;
    }
    const gaze_lowercase_run *run = &gaze_unicode_lowercase_runs[find_lowercase_run(c)];
    out[0] = (uint32_t)((int32_t)c + run->delta);
    return 1;
}

static size_t decompose_hangul(uint32_t c, uint32_t out[GAZE_MAX_DECOMPOSITION]) {
    uint32_t s = c - S_BASE;
    out[0] = L_BASE + s / (V_COUNT * T_COUNT);
    out[1] = V_BASE + s / T_COUNT % V_COUNT;
    out[2] = T_BASE + s % T_COUNT;
    return s % T_COUNT ? 3 : 2;
}

/* c is one of the keys. */
static size_t decompose_by_table(const gaze_decompositions *table, uint32_t c, uint32_t *out) {
    size_t low = 0, high = table->count;
    while (low + 1 < high) {
        size_t middle = (low + high) / 2;
        if (table->keys[middle] <= c)
            low = middle;
        else
            high = middle;
    }
    size_t start = table->starts[low], length = table->starts[low + 1] - start;
    for (size_t i = 0; i < length; i++) out[i] = table->pool[start + i];
    return length;
}

size_t gaze_unicode_decompose(uint32_t c, gaze_decomposition kind, uint32_t out[GAZE_MAX_DECOMPOSITION]) {
    unsigned properties = gaze_unicode_properties(c);
    if (is_hangul_syllable(c)) return decompose_hangul(c, out);
    if (kind == GAZE_COMPATIBILITY && properties & GAZE_UNICODE_DECOMPOSES_COMPAT)
        return decompose_by_table(&gaze_unicode_compatibility, c, out);
    if (properties & GAZE_UNICODE_DECOMPOSES) return decompose_by_table(&gaze_unicode_canonical, c, out);
    out[0] = c;
    return 1;
}

unsigned gaze_unicode_combining_class(uint32_t c) {
    if (!gaze_unicode_is(c, GAZE_UNICODE_HAS_CLASS)) return 0;
    size_t low = 0, high = gaze_unicode_class_run_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (gaze_unicode_class_runs[middle].last < c)
            low = middle + 1;
        else
            high = middle;
    }
    return gaze_unicode_class_runs[low].combining_class;
}

/* L + V, or LV + T. 0 when the two are not of that kind. */
static uint32_t compose_hangul(uint32_t first, uint32_t second) {
    if (first - L_BASE < L_COUNT && second - V_BASE < V_COUNT)
        return S_BASE + ((first - L_BASE) * V_COUNT + (second - V_BASE)) * T_COUNT;
    if (is_hangul_syllable(first) && (first - S_BASE) % T_COUNT == 0 && second > T_BASE &&
        second < T_BASE + T_COUNT)
        return first + (second - T_BASE);
    return 0;
}

uint32_t gaze_unicode_compose(uint32_t first, uint32_t second) {
    if (!gaze_unicode_is(second, GAZE_UNICODE_COMPOSES_BACK)) return 0;
    size_t low = 0, high = gaze_unicode_composition_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const gaze_composition *pair = &gaze_unicode_compositions[middle];
        if (pair->first == first && pair->second == second) return pair->composed;
        if (pair->first < first || (pair->first == first && pair->second < second))
            low = middle + 1;
        else
            high = middle;
    }
    return compose_hangul(first, second);
}
