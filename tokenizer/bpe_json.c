/* A directory of old with byte-level BPE: vocab.json and merges.txt instead of tokenizer.json.
 *
 * As for vocab.txt (bert_json.c), this file writes the tokenizer.json that transformers would save
 * (convert_slow_tokenizer.py: GPT2Converter, RobertaConverter, Qwen2Converter), and hands it on.
 *
 *     vocab.json                 {"token": id, ...}
 *     merges.txt                 line i, comments not counted, is the merge of rank i: two tokens and a space
 *     tokenizer_config.json      tokenizer_class, add_prefix_space (default false), added_tokens_decoder,
 *     special_tokens_map.json    bos_token, eos_token, unk_token, ...
 */
#include "tokenizer/internal.h"

#include <string.h>

#include "core/base/utf8.h"
#include "tokenizer/text_lines.h"
#include "tokenizer/word_patterns.h"

typedef enum family { GPT2, ROBERTA, QWEN2, FAMILY_COUNT } family;

static const struct {
    const char *name;
    family family;
} classes[] = {
    {"GPT2Tokenizer", GPT2},           {"GPT2TokenizerFast", GPT2},      {"RobertaTokenizer", ROBERTA},
    {"RobertaTokenizerFast", ROBERTA}, {"LongformerTokenizer", ROBERTA}, {"LongformerTokenizerFast", ROBERTA},
    {"BartTokenizer", ROBERTA},        {"BartTokenizerFast", ROBERTA},   {"Qwen2Tokenizer", QWEN2},
    {"Qwen2TokenizerFast", QWEN2},
};

/* The special tokens that have a name, and how each family usually spells them; NULL: it has none. */
enum { BOS, EOS, UNK, SEP, PAD, CLS, MASK, SPECIAL_COUNT };
static const struct {
    const char *key, *usual[FAMILY_COUNT];
} specials[SPECIAL_COUNT] = {
    [BOS] = {"bos_token", {"<|endoftext|>", "<s>", NULL}},
    [EOS] = {"eos_token", {"<|endoftext|>", "</s>", "<|endoftext|>"}},
    [UNK] = {"unk_token", {"<|endoftext|>", "<unk>", NULL}},
    [SEP] = {"sep_token", {NULL, "</s>", NULL}},
    [PAD] = {"pad_token", {NULL, "<pad>", "<|endoftext|>"}},
    [CLS] = {"cls_token", {NULL, "<s>", NULL}},
    [MASK] = {"mask_token", {NULL, "<mask>", NULL}},
};

/* What is written, and what it is made of. */
typedef struct writer {
    gaze_buffer *out;
    const gaze_json_value *vocab, *config, *map;
    family family;
    bool add_prefix_space;
} writer;

/* Reading --------------------------------------------------------------------------------------------- */

/* The id of a token in vocab.json; NULL when it is not there. */
static const gaze_json_value *find_id(const gaze_json_value *vocab, gaze_string token) {
    for (const gaze_json_value *key = gaze_json_first(vocab); key; key = gaze_json_next_key(key))
        if (key->length == token.length && memcmp(key->as.text, token.text, token.length) == 0)
            return key->next;
    return NULL;
}

/* By the class; without one, a vocabulary with <s> and </s> is RoBERTa's. */
static gaze_status find_family(writer *w, gaze_error *err) {
    const gaze_json_value *class = gaze_json_get(w->config, "tokenizer_class");
    if (!class || class->type != GAZE_JSON_STRING) {
        const bool wrapped = gaze_json_get(w->vocab, "<s>") && gaze_json_get(w->vocab, "</s>");
        w->family = wrapped ? ROBERTA : GPT2;
        return GAZE_OK;
    }
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (!gaze_json_equals(class, classes[i].name)) continue;
        w->family = classes[i].family;
        return GAZE_OK;
    }
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "tokenizer_config.json: '%.*s' without a tokenizer.json: save it with transformers, "
                     "save_pretrained writes one",
                     GAZE_QUOTED(class), class->as.text);
}

/* How this model spells a special token; text NULL: it has none. */
static gaze_string spelling(const writer *w, size_t i) {
    const gaze_json_value *token = gaze_named_token(w->config, specials[i].key);
    const char *usual = specials[i].usual[w->family];
    if (!token) token = gaze_named_token(w->map, specials[i].key);
    if (token) return (gaze_string){token->as.text, token->length};
    return (gaze_string){usual, usual ? strlen(usual) : 0};
}

static gaze_status check_special(const writer *w, size_t i, const gaze_json_value **id, gaze_error *err) {
    const gaze_string token = spelling(w, i);
    *id = find_id(w->vocab, token);
    if (*id && (*id)->type == GAZE_JSON_NUMBER) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "vocab.json: the %s '%.*s' is missing", specials[i].key,
                     GAZE_QUOTED(&token), token.text);
}

/* Writing --------------------------------------------------------------------------------------------- */

static void put_string(gaze_buffer *out, gaze_string string) {
    gaze_buffer_put_json_string(out, string.text, string.length);
}

static const char *word_of(bool value) {
    return value ? "true" : "false";
}

/* A flag of an entry that may say nothing about it, or be no object at all. */
static void put_flag(writer *w, const char *key, const gaze_json_value *entry, bool usual) {
    bool value = usual;
    gaze_json_bool(gaze_json_get(entry, key), &value);
    gaze_buffer_printf(w->out, ",\"%s\":%s", key, word_of(value));
}

/* `entry` may be an object with the flags, a string, or NULL. */
static void put_added_token(writer *w, bool *comma, gaze_string content, const gaze_json_value *entry,
                            bool lstrip, bool special) {
    gaze_buffer_puts(w->out, *comma ? ",{\"content\":" : "{\"content\":");
    *comma = true;
    put_string(w->out, content);
    put_flag(w, "single_word", entry, false);
    put_flag(w, "lstrip", entry, lstrip);
    put_flag(w, "rstrip", entry, false);
    put_flag(w, "normalized", entry, false);
    put_flag(w, "special", entry, special);
    gaze_buffer_puts(w->out, "}");
}

/* The first key of added_tokens_decoder, {"50264": {"content": "<mask>", "lstrip": true, ...}, ...}. */
static const gaze_json_value *first_listed(const writer *w) {
    const gaze_json_value *list = gaze_json_get(w->config, "added_tokens_decoder");
    return list && list->type == GAZE_JSON_OBJECT ? gaze_json_first(list) : NULL;
}

/* Whether it has the token. */
static bool is_listed(const writer *w, gaze_string content) {
    for (const gaze_json_value *key = first_listed(w); key; key = gaze_json_next_key(key)) {
        const gaze_json_value *other = gaze_json_get(key->next, "content");
        if (other && other->type == GAZE_JSON_STRING && other->length == content.length &&
            memcmp(other->as.text, content.text, content.length) == 0)
            return true;
    }
    return false;
}

/* Those of added_tokens_decoder, then the special tokens that are not among them. */
static void put_added_tokens(writer *w) {
    bool comma = false;
    gaze_buffer_puts(w->out, "\"added_tokens\":[");
    for (const gaze_json_value *key = first_listed(w); key; key = gaze_json_next_key(key)) {
        const gaze_json_value *content = gaze_json_get(key->next, "content");
        if (content && content->type == GAZE_JSON_STRING)
            put_added_token(w, &comma, (gaze_string){content->as.text, content->length}, key->next, false,
                            false);
    }
    for (size_t i = 0; i < SPECIAL_COUNT; i++) {
        const gaze_string content = spelling(w, i);
        const gaze_json_value *entry = gaze_json_get(w->config, specials[i].key);
        if (!entry) entry = gaze_json_get(w->map, specials[i].key);
        if (content.text && !is_listed(w, content))
            put_added_token(w, &comma, content, entry, i == MASK, true);
    }
    gaze_buffer_puts(w->out, "]");
}

static void put_pre_tokenizer(writer *w) {
    const char *prefix = word_of(w->add_prefix_space);
    if (w->family != QWEN2) {
        gaze_buffer_printf(w->out, ",\"pre_tokenizer\":{\"type\":\"ByteLevel\",\"add_prefix_space\":%s}",
                           prefix);
        return;
    }
    gaze_buffer_puts(w->out, ",\"normalizer\":{\"type\":\"NFC\"},\"pre_tokenizer\":{\"type\":\"Sequence\","
                             "\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":");
    put_string(w->out, (gaze_string){GAZE_QWEN2_WORDS, strlen(GAZE_QWEN2_WORDS)});
    gaze_buffer_printf(w->out,
                       "},\"behavior\":\"Isolated\",\"invert\":false},{\"type\":\"ByteLevel\","
                       "\"add_prefix_space\":%s,\"use_regex\":false}]}",
                       prefix);
}

/* {"sep": ["</s>", 2], "cls": ["<s>", 0], ...} for RoBERTa; the others add nothing and trim nothing. */
static gaze_status put_post_processor(writer *w, gaze_error *err) {
    const gaze_json_value *sep = NULL, *cls = NULL;
    if (w->family != ROBERTA) return GAZE_OK;
    gaze_status status = check_special(w, SEP, &sep, err);
    if (!status) status = check_special(w, CLS, &cls, err);
    if (status) return status;
    gaze_buffer_puts(w->out, ",\"post_processor\":{\"type\":\"RobertaProcessing\",\"sep\":[");
    put_string(w->out, spelling(w, SEP));
    gaze_buffer_printf(w->out, ",%.*s],\"cls\":[", (int)sep->length, sep->as.text);
    put_string(w->out, spelling(w, CLS));
    gaze_buffer_printf(w->out, ",%.*s],\"trim_offsets\":true,\"add_prefix_space\":%s}", (int)cls->length,
                       cls->as.text, word_of(w->add_prefix_space));
    return GAZE_OK;
}

static gaze_status put_model(writer *w, gaze_string vocab, gaze_string merges, gaze_error *err) {
    gaze_string line;
    size_t bad;
    bool comma = false;
    if (!gaze_utf8_valid(merges.text, merges.length, &bad))
        return gaze_fail_at(err, GAZE_ERROR_UTF8, bad, "merges.txt: ill-formed UTF-8 at byte %zu", bad);
    gaze_buffer_puts(w->out, ",\"decoder\":{\"type\":\"ByteLevel\"},\"model\":{\"type\":\"BPE\",\"vocab\":");
    gaze_buffer_append(w->out, vocab.text, vocab.length);
    gaze_buffer_puts(w->out, ",\"merges\":[");
    for (; gaze_next_line(&merges, &line); comma = true) {
        if (comma) gaze_buffer_putc(w->out, ',');
        put_string(w->out, line);
    }
    gaze_buffer_puts(w->out, "]}}");
    return gaze_buffer_status(w->out, err);
}

/* As transformers, GPT2Tokenizer can put a token before every text; no published model has it so. */
static gaze_status check_config(writer *w, gaze_error *err) {
    bool add_bos = false;
    gaze_json_bool(gaze_json_get(w->config, "add_prefix_space"), &w->add_prefix_space);
    gaze_json_bool(gaze_json_get(w->config, "add_bos_token"), &add_bos);
    if (!add_bos || w->family != GPT2) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "tokenizer_config.json: 'add_bos_token' is not supported");
}

gaze_status gaze_bpe_json_write(gaze_buffer *out, gaze_string vocab, gaze_string merges,
                                const gaze_json_value *config, const gaze_json_value *map, gaze_error *err) {
    gaze_json *json = NULL;
    writer w = {.out = out, .config = config, .map = map};
    gaze_status status = gaze_json_parse(&json, vocab.text, vocab.length, NULL, err);
    if (status) return gaze_fail_prefix(err, status, "vocab.json");
    w.vocab = gaze_json_root(json);
    if (w.vocab->type != GAZE_JSON_OBJECT)
        status =
            gaze_fail(err, GAZE_ERROR_SCHEMA, "vocab.json: %s, expected an object", gaze_json_kind(w.vocab));
    if (!status) status = find_family(&w, err);
    if (!status) status = check_config(&w, err);
    if (!status) {
        gaze_buffer_puts(out, "{\"version\":\"1.0\",");
        put_added_tokens(&w);
        put_pre_tokenizer(&w);
        status = put_post_processor(&w, err);
    }
    if (!status) status = put_model(&w, vocab, merges, err);
    gaze_json_free(json);
    return status;
}
