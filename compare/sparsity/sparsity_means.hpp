// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <wideproof/model/sparsity/sparsity_series.hpp>

namespace wideproof::compare {

/// A mean over networks. NaN where no network has the number; errors are where fewer than two do.
struct SparsityMean {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double standard_error = std::numeric_limits<double>::quiet_NaN();
  double variance = std::numeric_limits<double>::quiet_NaN();  ///< of one network
  std::int64_t networks = 0;                                   ///< that have the number
};

/// What one layer of networks of one width shows of its sparsity.
struct LayerSparsityMeans {
  std::int64_t width = 0;
  std::int64_t layer = 0;  ///< from 1
  std::int64_t networks = 0;
  std::array<SparsityMean, model::sparsity_number_names.size()> numbers = {};

  const SparsityMean& of(model::SparsityNumber number) const {
    return numbers[static_cast<std::size_t>(number)];
  }
};

SparsityMean sparsity_mean(const Eigen::VectorXd& networks);

/// By width, then layer.
std::vector<LayerSparsityMeans> sparsity_means(const model::SparsitySeries& series);

}  // namespace wideproof::compare
