/* What the tokenizer asks of Unicode: properties, lowercase, and the four normal forms.
 *
 * The library that we mirror mixes versions of Unicode, so each property says which one it follows.
 * tools/gen_unicode.py writes the tables (unicode_tables.c). A property is one look-up in two stages,
 *
 *     palette[ blocks[ index[c / 128] * 128 + c % 128 ] ]
 *
 * because 8,704 blocks of 128 code points are only 249 different ones, and the 15 bits below occur in
 * only 48 combinations; ASCII has a table of its own. Mappings are sorted lists; a property bit says whether
 * to search them at all.
 */
#ifndef GAZE_TOKENIZER_UNICODE_H
#define GAZE_TOKENIZER_UNICODE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    GAZE_UNICODE_REMOVED = 1 << 0,     /* BertNormalizer's clean_text: Cc, Cf, Co of Unicode 8.0, U+FFFD */
    GAZE_UNICODE_WHITE_SPACE = 1 << 1, /* White_Space; also \s of the regular expressions */
    GAZE_UNICODE_PUNCTUATION = 1 << 2, /* BertPreTokenizer: P* of Unicode 8.0 and ASCII punctuation */
    GAZE_UNICODE_ACCENT = 1 << 3,      /* BertNormalizer's strip_accents: Mn of Unicode 8.0 */
    GAZE_UNICODE_CHINESE = 1 << 4,     /* BertNormalizer's handle_chinese_chars */
    GAZE_UNICODE_LETTER = 1 << 5,      /* \p{L}, Unicode 16.0 */
    GAZE_UNICODE_NUMBER = 1 << 6,      /* \p{N}, Unicode 16.0 */
    GAZE_UNICODE_WORD = 1 << 7,        /* \w of Rust's regex crate, Unicode 16.0 */
    GAZE_UNICODE_MARK = 1 << 8,        /* the normalizer StripAccents: M* of Unicode 9.0 */
    GAZE_UNICODE_NUMERIC = 1 << 9,     /* Rust's is_numeric, Unicode 17.0: the pre-tokenizer Digits */
    GAZE_UNICODE_LOWERS = 1 << 10,     /* has a lowercase, Unicode 17.0 */
    GAZE_UNICODE_DECOMPOSES = 1 << 11, /* has a canonical decomposition, Unicode 9.0; Hangul too */
    GAZE_UNICODE_DECOMPOSES_COMPAT = 1 << 12, /* its compatibility decomposition is another one */
    GAZE_UNICODE_HAS_CLASS = 1 << 13,         /* combining class other than 0, Unicode 9.0 */
    GAZE_UNICODE_COMPOSES_BACK = 1 << 14      /* may be the second of a canonical pair */
};

/* The properties of a code point, as bits of the enum above. 0 beyond U+10FFFF. */
static inline unsigned gaze_unicode_properties(uint32_t c);
static inline bool gaze_unicode_is(uint32_t c, unsigned properties);

/* Lowercase without context, as Rust's char::to_lowercase: no final sigma. Writes 1 or 2 code points
 * (2 only for U+0130) and returns how many. */
size_t gaze_unicode_lowercase(uint32_t c, uint32_t out[2]);

typedef enum gaze_decomposition { GAZE_CANONICAL, GAZE_COMPATIBILITY } gaze_decomposition;

#define GAZE_MAX_DECOMPOSITION 18 /* U+FDFA, in compatibility form */

/* The full decomposition, of Unicode 9.0. A code point without one gives itself. Returns its length. */
size_t gaze_unicode_decompose(uint32_t c, gaze_decomposition kind, uint32_t out[GAZE_MAX_DECOMPOSITION]);
/* The canonical combining class; 0 for a starter. */
unsigned gaze_unicode_combining_class(uint32_t c);
/* The one code point that two compose to, or 0. */
uint32_t gaze_unicode_compose(uint32_t first, uint32_t second);

/* The tables --------------------------------------------------------------------------------------- */

#define GAZE_UNICODE_LAST 0x10FFFFu

extern const uint16_t gaze_unicode_ascii[128];
extern const uint8_t gaze_unicode_index[];
extern const uint8_t gaze_unicode_blocks[];
extern const uint16_t gaze_unicode_palette[];

/* first, first + step, ..., last: each one's lowercase is `delta` away. */
typedef struct gaze_lowercase_run {
    uint32_t first, last, step;
    int32_t delta;
} gaze_lowercase_run;
extern const gaze_lowercase_run gaze_unicode_lowercase_runs[];
extern const size_t gaze_unicode_lowercase_run_count;

typedef struct gaze_class_run {
    uint32_t first, last;
    uint8_t combining_class;
} gaze_class_run;
extern const gaze_class_run gaze_unicode_class_runs[];
extern const size_t gaze_unicode_class_run_count;

/* The decomposition of keys[i] is pool[starts[i]] up to pool[starts[i + 1]]. Hangul is computed. */
typedef struct gaze_decompositions {
    const uint32_t *keys;
    const uint16_t *starts;
    const uint32_t *pool;
    size_t count;
} gaze_decompositions;
extern const gaze_decompositions gaze_unicode_canonical;
extern const gaze_decompositions gaze_unicode_compatibility;

typedef struct gaze_composition {
    uint32_t first, second, composed;
} gaze_composition;
extern const gaze_composition gaze_unicode_compositions[];
extern const size_t gaze_unicode_composition_count;

static inline unsigned gaze_unicode_properties(uint32_t c) {
    if (c < 128) return gaze_unicode_ascii[c];
    if (c > GAZE_UNICODE_LAST) return 0;
    return gaze_unicode_palette[gaze_unicode_blocks[gaze_unicode_index[c >> 7] * 128u + (c & 127)]];
}
static inline bool gaze_unicode_is(uint32_t c, unsigned properties) {
    return (gaze_unicode_properties(c) & properties) != 0;
}

#endif
