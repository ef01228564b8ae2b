// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <wideproof/model/experiment.hpp>
#include <wideproof/model/kind_spec.hpp>

namespace wideproof::coin {

/// Studies of kind "coin", the least that a kind can be: a coin is tossed in `draws` series of
/// `tosses`, and how often it shows heads is set beside what is predicted. The table [coin].
class CoinSpec final : public model::KindSpec {
 public:
  std::string_view name() const override { return "coin"; }

  /// No networks are sampled.
  Takes takes() const override {
    return {.no_widths = true,
            .least_replicates = 1,
            .precision = false,
            .variance_reduction = false,
            .prediction_file = false};
  }

  void check(const model::Experiment& experiment) const override;

  static model::Experiment::Options defaults();

  double probability = 0.5;  ///< of heads, in (0, 1)
  double predicted = 0.5;    ///< what is put to the proof, likewise
  std::int64_t draws = 20;   ///< series, at least 2
  std::int64_t tosses = 2000;
};

/// What an experiment of this kind has of its own.
inline const CoinSpec& coin_of(const model::Experiment& experiment) {
  return dynamic_cast<const CoinSpec&>(experiment.kind());
}

}  // namespace wideproof::coin
