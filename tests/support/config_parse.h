/* A config.json read from memory, its tree freed at once. */
#ifndef GAZE_TESTS_SUPPORT_CONFIG_PARSE_H
#define GAZE_TESTS_SUPPORT_CONFIG_PARSE_H

#include <stddef.h>

#include "core/base/error.h"
#include "core/model/config.h"

/* From a block of exactly its size, so that a sanitizer sees a read one byte too far. */
gaze_status config_parse_bytes(gaze_config *config, const char *text, size_t length, gaze_error *err);
gaze_status config_parse(gaze_config *config, const char *text);

#endif
