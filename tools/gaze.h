/* gaze: everything a program needs to read a model, run it and draw its attention.
 *
 *     #include "tools/gaze.h"                         cc ... libgaze.a -lz -lm -fopenmp
 *
 * tools/pipeline/pipeline.h is where to begin.
 */
#ifndef GAZE_H
#define GAZE_H

#include "core/base/buffer.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/tokens.h"
#include "core/explain/aggregate.h"
#include "core/explain/entropy.h"
#include "core/explain/percentile.h"
#include "core/explain/steps.h"
#include "core/explain/subset.h"
#include "core/explain/words.h"
#include "core/model/encoder.h"
#include "core/model/record.h"
#include "core/task/pooling.h"
#include "tokenizer/tokenizer.h"
#include "tools/pipeline/answerer.h"
#include "tools/pipeline/cross_encoder.h"
#include "tools/pipeline/dump.h"
#include "tools/pipeline/embedder.h"
#include "tools/pipeline/fill_mask.h"
#include "tools/pipeline/labeller.h"
#include "tools/pipeline/lines.h"
#include "tools/pipeline/neuron.h"
#include "tools/pipeline/picture.h"
#include "tools/pipeline/pipeline.h"
#include "tools/pipeline/task.h"
#include "tools/pipeline/verify.h"
#include "viz/viz.h"
#include "weights/model.h"

#endif
