/* The normal forms of Unicode 9.0, with alignments: NFD, NFC, NFKD, NFKC. */
#ifndef GAZE_TOKENIZER_NORMAL_FORM_H
#define GAZE_TOKENIZER_NORMAL_FORM_H

#include <stdbool.h>

#include "core/base/error.h"
#include "tokenizer/normalized.h"
#include "tokenizer/unicode.h"

/* Decomposes the text, canonically (NFD) or for compatibility (NFKD), and with `compose` puts it together
 * again canonically (NFC, NFKC). Linear in the text. */
gaze_status gaze_normal_form(gaze_normalized *text, gaze_decomposition kind, bool compose, gaze_error *err);

#endif
