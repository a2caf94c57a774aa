/* A checker by recursive descent, with the stack of open elements in an array. */
#include "tests/support/xml_check.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/utf8.h"

enum { MAX_DEPTH = 64, MAX_ATTRIBUTES = 32 };

typedef struct span {
    const char *at;
    size_t length;
} span;

typedef struct cursor {
    const char *text;
    size_t length, at;
    span open[MAX_DEPTH];
    size_t depth;
    xml_report *report;
} cursor;

static bool fault(cursor *c, const char *what) {
    if (!c->report->fault) {
        c->report->fault = what;
        c->report->offset = c->at;
    }
    return false;
}

static bool looking_at(const cursor *c, const char *literal) {
    size_t n = strlen(literal);
    return c->length - c->at >= n && memcmp(c->text + c->at, literal, n) == 0;
}

static bool is_name_char(char ch, bool first) {
    bool letter = (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') || ch == '_' || ch == ':';
    return letter || (!first && ((ch >= '0' && ch <= '9') || ch == '-' || ch == '.'));
}

static bool same(span a, span b) {
    return a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

static bool take_name(cursor *c, span *name) {
    size_t start = c->at;
    while (c->at < c->length && is_name_char(c->text[c->at], c->at == start)) c->at++;
    *name = (span){c->text + start, c->at - start};
    return name->length > 0 ? true : fault(c, "a name is expected");
}

static size_t skip_space(cursor *c) {
    size_t start = c->at;
    while (c->at < c->length && c->text[c->at] && strchr(" \t\r\n", c->text[c->at])) c->at++;
    return c->at - start;
}

/* Section 2.2, Char. */
static bool is_char(uint32_t ch) {
    return ch == 9 || ch == 10 || ch == 13 || (ch >= 0x20 && ch <= 0xD7FF) ||
           (ch >= 0xE000 && ch <= 0xFFFD) || (ch >= 0x10000 && ch <= 0x10FFFF);
}

static bool take_reference(cursor *c) {
    static const char *const names[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (looking_at(c, names[i])) {
            c->at += strlen(names[i]);
            return true;
        }
    if (!looking_at(c, "&#")) return fault(c, "'&' begins no reference");
    char *end;
    bool hex = looking_at(c, "&#x");
    unsigned long ch = strtoul(c->text + c->at + (hex ? 3 : 2), &end, hex ? 16 : 10);
    if (*end != ';' || !is_char((uint32_t)ch)) return fault(c, "a reference to no character");
    c->at = (size_t)(end - c->text) + 1;
    return true;
}

/* Text or an attribute's value, up to `end` ('<' or a quote). */
static bool take_text(cursor *c, char end) {
    while (c->at < c->length && c->text[c->at] != end) {
        uint32_t ch;
        bool valid;
        size_t n = gaze_utf8_decode(c->text + c->at, c->length - c->at, &ch, &valid);
        if (!valid) return fault(c, "ill-formed UTF-8");
        if (!is_char(ch)) return fault(c, "a character that XML forbids");
        if (ch == '<') return fault(c, "'<' in an attribute");
        if (looking_at(c, "]]>")) return fault(c, "']]>' in text");
        if (ch == '&') {
            if (!take_reference(c)) return false;
        } else {
            c->at += n;
        }
    }
    return c->at < c->length ? true : fault(c, "the end of the input");
}

static bool take_attributes(cursor *c) {
    span seen[MAX_ATTRIBUTES];
    size_t count = 0;
    while (true) {
        size_t space = skip_space(c);
        if (looking_at(c, ">") || looking_at(c, "/>")) return true;
        if (!space) return fault(c, "no space before an attribute");
        span name;
        if (!take_name(c, &name)) return false;
        for (size_t i = 0; i < count; i++)
            if (same(seen[i], name)) return fault(c, "an attribute twice");
        if (count == MAX_ATTRIBUTES) return fault(c, "too many attributes for this checker");
        seen[count++] = name;
        if (!looking_at(c, "=\"")) return fault(c, "'=\"' is expected");
        c->at += 2;
        if (!take_text(c, '"')) return false;
        c->at++;
    }
}

static bool take_start(cursor *c) {
    span name;
    c->at++;
    if (!take_name(c, &name) || !take_attributes(c)) return false;
    c->report->elements++;
    if (c->depth == MAX_DEPTH) return fault(c, "too deep for this checker");
    c->open[c->depth++] = name;
    if (c->depth > c->report->depth) c->report->depth = c->depth;
    if (looking_at(c, "/>")) c->depth--;
    c->at += looking_at(c, "/>") ? 2 : 1;
    return true;
}

static bool take_end(cursor *c) {
    span name;
    c->at += 2;
    if (!take_name(c, &name)) return false;
    if (c->depth == 0 || !same(c->open[c->depth - 1], name)) return fault(c, "an end without its start");
    c->depth--;
    skip_space(c);
    if (!looking_at(c, ">")) return fault(c, "'>' is expected");
    c->at++;
    return true;
}

bool xml_check(const char *xml, size_t length, xml_report *report) {
    *report = (xml_report){0};
    cursor c = {.text = xml, .length = length, .report = report};
    skip_space(&c);
    if (!looking_at(&c, "<")) return fault(&c, "no element");
    do {
        bool good = looking_at(&c, "</")  ? take_end(&c)
                    : looking_at(&c, "<") ? take_start(&c)
                                          : take_text(&c, '<');
        if (!good) return false;
    } while (c.depth > 0);
    skip_space(&c);
    return c.at == length ? true : fault(&c, "something behind the root element");
}

xml_report assert_xml(const char *xml, size_t length) {
    xml_report report;
    if (!xml_check(xml, length, &report)) {
        size_t from = report.offset < 40 ? 0 : report.offset - 40;
        fail_msg("not well-formed at byte %zu: %s; after: %.40s", report.offset, report.fault, xml + from);
    }
    return report;
}

size_t count_of(const char *text, const char *needle) {
    size_t count = 0;
    for (const char *at = text; (at = strstr(at, needle)); at += strlen(needle)) count++;
    return count;
}

size_t lines_of_text(const char *svg) {
    return count_of(svg, "<text x=\"24\"") + count_of(svg, "<tspan x=\"24\"") + count_of(svg, "<tspan dx=\"14\"") +
           count_of(svg, " class=\"gaze-ink\" fill=\"#1b1f28\"><title>") +
           count_of(svg, " class=\"gaze-muted\" fill=\"#596470\"><title>");
}
