#include "tests/support/pipelines.h"

#include "core/base/buffer.h"

static const char wordpiece[] =
    "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":false,\"lstrip\":true,\"rstrip\":true,"
    "\"normalized\":true,\"special\":true}],"
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"NFC\"},{\"type\":\"BertNormalizer\","
    "\"clean_text\":true,\"handle_chinese_chars\":true,\"lowercase\":true},{\"type\":\"Prepend\",\"prepend\":"
    "\"x\"},"
    "{\"type\":\"Replace\",\"pattern\":{\"String\":\"w\"},\"content\":\"ww\"}]},"
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"BertPreTokenizer\"},"
    "{\"type\":\"FixedLength\",\"length\":4}]},"
    "\"post_processor\":{\"sep\":[\"[SEP]\",2],\"cls\":[\"[CLS]\",1]},"
    "\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"ByteFallback\"},{\"type\":\"WordPiece\","
    "\"prefix\":\"##\",\"cleanup\":true}]},"
    "\"model\":{\"type\":\"WordPiece\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"[PAD]\":3,\"x\":4,\"#"
    "#u\":5,"
    "\"##n\":6,\"low\":7},\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\","
    "\"max_input_chars_per_word\":100}}";

static const char bpe[] =
    "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":true,\"lstrip\":true,\"rstrip\":false,"
    "\"normalized\":false,\"special\":true}],\"normalizer\":{\"type\":\"NFKC\"},"
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"Split\",\"pattern\":{\"Regex\":"
    "\"\\\\s+\"},\"behavior\":\"Isolated\",\"invert\":false},{\"type\":\"ByteLevel\",\"add_prefix_space\":"
    "true}"
    "]},"
    "\"post_processor\":{\"type\":\"Sequence\",\"processors\":[{\"type\":\"ByteLevel\",\"trim_offsets\":true,"
    "\"add_prefix_space\":true},{\"sep\":[\"[SEP]\",2],\"cls\":[\"[CLS]\",1],\"trim_offsets\":true,"
    "\"add_prefix_space\":false}]},\"decoder\":{\"type\":\"ByteLevel\"},"
    "\"model\":{\"type\":\"BPE\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"[PAD]\":3,\"n\":4,\"a\":5,"
    "\"w\":6,\"an\":7,\"aa\":8,\"aaa\":9,\"<0xC3>\":10,\"<0x89>\":11},\"merges\":[\"a n\",[\"a\",\"a\"],"
    "\"aa a\"],\"unk_token\":\"[UNK]\",\"fuse_unk\":true,\"byte_fallback\":true,\"ignore_merges\":true,"
    "\"continuing_subword_prefix\":\"\",\"end_of_word_suffix\":null,\"dropout\":null}}";

/* The map has one rule, from k to want. */
static const char unigram[] =
    "{\"added_tokens\":[{\"content\":\"<n>\",\"single_word\":false,\"lstrip\":true,\"rstrip\":true,"
    "\"normalized\":true,\"special\":false}],"
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Precompiled\","
    "\"precompiled_charsmap\":\"DAAAAACoAQBrDQAAAAAAgHdhbnQA\"},{\"type\":\"Strip\",\"strip_left\":false,"
    "\"strip_right\":true},{\"type\":\"Replace\",\"pattern\":{\"Regex\":\" "
    "{2,}\"},\"content\":\"\xE2\x96\x81\"}]},"
    "\"pre_tokenizer\":{\"type\":\"Metaspace\",\"replacement\":\"\xE2\x96\x81\",\"prepend_scheme\":\"first\"}"
    ","
    "\"decoder\":{\"type\":\"Metaspace\",\"replacement\":\"\xE2\x96\x81\",\"prepend_scheme\":\"always\"},"
    "\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"byte_fallback\":true,\"vocab\":[[\"[UNK]\",0],[\"[PAD]\","
    "0],"
    "[\"\xE2\x96\x81want\",-3],[\"w\",-2.5],[\"an\",-1e0],[\"a\",-4],[\"<0xC3>\",-9],[\"<0xA9>\",-9]]}}";

static const char word_level[] =
    "{\"truncation\":{\"direction\":\"Left\",\"max_length\":20,\"strategy\":\"LongestFirst\",\"stride\":2},"
    "\"padding\":{\"strategy\":\"BatchLongest\",\"direction\":\"Left\",\"pad_to_multiple_of\":8,\"pad_id\":3,"
    "\"pad_type_id\":0,\"pad_token\":\"[PAD]\"},\"added_tokens\":[{\"id\":0,\"content\":\"[UNK]\","
    "\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false,\"special\":true}],"
    "\"normalizer\":{\"type\":\"Sequence\",\"normalizers\":[{\"type\":\"Nmt\"},{\"type\":\"NFKD\"},"
    "{\"type\":\"StripAccents\"},{\"type\":\"Lowercase\"},{\"type\":\"ByteLevel\"}]},"
    "\"pre_tokenizer\":{\"type\":\"Sequence\",\"pretokenizers\":[{\"type\":\"WhitespaceSplit\"},{\"type\":"
    "\"Whitespace\"},"
    "{\"type\":\"Digits\",\"individual_digits\":true},{\"type\":\"Punctuation\",\"behavior\":"
    "\"MergedWithNext\"},"
    "{\"type\":\"CharDelimiterSplit\",\"delimiter\":\"k\"},{\"type\":\"Split\",\"pattern\":{\"String\":"
    "\"ow\"},"
    "\"behavior\":\"Removed\",\"invert\":false}]},"
    "\"post_processor\":{\"type\":\"Sequence\",\"processors\":[{\"type\":\"TemplateProcessing\","
    "\"single\":[{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}},{\"Sequence\":{\"id\":\"A\",\"type_id\":"
    "0}}],"
    "\"pair\":[{\"Sequence\":{\"id\":\"B\",\"type_id\":1}},{\"SpecialToken\":{\"id\":\"[CLS]\",\"type_id\":0}"
    "},"
    "{\"Sequence\":{\"id\":\"A\",\"type_id\":0}}],\"special_tokens\":{\"[CLS]\":{\"id\":\"[CLS]\",\"ids\":[1,"
    "2],"
    "\"tokens\":[\"[CLS]\",\"[SEP]\"]}}}]},"
    "\"decoder\":{\"type\":\"Sequence\",\"decoders\":[{\"type\":\"BPEDecoder\",\"suffix\":\"w\"},"
    "{\"type\":\"Replace\",\"pattern\":{\"String\":\"x\"},\"content\":\"y\"},{\"type\":\"Strip\",\"content\":"
    "\" \","
    "\"start\":1,\"stop\":1},{\"type\":\"Fuse\"}]},"
    "\"model\":{\"type\":\"WordLevel\",\"vocab\":{\"[UNK]\":0,\"[CLS]\":1,\"[SEP]\":2,\"[PAD]\":3,\"l\":4,"
    "\"x\":5},"
    "\"unk_token\":\"[UNK]\"}}";

const tokenizer_pipeline tokenizer_pipelines[] = {
    {wordpiece, sizeof wordpiece - 1},
    {bpe, sizeof bpe - 1},
    {unigram, sizeof unigram - 1},
    {word_level, sizeof word_level - 1},
};
_Static_assert(sizeof tokenizer_pipelines / sizeof *tokenizer_pipelines == TOKENIZER_PIPELINES, "one size");

gaze_status tokenizer_do_everything(const gaze_tokenizer_files *files, gaze_error *err) {
    static const char text[] =
        "Un\xC3\xA9 kant\xE4\xB8\xAD q\xCC\x87\xCC\xA3 \xC4\xB0 [MASK] low running, <n> x "
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaan";
    const gaze_encode_options options = {.truncation = {.enabled = true, .max_length = 9, .stride = 1}};
    const gaze_padding padding = {.enabled = true, .length = 11, .side = GAZE_SIDE_LEFT};
    gaze_tokenizer *tokenizer = NULL;
    gaze_tokens tokens = {0};
    gaze_buffer out = {0};
    gaze_status status = gaze_tokenizer_open_files(&tokenizer, files, err);
    if (!status)
        status = gaze_tokenizer_encode(&tokens, tokenizer, text, sizeof text - 1, "low un", 6, &options, err);
    if (!status) status = gaze_tokenizer_pad(tokenizer, &tokens, 1, &padding, err);
    if (!status) status = gaze_tokenizer_decode(&out, tokenizer, tokens.ids, tokens.count, true, err);
    gaze_buffer_deinit(&out);
    gaze_tokens_deinit(&tokens);
    gaze_tokenizer_close(tokenizer);
    return status;
}
