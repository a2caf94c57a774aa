/* An archive read to its last byte. */
#ifndef GAZE_TESTS_SUPPORT_ZIP_READ_H
#define GAZE_TESTS_SUPPORT_ZIP_READ_H

#include <stddef.h>

#include "core/base/error.h"

/* Parses an archive and reads all its entries, from a block of exactly its size. */
gaze_status zip_read_all(const void *bytes, size_t size, gaze_error *err);

#endif
