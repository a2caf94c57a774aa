#include "core/model/family.h"

/* clang-format off */
static const gaze_family families[GAZE_MODEL_TYPE_COUNT] = {
    /*                          model_type     prefix         naming                 behind padding, tokenizer */
    [GAZE_MODEL_BERT]        = {"bert",        "bert.",       GAZE_NAMES_BERT,       false, "BertTokenizer"},
    [GAZE_MODEL_ROBERTA]     = {"roberta",     "roberta.",    GAZE_NAMES_ROBERTA,    true,  "RobertaTokenizer"},
    [GAZE_MODEL_XLM_ROBERTA] = {"xlm-roberta", "roberta.",    GAZE_NAMES_ROBERTA,    true,  "XLMRobertaTokenizer"},
    [GAZE_MODEL_CAMEMBERT]   = {"camembert",   "roberta.",    GAZE_NAMES_ROBERTA,    true,  "CamembertTokenizer"},
    [GAZE_MODEL_DISTILBERT]  = {"distilbert",  "distilbert.", GAZE_NAMES_DISTILBERT, false, "BertTokenizer"},
    [GAZE_MODEL_ELECTRA]     = {"electra",     "electra.",    GAZE_NAMES_ELECTRA,    false, "BertTokenizer"},
};
/* clang-format on */

const gaze_family *gaze_family_of(gaze_model_type type) {
    return &families[type];
}

const char *gaze_model_type_name(gaze_model_type type) {
    return families[type].model_type;
}
