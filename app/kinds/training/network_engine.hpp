// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <wideproof/app/kinds/training/prepared_training.hpp>
#include <wideproof/app/study/task_run.hpp>
#include <wideproof/model/training/training_measurement.hpp>

namespace wideproof::app {

/// Trains networks of one width.
class NetworkEngine {
 public:
  NetworkEngine() = default;
  NetworkEngine(const NetworkEngine&) = delete;
  NetworkEngine& operator=(const NetworkEngine&) = delete;
  virtual ~NetworkEngine() = default;

  /// As TaskRun::Work::run_in_parts: nullopt where `go_on` stopped it. An engine that cannot save
  /// where it stands leaves `saved` empty and begins again.
  virtual std::optional<model::TrainedNetwork> train(
      std::int64_t replicate, std::string& saved, const TaskRun::Work::PartGoesOn& go_on) const = 0;
  virtual double memory() const = 0;  ///< bytes, of one network in training
  virtual double held() const = 0;    ///< bytes, from network to network
  virtual double saved() const = 0;   ///< bytes; 0: an engine that cannot save
  virtual double work() const = 0;
};

/// Whether networks may be trained without their weights being drawn, so many inputs training.
bool may_do_without_weights(const model::Experiment& experiment, std::int64_t inputs);

/// The engine that the experiment asks for; of its own choice the readout's closed form or, where
/// both can train it, that of less work. Throws model::InputError for what it refuses.
std::unique_ptr<const NetworkEngine> network_engine(const PreparedTraining& study,
                                                    std::int64_t width);

}  // namespace wideproof::app
