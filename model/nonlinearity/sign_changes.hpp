// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>

namespace wideproof::model {

/// Where φ changes its sign on [low, high], ascending, to rounding; two that lie closer together
/// than a thousandth of that may be missed.
std::vector<double> sign_changes(const Nonlinearity& phi, double low, double high);

}  // namespace wideproof::model
