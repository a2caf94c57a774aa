/* weights/config_json and shards: a configuration that is accepted can be trusted; names of shards are no
 * paths. */
#include <math.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"
#include "weights/config_json.h"
#include "weights/shards.h"

static void check_config(const gaze_config *c) {
    MUST(c->vocab_size && c->num_hidden_layers && c->num_attention_heads && c->intermediate_size);
    MUST(c->max_position_embeddings && c->type_vocab_size);
    MUST(c->head_size * c->num_attention_heads == c->hidden_size);
    MUST(c->pad_token_id >= 0 && (size_t)c->pad_token_id < c->vocab_size);
    MUST(c->layer_norm_eps > 0 && isfinite(c->layer_norm_eps));
    MUST(c->hidden_act < GAZE_ACTIVATION_COUNT);
    MUST(memchr(c->architecture, '\0', sizeof c->architecture));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gaze_config config;
    gaze_json *json = NULL;
    gaze_shard_index index;
    gaze_error err = {0};
    if (gaze_config_parse(&config, &json, (const char *)data, size, &err) == GAZE_OK)
        check_config(&config);
    else
        MUST(!json && err.code && err.message[0]);
    gaze_json_free(json);
    if (gaze_shard_index_parse(&index, (const char *)data, size, &err) == GAZE_OK)
        for (size_t i = 0; i < index.files.count; i++) {
            const char *name = index.files.items[i];
            MUST(!strchr(name, '/') && !strchr(name, '\\') && strlen(name) > 12 && strlen(name) < 256);
        }
    gaze_shard_index_deinit(&index);
    return 0;
}
