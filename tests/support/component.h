/* Components one by one: what a normalizer or a pre-tokenizer, as tokenizer.json writes it, makes of a text. */
#ifndef GAZE_TESTS_SUPPORT_COMPONENT_H
#define GAZE_TESTS_SUPPORT_COMPONENT_H

#include <stddef.h>

#include "core/base/buffer.h"
#include "core/base/json.h"

/* Appends what becomes of the text, or returns why the component cannot be read. */
typedef gaze_status component_applier(gaze_buffer *out, const gaze_json_value *json, const char *text,
                                      size_t length, gaze_error *err);

/* The normalized text. */
component_applier apply_normalizer;
/* The normalized text with the place that each char stands for: "a(0,1)b(1,2)". */
component_applier apply_normalizer_aligned;
/* The pieces as [["string",[start,end]],...]. */
component_applier apply_pre_tokenizer;

/* Fails the test unless the component makes `want` of the text; where it cannot be read, `want` is the
 * error's message. */
void expect_component(component_applier *apply, const char *component, const char *text, const char *want);

#endif
