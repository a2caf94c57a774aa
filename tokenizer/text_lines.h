/* Lines of vocab.txt and merges.txt. */
#ifndef GAZE_TOKENIZER_TEXT_LINES_H
#define GAZE_TOKENIZER_TEXT_LINES_H

#include <stdbool.h>
#include <string.h>

#include "tokenizer/strings.h"

/* Cuts the next line off the text: LF and CR LF end one, nothing else does. False: there is none. */
static inline bool gaze_next_line(gaze_string *text, gaze_string *line) {
    if (!text->length) return false;
    const char *end = memchr(text->text, '\n', text->length);
    size_t length = end ? (size_t)(end - text->text) : text->length;
    *line = (gaze_string){text->text, length};
    if (end && length && line->text[length - 1] == '\r') line->length--;
    length += end != NULL;
    *text = (gaze_string){text->text + length, text->length - length};
    return true;
}

#endif
