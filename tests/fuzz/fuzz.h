/* A fuzz target: one function that takes any bytes, does something with them, and checks what must hold
 * whatever they are. libFuzzer calls it with bytes of its own (make fuzz); tests/fuzz/replay.c calls it
 * with the files of tests/fuzz/corpus/NAME (make test).
 */
#ifndef GAZE_TESTS_FUZZ_H
#define GAZE_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold. A fuzzer wants a crash, and so does a test of a program that has no other way out. */
#define MUST(condition)                                                                                      \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: must hold: %s\n", __FILE__, __LINE__, #condition);                       \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

/* Takes bytes off the front of an input, one number at a time. */
typedef struct fuzz_input {
    const uint8_t *data;
    size_t size;
} fuzz_input;

/* 0 to limit - 1; 0 when there is nothing left. */
static inline size_t fuzz_below(fuzz_input *input, size_t limit) {
    if (!input->size) return 0;
    input->size--;
    return *input->data++ % limit;
}

/* The bytes up to the next `separator`, which is passed over, or all that are left. */
static inline fuzz_input fuzz_part(fuzz_input *input, uint8_t separator) {
    size_t length = 0;
    while (length < input->size && input->data[length] != separator) length++;
    fuzz_input part = {input->data, length};
    size_t used = length < input->size ? length + 1 : length;
    input->data += used;
    input->size -= used;
    return part;
}

#endif
