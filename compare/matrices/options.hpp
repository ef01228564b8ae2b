// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/matrices/matrix_name.hpp>
#include <wideproof/model/experiment.hpp>

namespace wideproof::compare {

/// What an assessment takes for granted.
struct Options {
  /// Chance that a true prediction is called wrong, over all claims, layers and entries together.
  double family_error = 0.01;
  /// What counts as equal: |mean − prediction| ≤ margin·√(predicted_aa predicted_bb).
  double equivalence_margin = 0.02;
  /// Family-wise level at which lack of fit raises the order in 1/n.
  double lack_of_fit_error = 0.05;
  /// Relative rounding error of a measured mean; 1e-6 suits sums in float32.
  double rounding = 1e-6;
  /// Neurons an entry must rest on for its mean to be near normal: see rare_below().
  double rare_neurons = 1000.0;
  /// The least 1 − c of two inputs that the sampler's numbers resolve: see JudgedPairs.
  double resolved_deficit = 1e-10;
  /// Whether the prediction says anything of norms. If not, correlations alone are compared: those
  /// of each network, and class means of its Gram over the mean of its norms. Measurement and
  /// series are then to come from without_norms().
  bool norms_are_predicted = true;
  /// Order of the extrapolation in 1/n (0, 1 or 2); nullopt: 1, or 2 where the data ask for it.
  std::optional<int> order;
  /// How often the standard errors are looked at to decide whether to go on, over all widths
  /// together; 1 where the number of replicates is fixed beforehand. Multiplies every p-value.
  int looks = 1;
  /// Whether the networks could have been sampled with variance reduction, and were not: where more
  /// of them are asked for, that is suggested too.
  bool could_reduce_variance = false;
  /// Whether the networks' independence is a claim too: of networks that were sampled elsewhere.
  bool asks_independence = false;
  /// What the matrices are called, in order; see matrix_name().
  std::vector<MatrixName> names = {};
  /// What they are, all together.
  std::string compared = "Gram matrices";

  /// Of matrix number `index`, from 0.
  MatrixName name(std::size_t index) const { return matrix_name(names, index); }
};

/// Sets rounding and resolved_deficit to what a sampler's numbers bear (docs/sampling.md). In
/// float32 means of thousands of products lose a few units in the last place; in float64 next to
/// nothing, but inputs often come from float32 and are off by half a unit of that. Weights drawn in
/// float32 blur two inputs by the rounding of each product; drawn given the kernel, the difference
/// of near inputs is drawn as such.
void set_digits(Options& options, model::DType dtype, model::Engine engine);

/// Throws model::InputError for a value out of range, naming `compare.<key>` where an experiment
/// file has that key, else the option itself.
void check(const Options& options);

}  // namespace wideproof::compare
