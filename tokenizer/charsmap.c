/* (The crate spm_precompiled, and darts-clone.) Positions are checked: the file may say anything. */
#include "tokenizer/charsmap.h"

#include <string.h>

#include "core/base/bytes.h"
#include "core/base/utf8.h"

/* Base64 (RFC 4648, section 4) --------------------------------------------------------------------- */

static int base64_digit(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

/* Decodes four digits at a time into `out`, which has room for 3 bytes each. SIZE_MAX: not base64. */
static size_t decode_base64(unsigned char *out, const char *text, size_t length) {
    size_t count = 0, padding = 0;
    while (padding < 2 && padding < length && text[length - 1 - padding] == '=') padding++;
    if (length % 4) return SIZE_MAX;
    for (size_t at = 0; at < length; at += 4) {
        uint32_t bits = 0;
        for (size_t k = at; k < at + 4; k++) {
            const int digit = k < length - padding ? base64_digit(text[k]) : 0;
            if (digit < 0) return SIZE_MAX;
            bits = bits << 6 | (uint32_t)digit;
        }
        for (int shift = 16; shift >= 0; shift -= 8) out[count++] = (unsigned char)(bits >> shift);
    }
    return count - padding;
}

/* The trie -------------------------------------------------------------------------------------------- */

static uint32_t label(uint32_t unit) {
    return unit & 0x800000FF;
}

static bool has_leaf(uint32_t unit) {
    return unit >> 8 & 1;
}

static uint32_t offset(uint32_t unit) {
    return unit >> 10 << ((unit & 0x200) >> 6);
}

static uint32_t value(uint32_t unit) {
    return unit & 0x7FFFFFFF;
}

/* 0 beyond the end, which no path goes through: its label is 0. */
static uint32_t unit_at(const gaze_charsmap *map, size_t at) {
    return at < map->unit_count ? gaze_load_u32(map->units + 4 * at) : 0;
}

/* The value of the shortest key that `key` begins with. */
static bool find_shortest(const gaze_charsmap *map, const char *key, size_t length, uint32_t *found) {
    uint32_t node = offset(unit_at(map, 0));
    for (size_t i = 0; i < length && key[i]; i++) {
        node ^= (unsigned char)key[i];
        const uint32_t unit = unit_at(map, node);
        if (label(unit) != (unsigned char)key[i]) return false;
        node ^= offset(unit);
        if (!has_leaf(unit)) continue;
        *found = value(unit_at(map, node));
        return true;
    }
    return false;
}

bool gaze_charsmap_find(const gaze_charsmap *map, const char *key, size_t length, gaze_string *replacement) {
    uint32_t at;
    if (!find_shortest(map, key, length, &at) || at >= map->replacements.length) return false;
    const char *text = map->replacements.text + at;
    const char *end = memchr(text, '\0', map->replacements.length - at);
    *replacement = (gaze_string){text, end ? (size_t)(end - text) : map->replacements.length - at};
    return true;
}

gaze_status gaze_charsmap_read(gaze_charsmap *map, gaze_arena *arena, const gaze_json_value *base64,
                               gaze_error *err) {
    size_t bad;
    if (!base64 || base64->type != GAZE_JSON_STRING)
        return gaze_fail(err, GAZE_ERROR_SCHEMA, "'precompiled_charsmap' is %s, expected a string",
                         gaze_json_kind(base64));
    unsigned char *bytes = gaze_arena_alloc(arena, base64->length / 4 + 1, 3);
    if (!bytes) return gaze_fail_memory(err);
    const size_t size = decode_base64(bytes, base64->as.text, base64->length);
    if (size == SIZE_MAX || size < 4)
        return gaze_fail(err, GAZE_ERROR_FORMAT, "'precompiled_charsmap' is not base64, or has no size");
    const uint32_t trie_size = gaze_load_u32(bytes);
    if (trie_size > size - 4 || trie_size % 4)
        return gaze_fail(err, GAZE_ERROR_FORMAT,
                         "'precompiled_charsmap': a trie of %lu bytes in %zu, expected words that fit in",
                         (unsigned long)trie_size, size - 4);
    const char *text = (const char *)bytes + 4 + trie_size;
    *map = (gaze_charsmap){bytes + 4, trie_size / 4, {text, size - 4 - trie_size}};
    if (gaze_utf8_valid(map->replacements.text, map->replacements.length, &bad)) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UTF8,
                     "'precompiled_charsmap': ill-formed UTF-8 at byte %zu of the replacements", bad);
}
