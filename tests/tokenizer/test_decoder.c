/* tokenizer/decoder: from tokens back to text, by hand. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "core/base/memory.h"
#include "tokenizer/decoder.h"

/* Decodes `count` strings by the decoder as tokenizer.json writes it, or says why it cannot be read. */
static void expect(const char *json, const char *const *strings, size_t count, const char *want) {
    gaze_json *tree;
    gaze_arena arena = {0};
    gaze_decoders list;
    gaze_strings in = {0};
    gaze_buffer out = {0};
    gaze_error err;
    assert_int_equal(gaze_json_parse(&tree, json, strlen(json), NULL, NULL), GAZE_OK);
    for (size_t i = 0; i < count; i++) {
        gaze_buffer_puts(&in.bytes, strings[i]);
        gaze_strings_end(&in);
    }
    if (gaze_decoders_read(&list, &arena, gaze_json_root(tree), &err))
        gaze_buffer_puts(&out, err.message);
    else
        assert_int_equal(gaze_decoders_apply(&out, &list, &in, NULL), GAZE_OK);
    assert_string_equal(out.data ? out.data : "", want);
    gaze_buffer_deinit(&out);
    gaze_strings_deinit(&in);
    gaze_arena_deinit(&arena);
    gaze_json_free(tree);
}

#define EXPECT(json, want, ...)                                                                              \
    expect(json, (const char *const[]){__VA_ARGS__},                                                         \
           sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), want)

static void wordpiece(void **state) {
    (void)state;
    const char *plain = "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":false}";
    const char *clean = "{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}";
    EXPECT(plain, "unwanted , x", "un", "##want", "##ed", ",", "x");
    EXPECT(plain, "##ed##", "##ed", "####"); /* the first token as it is; one prefix of the others */
    EXPECT(clean, "unwanted, don't!", "un", "##want", "##ed", ",", "do", "n't", "!");
    EXPECT(clean, "i ' m", "i", "'", "m"); /* token by token, so that nothing is joined over two */
    EXPECT(clean, "a don't", "a", "do not");
}

static void the_others(void **state) {
    (void)state;
    EXPECT("null", "a b", "a", "b");
    EXPECT("{\"type\":\"Fuse\"}", "ab", "a", "b");
    EXPECT("{\"type\":\"BPEDecoder\",\"suffix\":\"</w>\"}", "ab c", "ab</w>", "c</w>");
    EXPECT("{\"type\":\"Strip\",\"content\":\"_\",\"start\":1,\"stop\":2}", "_aba", "__a__", "b_", "_a", "_");
    EXPECT("{\"type\":\"Replace\",\"pattern\":{\"String\":\"_\"},\"content\":\" \"}", "a b ", "a_b", "_");
    EXPECT("{\"type\":\"Sequence\",\"decoders\":[]}", "ab", "a", "b");
    EXPECT("{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"Replace\",\"pattern\":{\"String\":\"_\"},"
           "\"content\":\" \"},{\"type\":\"Fuse\"},{\"type\":\"Strip\",\"content\":\" "
           "\",\"start\":1,\"stop\":0}]}",
           "a b", "_a", "_b");
}

/* E4 B8 AD is one char; E4 alone is none, and each byte of such a run becomes U+FFFD. */
static void byte_fallback(void **state) {
    (void)state;
    const char *json = "{\"type\":\"ByteFallback\"}";
    EXPECT(json,
           "a\xE4\xB8\xAD"
           "b",
           "a", "<0xE4>", "<0xB8>", "<0xAD>", "b");
    EXPECT(json,
           "\xEF\xBF\xBD\xEF\xBF\xBD"
           "a",
           "<0xE4>", "<0xB8>", "a");
    EXPECT(json, "<0xG0>\xEF\xBF\xBD", "<0xG0>", "<0xFF>");
    EXPECT(json, "zJ", "<0x7a>", "<0x4A>"); /* both cases of a digit */
    EXPECT(json, "<0x4/><0x:4><0x@4><0x`4><0x4g>", "<0x4/>", "<0x:4>", "<0x@4>", "<0x`4>", "<0x4g>");
    EXPECT(json, "<0x41<1x41><0x411>", "<0x41", "<1x41>", "<0x411>");
    EXPECT(json, "<0x41}", "<0x41}");
}

static void nothing_to_decode(void **state) {
    (void)state;
    expect("{\"type\":\"Fuse\"}", NULL, 0, "");
    expect("null", NULL, 0, "");
}

#define FUSE            "{\"type\":\"Fuse\"}"
#define FIVE_TIMES(json) json "," json "," json "," json "," json
#define TEN_TIMES(json)  FIVE_TIMES(json) "," FIVE_TIMES(json)

static void what_is_refused(void **state) {
    (void)state;
    expect("{\"type\":\"CTC\"}", NULL, 0, "decoder: 'CTC' is not one that gaze knows");
    expect("{\"type\":\"WordPiece\",\"prefix\":\"##\"}", NULL, 0,
           "decoder: WordPiece: 'cleanup' is nothing, expected true or false");
    expect("{\"type\":\"Strip\",\"content\":\"ab\",\"start\":1,\"stop\":0}", NULL, 0,
           "decoder: Strip: 'content' is \"ab\", expected one char");
    expect("{\"type\":\"BPEDecoder\",\"suffix\":\"\"}", NULL, 0,
           "decoder: an empty 'suffix' is not supported");
    expect("{\"type\":\"Replace\",\"pattern\":{\"Regex\":\"a\"},\"content\":\"\"}", NULL, 0,
           "decoder: Replace: a regular expression is not supported");
    expect("{\"type\":\"Sequence\",\"decoders\":[" TEN_TIMES(FUSE) "," TEN_TIMES(FUSE) "," TEN_TIMES(FUSE) ","
           FUSE "," FUSE "," FUSE "]}", NULL, 0,
           "decoder: more than 32 components");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wordpiece),       cmocka_unit_test(the_others),
        cmocka_unit_test(byte_fallback),   cmocka_unit_test(nothing_to_decode),
        cmocka_unit_test(what_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
