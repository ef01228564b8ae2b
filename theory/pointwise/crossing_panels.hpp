// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/theory/pointwise/function_panels.hpp>

namespace wideproof::theory {

/// Where panels of the outer variable o end, x = em + fo and y = ±(em − fo) being arguments of two
/// functions: at crossings of kinks, o = (x_i − y_j)/2f, at `ends`, and so that none is longer than
/// 4, or than where two halved panels cross, or one and a kink.
///
/// `sign` is that of y.
std::vector<double> crossing_panels(const FunctionPanels& x, const FunctionPanels& y, double sign,
                                    double f, double low, double high);

}  // namespace wideproof::theory
