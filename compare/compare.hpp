// SPDX-License-Identifier: MIT
#pragma once

// <wideproof/compare.hpp>: numbers in, a verdict out.

// Gram matrices of networks beside a prediction, yours or the theory's: predicted_layers(), then
// assess(). How much larger a run has to be where nothing is decided.
#include <wideproof/compare/gram/assessment.hpp>
#include <wideproof/compare/gram/equivalence_plan.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>

// Errors of regression: assess_generalization().
#include <wideproof/compare/generalization/learning_curve.hpp>

// Dimensionality and correlation strength: assess_dimension().
#include <wideproof/compare/dimension/assessment.hpp>

// Tests by themselves: many p-values, many numbers jointly, errors draw by draw.
#include <wideproof/compare/statistics/holm.hpp>
#include <wideproof/compare/statistics/hotelling.hpp>
#include <wideproof/compare/statistics/mean_error.hpp>
#include <wideproof/compare/statistics/paired_ratio.hpp>
