/* Families: what sets one model type apart from another, as data.
 *
 * BERT's encoder is everybody's encoder. What differs is how files spell the parameters, which row of the
 * position table a text begins at, who splits its text, and the shape of the heads. The first three
 * stand here and in the names of core/model/params.c, the heads in core/model/heads.c, the fields of
 * config.json in weights/config_json.c; the forward pass asks nobody for the model's type.
 */
#ifndef GAZE_CORE_MODEL_FAMILY_H
#define GAZE_CORE_MODEL_FAMILY_H

#include <stdbool.h>

#include "core/model/config.h"

/* How files spell the parameters: a column of the table in params.c. */
typedef enum gaze_naming {
    GAZE_NAMES_BERT,
    GAZE_NAMES_ROBERTA,
    GAZE_NAMES_DISTILBERT,
    GAZE_NAMES_ELECTRA,
    GAZE_NAMINGS
} gaze_naming;

typedef struct gaze_family {
    const char *model_type;        /* in config.json: "xlm-roberta" */
    const char *prefix;            /* before the encoder's names in a class with a head: "roberta." */
    gaze_naming naming;
    bool positions_behind_padding; /* positions begin behind the padding's own row (RobertaEmbeddings) */
    const char *tokenizer_class;   /* in transformers, where no file names one */
} gaze_family;

const gaze_family *gaze_family_of(gaze_model_type type);

/* "bert": config.json's model_type. */
const char *gaze_model_type_name(gaze_model_type type);

#endif
