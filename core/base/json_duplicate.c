/* A key that stands twice in an object. JSON allows it, and the last one counts (gaze_json_get); the readers of
 * settings and of weights refuse it, because somebody meant something else. */
#include "core/base/json.h"
#include "core/base/strmap.h"

gaze_status gaze_json_find_duplicate(const gaze_json_value *object, const gaze_json_value **found,
                                     gaze_error *err) {
    gaze_strmap seen = {0};
    gaze_status status = GAZE_OK;
    *found = NULL;
    if (object->type != GAZE_JSON_OBJECT || object->count < 2) return GAZE_OK;
    for (const gaze_json_value *k = gaze_json_first(object); k && !status && !*found;
         k = gaze_json_next_key(k)) {
        bool replaced = false;
        if (!gaze_strmap_set(&seen, k->as.text, k->length, 0, &replaced)) status = gaze_fail_memory(err);
        if (replaced) *found = k;
    }
    gaze_strmap_deinit(&seen);
    return status;
}
