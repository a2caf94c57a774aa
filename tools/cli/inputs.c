#include "tools/cli/inputs.h"

#include <string.h>

gaze_input cli_input(const cli_settings *s) {
    gaze_input input = {0};
    if (s->text_count > 0) {
        input.text = s->texts[0];
        input.text_length = strlen(s->texts[0]);
    }
    if (s->text_count > 1) {
        input.pair = s->texts[1];
        input.pair_length = strlen(s->texts[1]);
    }
    return input;
}

/* Whether two texts are two inputs, and no pair. */
static bool takes_a_list(const cli_settings *s) {
    return s->command->max_texts > 2;
}

size_t cli_input_count(const cli_settings *s) {
    return takes_a_list(s) ? s->text_count : s->text_count > 0;
}

gaze_input cli_input_at(const cli_settings *s, size_t index) {
    if (!takes_a_list(s)) return cli_input(s);
    return (gaze_input){.text = s->texts[index], .text_length = strlen(s->texts[index])};
}

gaze_truncation cli_truncation(const cli_settings *s) {
    gaze_truncation truncation = {0};
    if (s->max_length == CLI_UNSET || cli_is(s->truncation, "none")) return truncation;
    truncation.enabled = true;
    truncation.max_length = (size_t)s->max_length;
    truncation.stride = s->stride == CLI_UNSET ? 0 : (size_t)s->stride;
    if (cli_is(s->truncation, "only_first")) truncation.strategy = GAZE_TRUNCATE_ONLY_FIRST;
    if (cli_is(s->truncation, "only_second")) truncation.strategy = GAZE_TRUNCATE_ONLY_SECOND;
    if (cli_is(s->truncation_side, "left")) truncation.side = GAZE_SIDE_LEFT;
    return truncation;
}

gaze_truncation cli_truncation_or(const cli_settings *s, gaze_truncation usual) {
    if (s->max_length != CLI_UNSET || cli_is(s->truncation, "none")) return cli_truncation(s);
    gaze_truncation t = usual;
    if (s->stride != CLI_UNSET) t.stride = (size_t)s->stride;
    if (cli_is(s->truncation, "longest_first")) t.strategy = GAZE_TRUNCATE_LONGEST_FIRST;
    if (cli_is(s->truncation, "only_first")) t.strategy = GAZE_TRUNCATE_ONLY_FIRST;
    if (cli_is(s->truncation, "only_second")) t.strategy = GAZE_TRUNCATE_ONLY_SECOND;
    if (s->truncation_side) t.side = cli_is(s->truncation_side, "left") ? GAZE_SIDE_LEFT : GAZE_SIDE_RIGHT;
    return t;
}

gaze_status cli_inputs(gaze_input_list *inputs, const cli_settings *s, gaze_error *err) {
    if (s->file) return gaze_input_list_read(inputs, s->file, s->plain, err);
    gaze_input input = cli_input(s);
    return gaze_input_list_add(inputs, &input, err);
}

int cli_threads(const cli_settings *s) {
    const long most = 4096; /* more than any machine has; a long may be more than an int */
    if (s->threads <= 0) return 0;
    return (int)(s->threads < most ? s->threads : most);
}
