// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <wideproof/compare/sparsity/selectivity_assessment.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::compare {

/// How sparse and how selective one layer of trained networks of one width is after a step.
struct ActivityMeans {
  std::int64_t width = 0;
  std::int64_t layer = 0;  ///< from 1
  std::int64_t step = 0;
  std::array<SparsityMean, model::sparsity_number_names.size()> sparsity = {};
  SelectivityMeans selectivity = {};
  SelectivityMeans untrained = {};  ///< of the same networks before training
  SelectivityMeans null = {};       ///< at this step, of classes dealt out at random

  const SparsityMean& of(model::SparsityNumber number) const {
    return sparsity[static_cast<std::size_t>(number)];
  }
};

/// On which inputs.
enum class ActivityInputs : std::uint8_t { training, test };

/// By width, then layer, then recorded step; empty where no neurons were seen on such inputs.
std::vector<ActivityMeans> activity_means(const model::TrainingMeasurement& measurement,
                                          ActivityInputs inputs);

/// Whether any selectivity is a number.
bool has_selectivity(const std::vector<ActivityMeans>& means);

/// What each network showed on the training inputs before it was trained; empty likewise.
model::SparsitySeries untrained_sparsity(const model::TrainingMeasurement& measurement);

}  // namespace wideproof::compare
