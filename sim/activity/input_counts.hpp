// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/sim/random/network_id.hpp>

namespace wideproof::sim {

/// That one of D inputs stands for `count` inputs of one class.
struct ClassShare {
  Eigen::Index input = 0;
  Eigen::Index of_class = 0;
  double count = 1;
};

/// What D inputs stand for, by class.
struct ClassCounts {
  std::vector<ClassShare> shares;  ///< by input
  Eigen::ArrayXd inputs;           ///< K, of each class
};

/// The classes of one network's inputs, and the same dealt out at random.
struct NetworkClasses {
  ClassCounts own;
  ClassCounts dealt;
  bool is_signed = false;  ///< whether activities may be negative
};

/// How often D inputs count for what is told of the neurons of one network.
struct NetworkCounts {
  Eigen::ArrayXd multiplicity;            ///< D, 1 or more
  std::optional<NetworkClasses> classes;  ///< nullopt without labels
};

/// How many of P inputs, and of which classes, each of the D inputs stands for that a sampler sees.
class InputCounts {
 public:
  /// Each stands for itself alone, and has no label.
  InputCounts() = default;
  explicit InputCounts(Eigen::ArrayXd multiplicity);
  /// `place`: of each of P inputs among the D; `labels`: one each, or none.
  InputCounts(const std::vector<Eigen::Index>& place, const std::vector<std::int64_t>& labels);

  /// The same of `inputs` inputs, where nothing was said of them.
  InputCounts of_inputs(std::int64_t inputs) const;

  /// Labels are dealt out anew to every network, each order of the P being as likely.
  NetworkCounts of(const NetworkId& id, bool is_signed) const;

 private:
  ClassCounts counts_of(const std::vector<Eigen::Index>& classes) const;

  Eigen::ArrayXd multiplicity_ = {};
  std::vector<Eigen::Index> place_ = {};    ///< of each of P inputs; empty without labels
  std::vector<Eigen::Index> classes_ = {};  ///< of each of P inputs, from 0; likewise
  Eigen::Index class_count_ = 0;
};

}  // namespace wideproof::sim
