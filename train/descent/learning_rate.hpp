// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <wideproof/model/training/training_options.hpp>

namespace wideproof::train {

/// The learning rate of step `step` of `steps`, from 0: η times what model::RateSchedule says.
double learning_rate(const model::TrainingOptions& options, std::int64_t step, std::int64_t steps);

}  // namespace wideproof::train
