// SPDX-License-Identifier: MIT
#pragma once

// <wideproof/theory.hpp>: infinite-width predictions and their corrections.

// The limit of every hidden layer: predict(). One layer's map of correlations, and closed forms.
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>
#include <wideproof/theory/recursion/correlation_map.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

// What one network of finite width does around it, and how wide is wide enough.
#include <wideproof/theory/fluctuations/fluctuation.hpp>
#include <wideproof/theory/fluctuations/gram_covariance.hpp>
#include <wideproof/theory/fluctuations/needed_width.hpp>
#include <wideproof/theory/fluctuations/norm_law.hpp>

// Dimension reduction: the layers of an ensemble's covariance, in the limit and for given weights.
#include <wideproof/theory/dimension/dimension_fixed_point.hpp>
#include <wideproof/theory/dimension/dimension_recursion.hpp>
#include <wideproof/theory/dimension/gaussian_closure.hpp>
#include <wideproof/theory/dimension/kernel_participation.hpp>

// How sparse and selective random layers are, and the persistence of their correlations.
#include <wideproof/theory/persistence/correlation_law.hpp>
#include <wideproof/theory/persistence/sampled_persistence.hpp>
#include <wideproof/theory/persistence/spanning_tree.hpp>
#include <wideproof/theory/sparsity/activity_law.hpp>
#include <wideproof/theory/sparsity/class_separation.hpp>
#include <wideproof/theory/sparsity/lifetime_sparseness.hpp>
#include <wideproof/theory/sparsity/predict_sparsity.hpp>
#include <wideproof/theory/sparsity/random_selectivity.hpp>

// Tangent kernels, and what networks that are trained put out.
#include <wideproof/theory/tangent/tangent_fluctuation.hpp>
#include <wideproof/theory/tangent/tangent_recursion.hpp>
#include <wideproof/theory/tangent/threshold_nugget.hpp>
#include <wideproof/theory/tangent/trained_limit.hpp>

// Regression with the limit's kernel, and the theory of its error.
#include <wideproof/theory/regression/generalization_error.hpp>
#include <wideproof/theory/regression/kernel_regression.hpp>
#include <wideproof/theory/regression/kernel_spectrum.hpp>
#include <wideproof/theory/regression/regression_kernel.hpp>
