// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/theory/pointwise/scaled_function.hpp>

namespace wideproof::theory {

/// P(f(x) > 0), x a standard normal: f's sign between kinks and roots, which are found where it
/// changes on a grid of step 1/32 over ±9. The ends of where f is 0 are found if they are kinks.
double positive_fraction(const ScaledFunction& f);

}  // namespace wideproof::theory
