// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <wideproof/app/kinds/training/prepared_training.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::app {

/// Trains networks of one width.
class NetworkEngine {
 public:
  NetworkEngine() = default;
  NetworkEngine(const NetworkEngine&) = delete;
  NetworkEngine& operator=(const NetworkEngine&) = delete;
  virtual ~NetworkEngine() = default;

  virtual model::TrainedNetwork train(std::int64_t replicate) const = 0;
  virtual double memory() const = 0;  ///< bytes, of one network
  virtual double work() const = 0;
};

/// The engine that the experiment asks for; of its own choice the readout's closed form or, where
/// both can train it, that of less work. Throws model::InputError for what it refuses.
std::unique_ptr<const NetworkEngine> network_engine(const PreparedTraining& study,
                                                    std::int64_t width);

}  // namespace wideproof::app
