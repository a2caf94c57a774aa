/* The local cache of the Hugging Face hub: from a model's name to the directory of its files.
 *
 *     CACHE/models--ORG--NAME/refs/main           the hash of the snapshot that "main" was
 *     CACHE/models--ORG--NAME/snapshots/HASH/     config.json, model.safetensors, ...: links to blobs
 *
 * CACHE is $HF_HUB_CACHE, else $HF_HOME/hub, else $XDG_CACHE_HOME/huggingface/hub, else
 * ~/.cache/huggingface/hub, as in huggingface_hub. Nothing is ever downloaded.
 */
#ifndef GAZE_WEIGHTS_HUB_CACHE_H
#define GAZE_WEIGHTS_HUB_CACHE_H

#include "core/base/error.h"

/* The snapshot of the model `name` ("bert-base-uncased", "org/name"), in new memory (gaze_free): the one
 * that refs/main names, else the newest. NOT_FOUND when `name` cannot be a hub name or is not in the cache;
 * the message says how to get it. *out is NULL on failure. */
gaze_status gaze_hub_find(char **out, const char *name, gaze_error *err);

#endif
