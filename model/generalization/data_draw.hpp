// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <vector>

#include <Eigen/Core>

#include <wideproof/model/generalization/regression_spec.hpp>

namespace wideproof::model {

/// The data of one regression.
struct DataDraw {
  std::vector<std::int64_t> pool;      ///< which inputs, ascending
  std::vector<Eigen::Index> training;  ///< which of the pool train (places in it), ascending
};

/// Draw number `draw` (from 0) for P = `training_points`, of `inputs` inputs. It depends on seed, P
/// and draw alone, so that studies which differ in their networks see the same data.
///
/// Throws InputError naming generalization.training_points where the pool asks for more points than
/// there are inputs.
DataDraw draw_data(const RegressionSpec& spec, std::int64_t inputs, std::int64_t training_points,
                   std::int64_t draw, std::uint64_t seed);

}  // namespace wideproof::model
