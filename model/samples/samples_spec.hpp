// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/kind_spec.hpp>

namespace wideproof::model {

/// Studies of kind "samples": Gram matrices of networks that were sampled elsewhere, in place of
/// ones that this program samples. The table [samples]; what they are set beside is one of
///
///   compare.prediction   a file of matrices
///   samples.experiment   an experiment file of kind "gram", whose theory predicts them
///   samples.against      other samples of the same networks
class SamplesSpec final : public KindSpec {
 public:
  std::string_view name() const override { return "samples"; }

  /// No networks are sampled here.
  Takes takes() const override {
    return {
        .no_widths = true, .least_replicates = 1, .precision = false, .variance_reduction = false};
  }

  /// Throws InputError naming samples.path where it is missing, and what the samples are set beside
  /// where there is none of it, too much, or prediction_kind does not go with it.
  void check(const Experiment& experiment) const override;

  /// An experiment of this kind in which nothing is given.
  static Experiment::Options defaults();

  std::string path;             ///< a directory, or a file that ends in .npz or .h5
  bool activations = false;     ///< whether they are activations, of which Gram matrices are made
  std::string against;          ///< empty: a prediction
  std::string experiment_file;  ///< empty: a file of matrices, or other samples
};

/// What an experiment of this kind has of its own. Throws std::bad_cast for one of another kind.
const SamplesSpec& samples_of(const Experiment& experiment);

}  // namespace wideproof::model
