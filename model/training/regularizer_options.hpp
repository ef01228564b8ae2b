// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace wideproof::model {

/// What is added to the loss, λR. Of all parameters θ that train, biases among them,
///
///   l1  Σ|θ|        l2  Σθ²
///
/// and of the neurons' activations over a batch, with ρ_ij their correlations, d = 1 − |ρ| and w
/// the weights of d's minimum spanning tree (Ballester et al. 2023; std of a population):
///
///   mean_correlation  mean |ρ_ij| over pairs of neurons that are not constant
///   t1                −Σw
///   t2                a std(w) − (1 − a) mean(w)
enum class Regularizer { none, l1, l2, mean_correlation, t1, t2 };

std::string_view name_of(Regularizer regularizer);
/// Throws InputError naming `key` and every known name.
Regularizer regularizer_from_name(std::string_view key, std::string_view name);

/// The [training.regularizer] table.
struct RegularizerOptions {
  Regularizer kind = Regularizer::none;
  double strength = 0.0;  ///< λ ≥ 0
  double a = 0.5;         ///< of t2, in [0, 1]
  /// Neurons of each hidden layer that correlations are of, those of highest mean |activation| over
  /// the batch: a share of the layer in (0, 1], or a number. Outputs are all taken.
  double share = 1.0;
  std::optional<std::int64_t> neurons = {};

  /// Whether there is an R at all.
  bool exists() const { return kind != Regularizer::none; }
  /// Whether R is of parameters.
  bool is_of_parameters() const { return kind == Regularizer::l1 || kind == Regularizer::l2; }
  /// Whether R is of activations.
  bool is_of_correlations() const { return exists() && !is_of_parameters(); }
  /// Neurons taken of a hidden layer of this width: of a share the nearest number, but one at
  /// least.
  std::int64_t neurons_of(std::int64_t width) const;

  /// Throws InputError naming training.regularizer.<key> for a value out of range.
  void validate() const;
  /// Throws InputError naming training.regularizer.neurons where a hidden layer has fewer.
  void check_fits(const std::vector<std::int64_t>& widths) const;
  /// Throws InputError naming training.regularizer.kind where correlations would be of a batch of
  /// one input. `batch` divides `inputs` into batches, the last of which may be smaller.
  void check_batches(std::int64_t batch, std::int64_t inputs) const;
};

}  // namespace wideproof::model
