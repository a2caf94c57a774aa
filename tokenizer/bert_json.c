/* A directory of old: vocab.txt and tokenizer_config.json instead of tokenizer.json.
 *
 * What transformers does with one (convert_slow_tokenizer.py: BertConverter) is to build the components by
 * rule, and to save them as a tokenizer.json. So do we: this file writes that tokenizer.json, and there is
 * one road into the tokenizer.
 *
 *     vocab.txt                  line i is the token with id i; nothing is trimmed
 *     tokenizer_config.json      do_lower_case (default true), tokenize_chinese_chars (true),
 *     special_tokens_map.json    strip_accents (null), cls_token ([CLS]), sep_token, ...
 */
#include "tokenizer/internal.h"

#include <string.h>

#include "core/base/utf8.h"
#include "tokenizer/text_lines.h"

/* The classes whose tokenizer is BERT's. Others with a vocab.txt split or wrap the text in another way. */
static const char *const bert_classes[] = {
    "BertTokenizer",      "BertTokenizerFast",      "DistilBertTokenizer",  "DistilBertTokenizerFast",
    "ElectraTokenizer",   "ElectraTokenizerFast",   "MobileBertTokenizer",  "MobileBertTokenizerFast",
    "ConvBertTokenizer",  "ConvBertTokenizerFast",  "SqueezeBertTokenizer", "SqueezeBertTokenizerFast",
    "RetriBertTokenizer", "RetriBertTokenizerFast", "LxmertTokenizer",      "LxmertTokenizerFast",
    "RealmTokenizer",     "RealmTokenizerFast",     "LayoutLMTokenizer",    "LayoutLMTokenizerFast",
};

/* The special tokens, in the order of their ids in BERT's own vocabularies. */
enum { PAD, UNK, CLS, SEP, MASK, SPECIAL_COUNT };
static const struct {
    const char *key, *usual;
    bool required; /* must stand in vocab.txt; the others are added to the vocabulary if need be */
} specials[SPECIAL_COUNT] = {
    [PAD] = {"pad_token", "[PAD]", false},    [UNK] = {"unk_token", "[UNK]", true},
    [CLS] = {"cls_token", "[CLS]", true},     [SEP] = {"sep_token", "[SEP]", true},
    [MASK] = {"mask_token", "[MASK]", false},
};

/* What is written, and what it is made of. */
typedef struct writer {
    gaze_buffer *out;
    gaze_string vocab; /* vocab.txt */
    const gaze_json_value *config, *map;
    gaze_string tokens[SPECIAL_COUNT];
    size_t ids[SPECIAL_COUNT]; /* SIZE_MAX: not in the vocabulary */
} writer;

static bool equal(gaze_string a, gaze_string b) {
    return a.length == b.length && memcmp(a.text, b.text, a.length) == 0;
}

/* Reading --------------------------------------------------------------------------------------------- */

static gaze_status check_class(const gaze_json_value *config, gaze_error *err) {
    const gaze_json_value *class = gaze_json_get(config, "tokenizer_class");
    if (!class || class->type != GAZE_JSON_STRING) return GAZE_OK;
    for (size_t i = 0; i < sizeof bert_classes / sizeof *bert_classes; i++)
        if (gaze_json_equals(class, bert_classes[i])) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED,
                     "tokenizer_config.json: '%.*s' without a tokenizer.json: save it with transformers, "
                     "save_pretrained writes one",
                     GAZE_QUOTED(class), class->as.text);
}

static void find_special_names(writer *w) {
    for (size_t i = 0; i < SPECIAL_COUNT; i++) {
        const gaze_json_value *token = gaze_named_token(w->config, specials[i].key);
        if (!token) token = gaze_named_token(w->map, specials[i].key);
        w->tokens[i] = token ? (gaze_string){token->as.text, token->length}
                             : (gaze_string){specials[i].usual, strlen(specials[i].usual)};
        w->ids[i] = SIZE_MAX;
    }
}

/* The line number of each; of a token that stands twice, the last one counts. */
static gaze_status find_special_ids(writer *w, gaze_error *err) {
    gaze_string rest = w->vocab, line;
    for (size_t id = 0; gaze_next_line(&rest, &line); id++)
        for (size_t i = 0; i < SPECIAL_COUNT; i++)
            if (equal(line, w->tokens[i])) w->ids[i] = id;
    for (size_t i = 0; i < SPECIAL_COUNT; i++)
        if (specials[i].required && w->ids[i] == SIZE_MAX)
            return gaze_fail(err, GAZE_ERROR_NOT_FOUND, "vocab.txt: the %s '%.*s' is missing",
                             specials[i].key, GAZE_QUOTED(&w->tokens[i]), w->tokens[i].text);
    return GAZE_OK;
}

static gaze_status check_vocab(gaze_string vocab, gaze_error *err) {
    size_t bad;
    if (!vocab.length) return gaze_fail(err, GAZE_ERROR_FORMAT, "vocab.txt is empty");
    if (gaze_utf8_valid(vocab.text, vocab.length, &bad)) return GAZE_OK;
    return gaze_fail_at(err, GAZE_ERROR_UTF8, bad, "vocab.txt: ill-formed UTF-8 at byte %zu", bad);
}

/* Writing --------------------------------------------------------------------------------------------- */

static void put_string(gaze_buffer *out, gaze_string string) {
    gaze_buffer_put_json_string(out, string.text, string.length);
}

/* A switch of tokenizer_config.json: true, false, or what stands for "absent". */
static void put_switch(writer *w, const char *name, const char *key, const char *usual) {
    bool on;
    bool given = gaze_json_bool(gaze_json_get(w->config, key), &on);
    gaze_buffer_printf(w->out, ",\"%s\":%s", name, !given ? usual : on ? "true" : "false");
}

static void put_added_tokens(writer *w) {
    gaze_buffer_puts(w->out, "\"added_tokens\":[");
    for (size_t i = 0; i < SPECIAL_COUNT; i++) {
        gaze_buffer_puts(w->out, i ? ",{\"content\":" : "{\"content\":");
        put_string(w->out, w->tokens[i]);
        gaze_buffer_puts(w->out, ",\"single_word\":false,\"lstrip\":false,\"rstrip\":false,"
                                 "\"normalized\":false,\"special\":true}");
    }
    gaze_buffer_puts(w->out, "]");
}

static void put_normalizer(writer *w) {
    gaze_buffer_puts(w->out, ",\"normalizer\":{\"type\":\"BertNormalizer\",\"clean_text\":true");
    put_switch(w, "handle_chinese_chars", "tokenize_chinese_chars", "true");
    put_switch(w, "strip_accents", "strip_accents", "null");
    put_switch(w, "lowercase", "do_lower_case", "true");
    gaze_buffer_puts(w->out, "}");
}

/* {"sep": ["[SEP]", 102], "cls": ["[CLS]", 101]} means the same as the template that transformers writes. */
static void put_post_processor(writer *w) {
    gaze_buffer_puts(w->out, ",\"post_processor\":{\"type\":\"BertProcessing\",\"sep\":[");
    put_string(w->out, w->tokens[SEP]);
    gaze_buffer_printf(w->out, ",%zu],\"cls\":[", w->ids[SEP]);
    put_string(w->out, w->tokens[CLS]);
    gaze_buffer_printf(w->out, ",%zu]}", w->ids[CLS]);
}

static void put_model(writer *w) {
    gaze_string rest = w->vocab, line;
    gaze_buffer_puts(w->out, ",\"model\":{\"type\":\"WordPiece\",\"continuing_subword_prefix\":\"##\","
                             "\"max_input_chars_per_word\":100,\"unk_token\":");
    put_string(w->out, w->tokens[UNK]);
    gaze_buffer_puts(w->out, ",\"vocab\":{");
    for (size_t id = 0; gaze_next_line(&rest, &line); id++) {
        if (id) gaze_buffer_putc(w->out, ',');
        put_string(w->out, line);
        gaze_buffer_printf(w->out, ":%zu", id);
    }
    gaze_buffer_puts(w->out, "}}");
}

gaze_status gaze_bert_json_write(gaze_buffer *out, gaze_string vocab, const gaze_json_value *config,
                                 const gaze_json_value *map, gaze_error *err) {
    writer w = {.out = out, .vocab = vocab, .config = config, .map = map};
    gaze_status status = check_vocab(vocab, err);
    if (!status) status = check_class(config, err);
    if (status) return status;
    find_special_names(&w);
    if ((status = find_special_ids(&w, err))) return status;
    gaze_buffer_puts(out, "{\"version\":\"1.0\",");
    put_added_tokens(&w);
    put_normalizer(&w);
    gaze_buffer_puts(out, ",\"pre_tokenizer\":{\"type\":\"BertPreTokenizer\"}");
    put_post_processor(&w);
    gaze_buffer_puts(out, ",\"decoder\":{\"type\":\"WordPiece\",\"prefix\":\"##\",\"cleanup\":true}");
    put_model(&w);
    gaze_buffer_puts(out, "}");
    return gaze_buffer_status(out, err);
}
