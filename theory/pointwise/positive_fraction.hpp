// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/theory/pointwise/scaled_function.hpp>

namespace wideproof::theory {

/// P(φ(√q (x − τ)) > 0), x a standard normal: φ's sign between kinks and where it changes
/// (model::sign_changes()) within x = ±9.
double positive_fraction(const LayerFunction& function, double variance);

}  // namespace wideproof::theory
