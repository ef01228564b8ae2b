// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace wideproof::model {

/// A number that networks of width n scatter around: value + bias/n + O(1/n²), with a variance of
/// variance/n + O(1/n²) over networks. What is not derived is nullopt.
struct WideNumber {
  double value = 0.0;                             ///< limit at infinite width
  std::optional<double> variance = std::nullopt;  ///< lim n·Var
  std::optional<double> bias = std::nullopt;      ///< lim n·(E − value)
};

/// A limit that is the mean over neurons that were drawn.
struct DrawnNumber {
  double value = 0.0;
  double standard_error = 0.0;
};

/// What is predicted of how sparse a hidden layer of a random network is, over P inputs. Activities
/// are |z|.
struct LayerSparsity {
  /// Hoyer's sparseness of an input's activities times (√n − 1)/√n, 1 − r with r = E|φ|/√(E φ²),
  /// averaged over the inputs.
  WideNumber hoyer;
  /// n·Var of it of a single input.
  std::optional<double> hoyer_variance_of_one = std::nullopt;
  /// Treves–Rolls activity (Σ|z|)²/(n Σz²) over the neurons, r², averaged over the inputs; n·Var
  /// and bias are not those of one input but of this average.
  WideNumber treves_rolls;
  double active_fraction = 0.0;  ///< lim (1/n) #{i : z_i > 0}
  /// Lifetime sparseness over the P inputs, pooled over neurons: 1 − Σ_ab G_ab/(P Σ_a G_aa). Over
  /// 1 − 1/P it is Treves and Rolls' sparseness. nullopt for signed activations.
  std::optional<WideNumber> lifetime = std::nullopt;
  /// Share of the classes in the variance of z over inputs, pooled over neurons; nullopt without
  /// labels, and where inputs do not differ.
  std::optional<WideNumber> eta_squared = std::nullopt;
  /// The others of SelectivityNumber; nullopt likewise, and where activities can be negative.
  std::optional<DrawnNumber> ccmas = std::nullopt;
  std::optional<DrawnNumber> class_selectivity = std::nullopt;
  std::optional<DrawnNumber> null_ccmas = std::nullopt;
  std::optional<DrawnNumber> null_class_selectivity = std::nullopt;
  std::optional<double> null_eta_squared = std::nullopt;
};

struct SparsityPrediction {
  std::vector<LayerSparsity> layers;  ///< hidden layers 1…depth
  std::string not_derived;            ///< why variances or biases are missing; else empty
};

/// What is predicted of regularisers of the correlations between N neurons.
struct PersistencePrediction {
  double mean_absolute_correlation = 0.0;  ///< over pairs of neurons that are not silent
  double total = 0.0;                      ///< T1 = −Σw over the N − 1 edges of the least tree
  double spread = 0.0;                     ///< T2 = a·std(w) − (1−a)·mean(w)
  double mean_weight = 0.0;                ///< mean(w)
  double weight_deviation = 0.0;           ///< std(w), over the tree's edges
};

}  // namespace wideproof::model
