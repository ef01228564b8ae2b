// SPDX-License-Identifier: MIT
#include <wideproof/train/descent/learning_rate.hpp>

#include <cmath>
#include <numbers>
#include <stdexcept>

namespace wideproof::train {

double learning_rate(const model::TrainingOptions& options, std::int64_t step, std::int64_t steps) {
  const double share = static_cast<double>(step) / static_cast<double>(steps);
  switch (options.schedule) {
    case model::RateSchedule::constant:
      return options.learning_rate;
    case model::RateSchedule::linear:
      return options.learning_rate * (1 - share);
    case model::RateSchedule::cosine:
      return options.learning_rate * 0.5 * (1 + std::cos(std::numbers::pi * share));
    case model::RateSchedule::step:
      return options.learning_rate *
             std::pow(options.decay, static_cast<double>(step / options.every.value()));
  }
  throw std::logic_error("learning_rate: unknown schedule");
}

}  // namespace wideproof::train
