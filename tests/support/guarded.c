#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */
#include "tests/support/guarded.h"

#include <stdarg.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

guarded_text guarded_text_new(size_t length, const char *unit) {
    size_t page = (size_t)sysconf(_SC_PAGESIZE), open = 8192 > page ? 8192 : page, n = strlen(unit);
    length = length / page * page;
    assert_true(length >= 16 * page);
    char *bytes = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(bytes != MAP_FAILED);
    for (size_t i = 0; i < length; i++) bytes[i] = unit[i % n];
    assert_int_equal(mprotect(bytes + open, length - 2 * open, PROT_NONE), 0);
    return (guarded_text){bytes, length};
}

void guarded_text_free(guarded_text *text) {
    munmap(text->bytes, text->length);
    *text = (guarded_text){0};
}
