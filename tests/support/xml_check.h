/* A small checker of XML 1.0, written apart from the writer that it checks.
 *
 * It takes what our figures are made of: elements, attributes, text, the five named references and
 * numbered ones. Comments, CDATA, processing instructions and DOCTYPE are faults here. Names are ASCII.
 */
#ifndef GAZE_TESTS_XML_CHECK_H
#define GAZE_TESTS_XML_CHECK_H

#include <stdbool.h>
#include <stddef.h>

typedef struct xml_report {
    size_t elements;
    size_t depth;      /* of the deepest element */
    const char *fault; /* NULL: well-formed */
    size_t offset;     /* of the fault */
} xml_report;

/* True when the `length` bytes are one well-formed element with white space around it. */
bool xml_check(const char *xml, size_t length, xml_report *report);

/* Fails the running test, with the place, when the text is not well-formed. */
xml_report assert_xml(const char *xml, size_t length);

/* How often `needle` occurs. */
size_t count_of(const char *text, const char *needle);
/* The elements of a figure's header and caption whose number depends on how long their words are. */
size_t lines_of_text(const char *svg);

#endif
