/* tokenizer/grapheme, charsmap and precompiled: clusters by hand, rules by hand, damaged maps. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/bytes.h"
#include "core/base/memory.h"
#include "tests/support/component.h"
#include "tokenizer/charsmap.h"
#include "tokenizer/grapheme.h"
#include "viz/png.h"

/* Clusters -------------------------------------------------------------------------------------------- */

#define ACUTE  "\xCC\x81"
#define ZWJ    "\xE2\x80\x8D"
#define ZWNJ   "\xE2\x80\x8C"
#define MAN    "\xF0\x9F\x91\xA8"
#define TONE   "\xF0\x9F\x8F\xBD"
#define D      "\xF0\x9F\x87\xA9" /* regional indicators */
#define E      "\xF0\x9F\x87\xAA"
#define KA     "\xE0\xA4\x95"
#define SSA    "\xE0\xA4\xB7"
#define VIRAMA "\xE0\xA5\x8D"
#define AA     "\xE0\xA4\xBE" /* a spacing mark */
#define JAMO_L "\xE1\x84\x80"
#define JAMO_V "\xE1\x85\xA1"
#define JAMO_T "\xE1\x86\xA8"
#define GA     "\xEA\xB0\x80" /* a syllable of two, */
#define GAG    "\xEA\xB0\x81" /* and of three */
#define NUMBER "\xD8\x80"     /* Arabic number sign: goes before */

/* Joins the clusters of the text with bars. */
static void expect_clusters(const char *text, const char *want) {
    gaze_normalized chars = {0};
    gaze_buffer out = {0};
    uint32_t *byte_at;
    assert_int_equal(gaze_normalized_decode(&chars, &byte_at, text, strlen(text), NULL), GAZE_OK);
    for (size_t at = 0, end; at < chars.count; at = end) {
        end = gaze_grapheme_end(chars.chars, chars.count, at);
        if (at > 0) gaze_buffer_putc(&out, '|');
        gaze_chars_encode(&out, chars.chars + at, end - at);
    }
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
    gaze_normalized_deinit(&chars);
    gaze_free(byte_at);
}

static void marks_and_controls(void **state) {
    (void)state;
    expect_clusters("e" ACUTE ACUTE "a", "e" ACUTE ACUTE "|a");        /* GB9 */
    expect_clusters(ACUTE "a", ACUTE "|a");                            /* GB999 */
    expect_clusters("\r\n\n\r" ACUTE, "\r\n|\n|\r|" ACUTE);            /* GB3, GB4 */
    expect_clusters("a\xE2\x80\x8B" ACUTE, "a|\xE2\x80\x8B|" ACUTE);   /* U+200B is a control */
    expect_clusters(KA AA "a", KA AA "|a");                            /* GB9a */
    expect_clusters(NUMBER "1" NUMBER "\n", NUMBER "1|" NUMBER "|\n"); /* GB9b, GB5 */
}

static void hangul(void **state) {
    (void)state;
    expect_clusters(JAMO_L JAMO_V JAMO_T, JAMO_L JAMO_V JAMO_T);
    expect_clusters(JAMO_L JAMO_L GA JAMO_V JAMO_T JAMO_T, JAMO_L JAMO_L GA JAMO_V JAMO_T JAMO_T);
    expect_clusters(GAG JAMO_T GAG JAMO_V, GAG JAMO_T "|" GAG "|" JAMO_V);
    expect_clusters(JAMO_V JAMO_L, JAMO_V "|" JAMO_L);
    expect_clusters(JAMO_T JAMO_V, JAMO_T "|" JAMO_V);
}

static void emoji_and_flags(void **state) {
    (void)state;
    expect_clusters(MAN TONE ZWJ MAN MAN, MAN TONE ZWJ MAN "|" MAN); /* GB11 */
    expect_clusters("a" ZWJ MAN, "a" ZWJ "|" MAN);
    expect_clusters(MAN ZWJ ACUTE MAN, MAN ZWJ ACUTE "|" MAN); /* the joiner must stand last */
    expect_clusters(D E D E D, D E "|" D E "|" D);             /* GB12, GB13 */
    expect_clusters(D ACUTE E, D ACUTE "|" E);
}

static void conjuncts(void **state) {
    (void)state;
    expect_clusters(KA VIRAMA SSA KA, KA VIRAMA SSA "|" KA); /* GB9c */
    expect_clusters(KA VIRAMA ZWJ SSA, KA VIRAMA ZWJ SSA);
    expect_clusters(KA ZWJ SSA, KA ZWJ "|" SSA); /* no linker */
    expect_clusters(KA VIRAMA ZWNJ SSA, KA VIRAMA ZWNJ "|" SSA);
    expect_clusters("k" VIRAMA SSA, "k" VIRAMA "|" SSA);
}

/* Maps ------------------------------------------------------------------------------------------------ */

typedef struct rule {
    const char *key, *replacement;
} rule;

enum { NODES = 16 };

/* A trie in which node k has its children at places 256 k + byte. */
typedef struct trie {
    uint32_t units[256 * NODES];
    uint32_t nodes;
} trie;

static uint32_t base_of(uint32_t at, uint32_t unit) {
    return at ^ unit >> 10;
}

static void add_rule(trie *t, const char *key, uint32_t value) {
    uint32_t at = 0;
    for (; *key; key++) {
        const uint32_t child = base_of(at, t->units[at]) ^ (unsigned char)*key;
        if (!t->units[child]) t->units[child] = (child ^ 256 * ++t->nodes) << 10 | (unsigned char)*key;
        at = child;
    }
    t->units[base_of(at, t->units[at])] = 1u << 31 | value;
    t->units[at] |= 1 << 8;
}

/* The bytes of a map with these rules, the last of which has the key NULL. */
static void write_map(gaze_buffer *out, const rule *rules) {
    trie t = {0};
    gaze_buffer blob = {0};
    char word[4];
    t.units[0] = 256 * ++t.nodes << 10;
    for (; rules->key; rules++) {
        add_rule(&t, rules->key, (uint32_t)blob.length);
        gaze_buffer_append(&blob, rules->replacement, strlen(rules->replacement) + 1);
        assert_true(t.nodes < NODES);
    }
    gaze_store_u32(word, sizeof t.units);
    gaze_buffer_append(out, word, 4);
    for (size_t i = 0; i < 256 * NODES; i++) {
        gaze_store_u32(word, t.units[i]);
        gaze_buffer_append(out, word, 4);
    }
    gaze_buffer_append(out, blob.data, blob.length);
    gaze_buffer_deinit(&blob);
}

/* The normalizer with the map, as tokenizer.json writes it. */
static void write_component(gaze_buffer *out, const void *map, size_t size) {
    gaze_buffer_puts(out, "{\"type\":\"Precompiled\",\"precompiled_charsmap\":\"");
    gaze_base64_append(out, map, size);
    gaze_buffer_puts(out, "\"}");
}

static void expect(const rule *rules, const char *text, const char *want) {
    gaze_buffer map = {0}, json = {0};
    write_map(&map, rules);
    write_component(&json, map.data, map.length);
    expect_component(apply_normalizer_aligned, json.data, text, want);
    gaze_buffer_deinit(&json);
    gaze_buffer_deinit(&map);
}

/* The shortest rule counts, for a cluster as a whole when it has fewer than 6 bytes, else char by char. */
static void a_rule_for_k(void **state) {
    (void)state;
    const rule rules[] = {{"k", "@"}, {"k" ACUTE, "#"}, {NULL, NULL}};
    expect(rules, "ka", "@(0,1)a(1,2)");
    expect(rules, "k" ACUTE "a", "@(0,1)a(2,3)"); /* the accent is lost, and so is its rule */
    expect(rules, "k" ACUTE ACUTE "a", "@(0,1)a(3,4)");
    expect(rules, "k" ACUTE ACUTE ACUTE, "@(0,1)" ACUTE "(1,2)" ACUTE "(2,3)" ACUTE "(3,4)");
    expect(rules, "a" ACUTE, "a(0,1)" ACUTE "(1,2)");
}

static void rules_of_other_lengths(void **state) {
    (void)state;
    const rule rules[] = {{"\xC2\xBD", "1/2"}, {"\xEF\xAC\x81", "fi"}, {"\r\n", " "}, {NULL, NULL}};
    expect(rules, "a\xC2\xBDz", "a(0,1)1(1,2)/(1,2)2(1,2)z(2,3)");
    expect(rules, "\xEF\xAC\x81", "f(0,1)i(0,1)");
    expect(rules, "a\r\nb", "a(0,1) (1,2)b(3,4)"); /* two chars in, one out */
    expect(rules, "a\rb", "a(0,1)\r(1,2)b(2,3)");
    expect(rules, "", "");
}

/* A char that is deleted leaves no trace; at the beginning, all that follows is one too far to the left. */
static void deleted_chars(void **state) {
    (void)state;
    const rule rules[] = {{"\xE2\x80\x8B", ""}, {NULL, NULL}};
    expect(rules,
           "a\xE2\x80\x8B"
           "bc",
           "a(0,1)b(2,3)c(3,4)");
    expect(rules, "a\xE2\x80\x8B", "a(0,1)");
    expect(rules,
           "\xE2\x80\x8B"
           "ab",
           "a(0,1)b(1,2)");
    expect(rules, "\xE2\x80\x8B", "");
}

/* Damage ---------------------------------------------------------------------------------------------- */

static void maps_that_are_refused(void **state) {
    (void)state;
#define PRECOMPILED(map) "{\"type\":\"Precompiled\",\"precompiled_charsmap\":" map "}"
    expect_component(apply_normalizer, PRECOMPILED("7"), "",
                     "normalizer: 'precompiled_charsmap' is a number, expected a string");
    expect_component(apply_normalizer, PRECOMPILED("\"AAA\""), "",
                     "normalizer: 'precompiled_charsmap' is not base64, or has no size");
    expect_component(apply_normalizer, PRECOMPILED("\"AA-AAAAA\""), "",
                     "normalizer: 'precompiled_charsmap' is not base64, or has no size");
    expect_component(apply_normalizer, PRECOMPILED("\"AA==AAAA\""), "",
                     "normalizer: 'precompiled_charsmap' is not base64, or has no size");
    expect_component(apply_normalizer, PRECOMPILED("\"\""), "",
                     "normalizer: 'precompiled_charsmap' is not base64, or has no size");
    expect_component(
        apply_normalizer, PRECOMPILED("\"BAAAAAAA\""), "",
        "normalizer: 'precompiled_charsmap': a trie of 4 bytes in 2, expected words that fit in");
    expect_component(
        apply_normalizer, PRECOMPILED("\"AwAAAAAAAAA=\""), "",
        "normalizer: 'precompiled_charsmap': a trie of 3 bytes in 4, expected words that fit in");
    expect_component(apply_normalizer, PRECOMPILED("\"AAAAAP8=\""), "",
                     "normalizer: 'precompiled_charsmap': ill-formed UTF-8 at byte 0 of the replacements");
    expect_component(apply_normalizer, PRECOMPILED("\"AAAAAA==\""), "k", "k"); /* empty: no rule */
}

/* Any bit of the trie may be wrong: what is looked up stays inside of it. */
static void damaged_tries(void **state) {
    (void)state;
    const rule rules[] = {{"k", "@"}, {"\xC2\xBD", "1/2"}, {"\xE2\x80\x8B", ""}, {NULL, NULL}};
    uint64_t random = 9;
    gaze_buffer map = {0};
    write_map(&map, rules);
    for (int round = 0; round < 20000; round++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        const size_t at = 4 + (random >> 33) % (4 * 256 * 8);
        const char saved = map.data[at];
        const gaze_charsmap charsmap = {(const unsigned char *)map.data + 4,
                                        256 * NODES,
                                        {map.data + 4 + 4 * 256 * NODES, map.length - 4 - 4 * 256 * NODES}};
        map.data[at] = (char)(saved ^ 1 << (random >> 20) % 8);
        for (size_t i = 0; rules[i].key; i++) {
            gaze_string found = {"", 0};
            gaze_charsmap_find(&charsmap, rules[i].key, strlen(rules[i].key), &found);
            assert_true(found.length <= charsmap.replacements.length);
        }
        map.data[at] = saved;
    }
    gaze_buffer_deinit(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks_and_controls), cmocka_unit_test(hangul),
        cmocka_unit_test(emoji_and_flags),    cmocka_unit_test(conjuncts),
        cmocka_unit_test(a_rule_for_k),       cmocka_unit_test(rules_of_other_lengths),
        cmocka_unit_test(deleted_chars),      cmocka_unit_test(maps_that_are_refused),
        cmocka_unit_test(damaged_tries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
