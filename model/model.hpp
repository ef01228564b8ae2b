// SPDX-License-Identifier: MIT
#pragma once

// <wideproof/model.hpp>: what is studied, and what predictions and measurements look like.

#include <wideproof/model/experiment.hpp>      // everything that fixes a run
#include <wideproof/model/input_error.hpp>     // what is thrown for values that cannot be used
#include <wideproof/model/inputs/inputs.hpp>   // input vectors: on a circle, of given cosines, own
#include <wideproof/model/lateral_filter.hpp>  // correlation of weights
#include <wideproof/model/network.hpp>         // depth, activation, threshold, variances

// What theory gives and sim measures, compare takes.
#include <wideproof/model/class_series.hpp>  // what single networks showed, averaged over classes
#include <wideproof/model/generalization/measurement.hpp>  // errors of regression
#include <wideproof/model/measurement.hpp>                 // Gram matrices of sampled networks
#include <wideproof/model/prediction.hpp>                  // Gram matrices at infinite width
