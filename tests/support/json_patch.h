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

/* Writes `root` with the text `other` in place of the value `at`, which is one of its own; NULL leaves it out, a
 * member with its key. */
void json_write_replaced(gaze_buffer *out, const gaze_json_value *root, const gaze_json_value *at,
                         const char *other);

/* Values of every kind, to put there. */
extern const char *const json_others[];
extern const size_t json_other_count;

/* Calls `visit` with every value of the tree; of containers of more than 16 values with the first 3 alone. */
typedef void json_visitor(void *context, const gaze_json_value *value);
void json_visit(const gaze_json_value *value, json_visitor *visit, void *context);

#endif
