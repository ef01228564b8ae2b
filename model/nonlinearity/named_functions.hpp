// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include <wideproof/model/nonlinearity/pointwise.hpp>

namespace wideproof::model {

/// A Function other than expression and callable; its options are in range.
std::shared_ptr<const Nonlinearity> named_function(const PointwiseOptions& options);

}  // namespace wideproof::model
