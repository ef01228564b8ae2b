// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace wideproof::model {

class Experiment;

/// What an experiment of one kind of study has of its own: the values of its own tables, and which
/// values of the common part it takes.
class KindSpec {
 public:
  /// What a kind takes of the keys that all kinds know.
  struct Takes {
    bool no_widths = false;             ///< simulation.widths may be empty
    std::int64_t least_replicates = 2;  ///< of simulation.replicates
    bool precision = true;              ///< simulation.precision
    bool variance_reduction = true;     ///< simulation.variance_reduction = true
    bool prediction_file = true;        ///< a file of the user's as compare.prediction
    bool agreement_error = false;       ///< compare.agreement_error
    bool margin_of_one = true;          ///< compare.equivalence_margin = 1
    bool layer_widths = false;          ///< network.layers of different widths
    bool layer_laws = false;            ///< network.layers of different activations, variances …
    bool input_law = false;             ///< network.input_*, and inputs.normalize = false
    bool second_inputs = false;         ///< inputs.second
    bool sparsity = false;              ///< compare.sparsity = true
    bool selectivity = false;           ///< compare.selectivity = true
    bool persistence = false;           ///< compare.persistence = true
    bool hoyer_sparseness = false;      ///< network.sparseness is Hoyer's, which any width can have
  };

  KindSpec() = default;
  virtual ~KindSpec() = default;

  /// study.kind, such as "gram".
  virtual std::string_view name() const = 0;

  virtual Takes takes() const { return {}; }

  /// Throws InputError for values of its own that are out of range or do not go with the common
  /// part of `experiment`, which has been checked.
  virtual void check(const Experiment& experiment) const = 0;

 protected:
  KindSpec(const KindSpec&) = default;
  KindSpec& operator=(const KindSpec&) = default;
};

}  // namespace wideproof::model
