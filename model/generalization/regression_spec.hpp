// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wideproof::model {

/// How regressions are trained and judged: the [generalization] table.
///
/// A draw takes a pool of N = pool_ratio · P of the inputs and trains on P of them; its error is
/// the mean squared error over the pool, training points included (Chun & Lee 2024 with N = 2P).
struct RegressionSpec {
  /// How a draw takes its points:
  ///   random     pool and training points at random, without replacement
  ///   alternate  the first N inputs as they stand; of them number 0, pool_ratio, 2 pool_ratio, …
  ///              train. There is one such draw.
  enum class Split { random, alternate };

  std::vector<std::int64_t> training_points = {128, 256, 512, 1024};  ///< P, strictly ascending
  std::int64_t pool_ratio = 2;  ///< N/P, in [1, 1000]; alternate: ≥ 2
  Split split = Split::random;
  std::int64_t draws = 5;  ///< of data, for each P
  /// The first draws get the theory's prediction of their error, which takes the kernel's
  /// eigenvalues; nullopt: all of them.
  std::optional<std::int64_t> predicted_draws = std::nullopt;
  double ridge = 0.0;  ///< λ, added to the diagonal of the P × P Gram

  std::int64_t pool(std::int64_t training) const { return pool_ratio * training; }
  std::int64_t number_predicted() const { return predicted_draws.value_or(draws); }

  /// Throws InputError naming `generalization.<key>` for a value out of range, and for a pool of
  /// more than `largest_pool` points.
  void validate() const;
};

/// The most points that one regression takes: its matrices hold the square of that.
constexpr std::int64_t largest_pool = 32768;

std::string_view name_of(RegressionSpec::Split split);

/// Throws InputError naming `key` and every known name.
RegressionSpec::Split split_from_name(std::string_view key, std::string_view name);

}  // namespace wideproof::model
