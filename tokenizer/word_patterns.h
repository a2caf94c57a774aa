/* The regular expressions by which byte-level BPE cuts text into words, as loops.
 *
 * An engine that backtracks would take a stack as deep as the longest run; these take none. Four classes of
 * chars are all that the expressions know: letters, numbers, white space, and others, among them combining
 * marks, so that Indic words fall apart at their vowel signs.
 *
 *     GPT-2, RoBERTa     it's 12345!  \n x   ->   it | 's | _12345 | ! | __\n | _x     (_ is a space)
 *     Qwen2              a(b 12345!\n x      ->   a | (b | _ | 1 | 2 | 3 | 4 | 5 | !\n | _x
 *     cl100k, Llama-3    a(b 12345!\n x      ->   a | (b | _ | 123 | 45 | !\n | _x
 *
 * Matches follow one another without gaps.
 */
#ifndef GAZE_TOKENIZER_WORD_PATTERNS_H
#define GAZE_TOKENIZER_WORD_PATTERNS_H

#include "tokenizer/pattern.h"

#define GAZE_GPT2_WORDS "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"
#define GAZE_QWEN2_WORDS                                                                                     \
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|"      \
    "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
#define GAZE_CL100K_WORDS                                                                                    \
    "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|" \
    "\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"

gaze_pattern_finder gaze_find_gpt2_word;
gaze_pattern_finder gaze_find_qwen2_word;
gaze_pattern_finder gaze_find_cl100k_word;

#endif
