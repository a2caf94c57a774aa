/* A JSON reader as a small state machine: what may come next is one of six expectations, and a stack of
 * open containers stands in for recursion.
 *
 *     VALUE --scalar--> COMMA_OR_END --','--> VALUE (array) or KEY (object)
 *           --'['-----> ELEMENT_OR_END
 *           --'{'-----> KEY_OR_END --key ':'--> VALUE
 *
 * The text is copied once; strings are unescaped in place in the copy, which never makes them longer.
 */
#include <math.h>
#include <string.h>

#include "core/base/json.h"
#include "core/base/json_tree.h"
#include "core/base/memory.h"
#include "core/base/utf8.h"

#define DEFAULT_DEPTH 64
typedef enum expectation {
    VALUE,
    ELEMENT_OR_END,
    KEY_OR_END,
    KEY,
    COMMA_OR_END,
    NOTHING
} expectation;

/* A container that is still open, and the value its next child is linked behind. */
typedef struct frame {
    gaze_json_value *container;
    gaze_json_value *last;
} frame;

typedef struct parser {
    gaze_json *json;
    char *text;
    size_t length;
    size_t at;
    bool lenient;
    expectation expect;
    frame *stack;
    size_t depth;
    size_t max_depth;
    gaze_error *err;
} parser;

/* Errors --------------------------------------------------------------------------------------------- */

static gaze_status ends_early(parser *p) {
    return gaze_fail_at(p->err, GAZE_ERROR_JSON_EOF, p->length, "JSON ends inside a value, at byte %zu",
                        p->length);
}

static gaze_status unexpected(parser *p, const char *expected) {
    if (p->at >= p->length) return ends_early(p);
    unsigned char c = (unsigned char)p->text[p->at];
    if (c >= 0x20 && c < 0x7F)
        return gaze_fail_at(p->err, GAZE_ERROR_JSON_SYNTAX, p->at,
                            "JSON: '%c' at byte %zu, expected %s", c, p->at, expected);
    return gaze_fail_at(p->err, GAZE_ERROR_JSON_SYNTAX, p->at, "JSON: %s 0x%02X at byte %zu, expected %s",
                        c == 0 ? "NUL byte" : "byte", c, p->at, expected);
}

/* Values --------------------------------------------------------------------------------------------- */

static gaze_json_value *new_value(parser *p, gaze_json_type type) {
    gaze_json_pool *pools = p->json->pools;
    if (!pools || pools->used == GAZE_JSON_VALUES_PER_POOL) {
        gaze_json_pool *fresh = gaze_alloc(1, sizeof *fresh);
        if (!fresh) {
            gaze_fail_memory(p->err);
            return NULL;
        }
        fresh->next = pools;
        fresh->used = 0;
        p->json->pools = pools = fresh;
    }
    gaze_json_value *value = &pools->values[pools->used++];
    *value = (gaze_json_value){.type = type, .offset = p->at};
    return value;
}

/* Links a value, or a key, as the next child of the innermost open container. */
static void link_child(parser *p, gaze_json_value *value) {
    if (p->depth == 0) {
        p->json->root = value;
        return;
    }
    frame *top = &p->stack[p->depth - 1];
    if (top->last)
        top->last->next = value;
    else
        top->container->as.child = value;
    top->last = value;
}

/* After a complete value: count it (a key's value counts its member) and expect what may follow. */
static void finish_value(parser *p) {
    if (p->depth) p->stack[p->depth - 1].container->count++;
    p->expect = p->depth ? COMMA_OR_END : NOTHING;
}

/* Strings -------------------------------------------------------------------------------------------- */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/* Four hexadecimal digits at p->at. */
static gaze_status read_hex4(parser *p, uint32_t *out) {
    *out = 0;
    for (int i = 0; i < 4; i++, p->at++) {
        int digit = p->at < p->length ? hex_digit(p->text[p->at]) : -1;
        if (digit < 0) return unexpected(p, "four hexadecimal digits");
        *out = *out << 4 | (uint32_t)digit;
    }
    return GAZE_OK;
}

/* A \u escape whose digits begin at p->at; joins surrogate pairs. */
static gaze_status read_unicode_escape(parser *p, uint32_t *c) {
    size_t start = p->at - 2;
    gaze_status status = read_hex4(p, c);
    if (status || *c < 0xD800 || *c > 0xDFFF) return status;
    if (*c < 0xDC00 && p->at + 1 < p->length && p->text[p->at] == '\\' && p->text[p->at + 1] == 'u') {
        size_t second = p->at;
        uint32_t low;
        p->at += 2;
        if ((status = read_hex4(p, &low))) return status;
        if (low >= 0xDC00 && low <= 0xDFFF) {
            *c = 0x10000 + ((*c - 0xD800) << 10) + (low - 0xDC00);
            return GAZE_OK;
        }
        p->at = second; /* the second escape stands for itself */
    }
    if (!p->lenient) {
        bool cut = p->at >= p->length || (p->at + 1 == p->length && p->text[p->at] == '\\');
        if (*c < 0xDC00 && cut) return ends_early(p);
        return gaze_fail_at(p->err, GAZE_ERROR_JSON_SYNTAX, start, "JSON: lone surrogate \\u%04X at byte %zu",
                            (unsigned)*c, start);
    }
    *c = GAZE_REPLACEMENT_CHARACTER;
    return GAZE_OK;
}

/* An escape whose backslash was just passed; its character goes to `to`, which moves on. */
static gaze_status read_escape(parser *p, char **to) {
    static const char names[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
    if (p->at >= p->length) return ends_early(p);
    char name = p->text[p->at];
    if (name == 'u') {
        uint32_t c;
        p->at++;
        gaze_status status = read_unicode_escape(p, &c);
        if (!status) *to += gaze_utf8_encode(c, *to);
        return status;
    }
    const char *found = name ? strchr(names, name) : NULL;
    if (!found) return unexpected(p, "an escape");
    *(*to)++ = meanings[found - names];
    p->at++;
    return GAZE_OK;
}

/* A string whose opening quote is at p->at, unescaped in place. */
static gaze_status parse_string(parser *p, gaze_json_value *value) {
    char *start = p->text + ++p->at, *to = start;
    while (p->at < p->length) {
        char *from = p->text + p->at;
        unsigned char c = (unsigned char)*from;
        if (c == '"') {
            p->at++;
            value->as.text = start;
            value->length = (size_t)(to - start);
            return GAZE_OK;
        }
        if (c < 0x20) return unexpected(p, "no control character inside a string");
        p->at++;
        if (c == '\\') {
            gaze_status status = read_escape(p, &to);
            if (status) return status;
        } else {
            *to++ = (char)c;
        }
    }
    return ends_early(p);
}

/* Numbers and literals ------------------------------------------------------------------------------- */

static bool skip_digits(parser *p) {
    size_t start = p->at;
    while (p->at < p->length && p->text[p->at] >= '0' && p->text[p->at] <= '9') p->at++;
    return p->at > start;
}

/* -?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)? */
static gaze_status parse_number(parser *p, gaze_json_value *value) {
    size_t start = p->at;
    if (p->text[p->at] == '-') p->at++;
    if (p->at < p->length && p->text[p->at] == '0')
        p->at++;
    else if (!skip_digits(p))
        return unexpected(p, "a digit");
    if (p->at < p->length && p->text[p->at] == '.') {
        p->at++;
        if (!skip_digits(p)) return unexpected(p, "a digit after the point");
    }
    if (p->at < p->length && (p->text[p->at] == 'e' || p->text[p->at] == 'E')) {
        p->at++;
        if (p->at < p->length && (p->text[p->at] == '+' || p->text[p->at] == '-')) p->at++;
        if (!skip_digits(p)) return unexpected(p, "a digit of the exponent");
    }
    value->as.text = p->text + start;
    value->length = p->at - start;
    if (value->length > GAZE_JSON_MAX_NUMBER)
        return gaze_fail_at(p->err, GAZE_ERROR_LIMIT, start,
                            "JSON: number of %zu bytes at byte %zu, at most %d are read", value->length, start,
                            GAZE_JSON_MAX_NUMBER);
    double number;
    if (value->length > 300 || memchr(value->as.text, 'e', value->length) ||
        memchr(value->as.text, 'E', value->length)) {
        gaze_json_double(value, &number);
        if (isinf(number))
            return gaze_fail_at(p->err, GAZE_ERROR_JSON_SYNTAX, start,
                                "JSON: number at byte %zu is too large for a double", start);
    }
    return GAZE_OK;
}

static gaze_status parse_literal(parser *p, const char *word) {
    for (; *word; word++, p->at++)
        if (p->at >= p->length || p->text[p->at] != *word) return unexpected(p, "true, false or null");
    return GAZE_OK;
}

/* The machine ---------------------------------------------------------------------------------------- */

static gaze_status open_container(parser *p, gaze_json_value *value) {
    if (p->depth == p->max_depth)
        return gaze_fail_at(p->err, GAZE_ERROR_JSON_DEPTH, p->at,
                            "JSON: nested deeper than %zu levels at byte %zu", p->max_depth, p->at);
    p->stack[p->depth++] = (frame){.container = value, .last = NULL};
    p->expect = value->type == GAZE_JSON_OBJECT ? KEY_OR_END : ELEMENT_OR_END;
    p->at++;
    return GAZE_OK;
}

static gaze_status parse_value(parser *p) {
    char c = p->text[p->at];
    gaze_json_type type = c == '{'   ? GAZE_JSON_OBJECT
                          : c == '[' ? GAZE_JSON_ARRAY
                          : c == '"' ? GAZE_JSON_STRING
                          : c == 't' ? GAZE_JSON_TRUE
                          : c == 'f' ? GAZE_JSON_FALSE
                          : c == 'n' ? GAZE_JSON_NULL
                                     : GAZE_JSON_NUMBER;
    if (type == GAZE_JSON_NUMBER && c != '-' && (c < '0' || c > '9')) return unexpected(p, "a value");
    gaze_json_value *value = new_value(p, type);
    if (!value) return GAZE_ERROR_MEMORY;
    link_child(p, value);
    gaze_status status = GAZE_OK;
    switch (type) {
    case GAZE_JSON_OBJECT:
    case GAZE_JSON_ARRAY: return open_container(p, value);
    case GAZE_JSON_STRING: status = parse_string(p, value); break;
    case GAZE_JSON_NUMBER: status = parse_number(p, value); break;
    case GAZE_JSON_TRUE: status = parse_literal(p, "true"); break;
    case GAZE_JSON_FALSE: status = parse_literal(p, "false"); break;
    case GAZE_JSON_NULL: status = parse_literal(p, "null"); break;
    }
    if (!status) finish_value(p);
    return status;
}

static void skip_space(parser *p) {
    while (p->at < p->length) {
        char c = p->text[p->at];
        if (c != ' ' && c != '\n' && c != '\t' && c != '\r') break;
        p->at++;
    }
}

static gaze_status parse_key(parser *p) {
    if (p->text[p->at] != '"') return unexpected(p, "a key in double quotes");
    gaze_json_value *key = new_value(p, GAZE_JSON_STRING);
    if (!key) return GAZE_ERROR_MEMORY;
    link_child(p, key);
    gaze_status status = parse_string(p, key);
    if (status) return status;
    skip_space(p);
    if (p->at >= p->length || p->text[p->at] != ':') return unexpected(p, "':'");
    p->at++;
    p->expect = VALUE;
    return GAZE_OK;
}

static gaze_status close_container(parser *p) {
    p->at++;
    p->depth--;
    finish_value(p);
    return GAZE_OK;
}

static gaze_status parse_comma_or_end(parser *p) {
    bool object = p->stack[p->depth - 1].container->type == GAZE_JSON_OBJECT;
    char c = p->text[p->at];
    if (c == (object ? '}' : ']')) return close_container(p);
    if (c != ',') return unexpected(p, object ? "',' or '}'" : "',' or ']'");
    p->at++;
    p->expect = object ? KEY : VALUE;
    return GAZE_OK;
}

static gaze_status parse_next(parser *p) {
    char c = p->text[p->at];
    switch (p->expect) {
    case VALUE: return parse_value(p);
    case ELEMENT_OR_END: return c == ']' ? close_container(p) : parse_value(p);
    case KEY_OR_END: return c == '}' ? close_container(p) : parse_key(p);
    case KEY: return parse_key(p);
    case COMMA_OR_END: return parse_comma_or_end(p);
    case NOTHING: break;
    }
    return unexpected(p, "nothing after the value");
}

static gaze_status parse_document(parser *p) {
    for (skip_space(p); p->at < p->length; skip_space(p)) {
        gaze_status status = parse_next(p);
        if (status) return status;
    }
    return p->expect == NOTHING ? GAZE_OK : ends_early(p);
}

gaze_status gaze_json_parse(gaze_json **out, const char *text, size_t length,
                            const gaze_json_options *options, gaze_error *err) {
    gaze_status status = GAZE_ERROR_MEMORY;
    size_t bad;
    *out = NULL;
    bool lenient = options && options->lenient_text;
    if (!lenient && !gaze_utf8_valid(text, length, &bad))
        return gaze_fail_at(err, GAZE_ERROR_UTF8, bad, "JSON: ill-formed UTF-8 at byte %zu", bad);
    parser p = {.length = length, .lenient = lenient, .expect = VALUE, .err = err};
    p.max_depth = options && options->max_depth ? options->max_depth : DEFAULT_DEPTH;
    p.json = gaze_alloc_zero(1, sizeof *p.json);
    p.stack = gaze_alloc(p.max_depth, sizeof *p.stack);
    if (p.json) p.text = p.json->text = gaze_copy_string(text, length);
    if (p.text && p.stack)
        status = parse_document(&p);
    else
        gaze_fail_memory(err);
    gaze_free(p.stack);
    if (status)
        gaze_json_free(p.json);
    else
        *out = p.json;
    return status;
}
