/* Writing JSON trees out again, changed: how the edge cases describe their tokenizers. */
#ifndef GAZE_TESTS_SUPPORT_JSON_PATCH_H
#define GAZE_TESTS_SUPPORT_JSON_PATCH_H

#include "core/base/buffer.h"
#include "core/base/json.h"

void json_write(gaze_buffer *out, const gaze_json_value *value);

/* Writes `root` with the merge patch `patch` (RFC 7396), then with the members of `set` in place of its own,
 * then with the elements of `add_tokens` behind those of its "added_tokens". Each may be NULL. */
void json_write_changed(gaze_buffer *out, const gaze_json_value *root, const gaze_json_value *patch,
                        const gaze_json_value *set, const gaze_json_value *add_tokens);

/* Calls `try_changed` with the text as it is when one of its values is of another kind, of 18 kinds, or, but for the
 * whole, is left out: for each of its values, of containers of more than 16 for the first 3 alone. The changed text
 * ends with NUL, and is gone when `try_changed` returns. */
typedef void json_attempt(void *context, const char *changed, size_t length);
void json_exchange_all(const char *text, size_t length, json_attempt *try_changed, void *context);

#endif
