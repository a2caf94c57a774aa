/* The table of decoders (Hugging Face tokenizers, src/decoders). */
#include "tokenizer/decoder.h"

#include <string.h>

#include "core/base/utf8.h"
#include "tokenizer/byte_level.h"

/* What they do ---------------------------------------------------------------------------------------- */

static bool begins_with(gaze_string string, gaze_string start) {
    return string.length >= start.length && memcmp(string.text, start.text, start.length) == 0;
}

static void append(gaze_buffer *out, gaze_string string) {
    gaze_buffer_append(out, string.text, string.length);
}

/* Appends `string` with every `from`, which is not empty, replaced by `to`. */
static void append_replaced(gaze_buffer *out, gaze_string string, gaze_string from, gaze_string to) {
    while (string.length) {
        bool found = begins_with(string, from);
        size_t used = found ? from.length : 1;
        append(out, found ? to : (gaze_string){string.text, 1});
        string.text += used;
        string.length -= used;
    }
}

/* Each replacement goes over all of the text, in this order. */
void gaze_decoder_clean_up(gaze_buffer *out, gaze_string text, bool contracts) {
    static const char *const pairs[][2] = {
        {" .", "."},   {" ?", "?"},     {" !", "!"},     {" ,", ","},
        {" ' ", "'"},  {" n't", "n't"}, {" 'm", "'m"},   {" do not", " don't"},
        {" 's", "'s"}, {" 've", "'ve"}, {" 're", "'re"},
    };
    gaze_buffer buffers[2] = {{0}, {0}}, *next = buffers;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && memchr(text.text, ' ', text.length); i++) {
        if (!contracts && strcmp(pairs[i][0], " do not") == 0) continue;
        gaze_buffer_clear(next);
        append_replaced(next, text, (gaze_string){pairs[i][0], strlen(pairs[i][0])},
                        (gaze_string){pairs[i][1], strlen(pairs[i][1])});
        text = (gaze_string){next->length ? next->data : "", next->length};
        next = next == buffers ? buffers + 1 : buffers;
    }
    append(out, text);
    out->failed |= buffers[0].failed || buffers[1].failed;
    gaze_buffer_deinit(&buffers[0]);
    gaze_buffer_deinit(&buffers[1]);
}

/* Token 0 as it is; the others lose the prefix, or get a space put before them. */
static void apply_wordpiece(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    gaze_string prefix = self->as.wordpiece.prefix;
    gaze_buffer token = {0};
    for (size_t i = 0; i < in->count; i++) {
        gaze_string string = gaze_strings_at(in, i);
        bool continues = i > 0 && begins_with(string, prefix);
        gaze_buffer_clear(&token);
        if (i > 0 && !continues) gaze_buffer_putc(&token, ' ');
        gaze_buffer_append(&token, string.text + (continues ? prefix.length : 0),
                           string.length - (continues ? prefix.length : 0));
        string = (gaze_string){token.length ? token.data : "", token.length};
        if (self->as.wordpiece.cleanup)
            gaze_decoder_clean_up(&out->bytes, string, true);
        else
            append(&out->bytes, string);
        gaze_strings_end(out);
    }
    out->bytes.failed |= token.failed;
    gaze_buffer_deinit(&token);
}

/* The suffix marks the end of a word: a space, but nothing in the last token. */
static void apply_bpe(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    for (size_t i = 0; i < in->count; i++) {
        gaze_string space = {" ", i + 1 < in->count};
        append_replaced(&out->bytes, gaze_strings_at(in, i), self->as.suffix, space);
        gaze_strings_end(out);
    }
}

static void apply_byte_level(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    (void)self;
    gaze_byte_level_decode(out, in);
}

static void apply_metaspace(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    gaze_metaspace_decode(out, in, &self->as.metaspace);
}

static void apply_fuse(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    (void)self;
    for (size_t i = 0; i < in->count; i++) append(&out->bytes, gaze_strings_at(in, i));
    gaze_strings_end(out);
}

static void apply_replace(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    for (size_t i = 0; i < in->count; i++) {
        append_replaced(&out->bytes, gaze_strings_at(in, i), self->as.replace.pattern,
                        self->as.replace.content);
        gaze_strings_end(out);
    }
}

static bool ends_with(gaze_string string, gaze_string end) {
    return string.length >= end.length &&
           memcmp(string.text + string.length - end.length, end.text, end.length) == 0;
}

/* Takes at most `start` of the char off the left of every token, and `stop` off the right. */
static void apply_strip(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    gaze_string content = self->as.strip.content;
    for (size_t i = 0; i < in->count; i++) {
        gaze_string string = gaze_strings_at(in, i);
        for (size_t n = 0; n < self->as.strip.start && begins_with(string, content); n++) {
            string.text += content.length;
            string.length -= content.length;
        }
        for (size_t n = 0; n < self->as.strip.stop && ends_with(string, content); n++)
            string.length -= content.length;
        append(&out->bytes, string);
        gaze_strings_end(out);
    }
}

static int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

/* The byte of a token "<0xE2>", or -1. */
static int byte_of(gaze_string token) {
    if (token.length != 6 || memcmp(token.text, "<0x", 3) != 0 || token.text[5] != '>') return -1;
    int high = hex_value(token.text[3]), low = hex_value(token.text[4]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/* Ends a run of byte tokens: their text when that is UTF-8, else one U+FFFD for each byte. */
static void end_bytes(gaze_strings *out, gaze_buffer *run) {
    if (!run->length) return;
    if (gaze_utf8_valid(run->data, run->length, NULL)) {
        gaze_buffer_append(&out->bytes, run->data, run->length);
        gaze_strings_end(out);
    } else {
        for (size_t i = 0; i < run->length; i++) {
            gaze_buffer_puts(&out->bytes, "\xEF\xBF\xBD");
            gaze_strings_end(out);
        }
    }
    gaze_buffer_clear(run);
}

static void apply_byte_fallback(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in) {
    gaze_buffer run = {0};
    (void)self;
    for (size_t i = 0; i < in->count; i++) {
        gaze_string string = gaze_strings_at(in, i);
        int byte = byte_of(string);
        if (byte >= 0) {
            gaze_buffer_putc(&run, (char)byte);
            continue;
        }
        end_bytes(out, &run);
        append(&out->bytes, string);
        gaze_strings_end(out);
    }
    end_bytes(out, &run);
    out->bytes.failed |= run.failed;
    gaze_buffer_deinit(&run);
}

/* How they are read ----------------------------------------------------------------------------------- */

typedef gaze_status reader(gaze_decoder *out, gaze_arena *arena, const gaze_json_value *json,
                           gaze_error *err);

static gaze_status copy_string(gaze_string *out, gaze_arena *arena, const gaze_json_value *string,
                               gaze_error *err) {
    const char *copy = gaze_arena_copy_string(arena, string->as.text, string->length);
    if (!copy) return gaze_fail_memory(err);
    *out = (gaze_string){copy, string->length};
    return GAZE_OK;
}

static gaze_status read_string(gaze_string *out, gaze_arena *arena, const gaze_json_value *json,
                               const char *key, gaze_error *err) {
    const gaze_json_value *string = NULL;
    gaze_status status = gaze_field_string(&string, json, key, err);
    return status ? status : copy_string(out, arena, string, err);
}

static gaze_status read_wordpiece(gaze_decoder *out, gaze_arena *arena, const gaze_json_value *json,
                                  gaze_error *err) {
    gaze_status status = read_string(&out->as.wordpiece.prefix, arena, json, "prefix", err);
    return status ? status : gaze_field_bool(&out->as.wordpiece.cleanup, json, "cleanup", err);
}

static gaze_status read_metaspace(gaze_decoder *out, gaze_arena *arena, const gaze_json_value *json,
                                  gaze_error *err) {
    return gaze_metaspace_read(&out->as.metaspace, arena, json, err);
}

static gaze_status refuse_empty(gaze_string string, const char *what, gaze_error *err) {
    if (string.length) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "an empty '%s' is not supported", what);
}

static gaze_status read_bpe(gaze_decoder *out, gaze_arena *arena, const gaze_json_value *json,
                            gaze_error *err) {
    gaze_status status = read_string(&out->as.suffix, arena, json, "suffix", err);
    return status ? status : refuse_empty(out->as.suffix, "suffix", err);
}

static gaze_status read_replace(gaze_decoder *out, gaze_arena *arena, const gaze_json_value *json,
                                gaze_error *err) {
    const gaze_json_value *pattern = gaze_json_get(json, "pattern"), *regex = gaze_json_get(pattern, "Regex");
    if (regex)
        return gaze_fail(err, GAZE_ERROR_UNSUPPORTED, "Replace: a regular expression is not supported");
    gaze_status status = read_string(&out->as.replace.pattern, arena, pattern, "String", err);
    if (!status) status = refuse_empty(out->as.replace.pattern, "pattern", err);
    return status ? status : read_string(&out->as.replace.content, arena, json, "content", err);
}

static gaze_status read_strip(gaze_decoder *out, gaze_arena *arena, const gaze_json_value *json,
                              gaze_error *err) {
    gaze_status status = read_string(&out->as.strip.content, arena, json, "content", err);
    if (!status) status = gaze_field_size(&out->as.strip.start, json, "start", err);
    if (!status) status = gaze_field_size(&out->as.strip.stop, json, "stop", err);
    if (status) return status;
    gaze_string content = out->as.strip.content;
    if (gaze_utf8_count(content.text, content.length) == 1) return GAZE_OK;
    return gaze_fail(err, GAZE_ERROR_SCHEMA, "Strip: 'content' is \"%.20s\", expected one char",
                     content.text);
}

/* clang-format off */
static const struct {
    const char *type;
    void (*apply)(const gaze_decoder *self, gaze_strings *out, const gaze_strings *in);
    reader *read; /* NULL: it has no settings */
} kinds[] = {
    {"BPEDecoder", apply_bpe, read_bpe},
    {"ByteFallback", apply_byte_fallback, NULL},
    {"ByteLevel", apply_byte_level, NULL},
    {"Fuse", apply_fuse, NULL},
    {"Metaspace", apply_metaspace, read_metaspace},
    {"Replace", apply_replace, read_replace},
    {"Strip", apply_strip, read_strip},
    {"WordPiece", apply_wordpiece, read_wordpiece},
};
/* clang-format on */

/* The list that is being read. */
typedef struct reading {
    gaze_decoders *list;
    gaze_arena *arena;
} reading;

static gaze_status read_one(void *context, const gaze_json_value *json, gaze_error *err) {
    reading *r = context;
    gaze_status status = gaze_component_room(r->list->count, err);
    if (status) return status;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!gaze_json_equals(gaze_json_get(json, "type"), kinds[i].type)) continue;
        gaze_decoder *out = &r->list->items[r->list->count++];
        out->apply = kinds[i].apply;
        return kinds[i].read ? kinds[i].read(out, r->arena, json, err) : GAZE_OK;
    }
    return gaze_component_unknown(json, err);
}

gaze_status gaze_decoders_read(gaze_decoders *list, gaze_arena *arena, const gaze_json_value *json,
                               gaze_error *err) {
    static const gaze_stage stage = {"decoder", "decoders"};
    *list = (gaze_decoders){.present = json && json->type != GAZE_JSON_NULL};
    return gaze_components_walk(json, &stage, read_one, &(reading){list, arena}, err);
}

/* Joins the strings, with `separator` between them. */
static void join(gaze_buffer *out, const gaze_strings *strings, const char *separator) {
    for (size_t i = 0; i < strings->count; i++) {
        if (i > 0) gaze_buffer_puts(out, separator);
        append(out, gaze_strings_at(strings, i));
    }
}

gaze_status gaze_decoders_apply(gaze_buffer *out, const gaze_decoders *list, gaze_strings *strings,
                                gaze_error *err) {
    for (size_t i = 0; i < list->count && strings->count; i++) {
        gaze_strings result = {.bytes.failed = strings->bytes.failed};
        list->items[i].apply(&list->items[i], &result, strings);
        gaze_strings_deinit(strings);
        *strings = result;
    }
    gaze_status status = gaze_buffer_status(&strings->bytes, err);
    if (status) return status;
    join(out, strings, list->present ? "" : " ");
    return gaze_buffer_status(out, err);
}
