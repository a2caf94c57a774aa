/* The scripts of the pages, as they stand in viz: the build turns x.js into a string of its name. */
#ifndef GAZE_VIZ_HTML_SCRIPTS_H
#define GAZE_VIZ_HTML_SCRIPTS_H

extern const unsigned char gaze_script_common[];
extern const unsigned char gaze_script_weights[];
extern const unsigned char gaze_script_inflate[];
extern const unsigned char gaze_script_heads[];
extern const unsigned char gaze_script_edges[];
extern const unsigned char gaze_script_percentile[];
extern const unsigned char gaze_script_head_view[];
extern const unsigned char gaze_script_neuron_view[];
extern const unsigned char gaze_script_dots[];
extern const unsigned char gaze_script_text_view[];
extern const unsigned char gaze_script_compare[];
extern const unsigned char gaze_script_model_view[];

#endif
