// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <Eigen/Core>

#include <wideproof/model/training/training_data.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>
#include <wideproof/sim/random/normal_tensor.hpp>
#include <wideproof/train/descent/worker_team.hpp>
#include <wideproof/train/trainable_law.hpp>

namespace wideproof::train::testing {

/// Rows × columns standard normals, the same at every call.
inline Eigen::MatrixXd some_field(std::int64_t rows, std::int64_t columns, std::uint64_t seed = 5) {
  return sim::to_matrix(sim::normal_tensor(sim::NormalStream({.seed = seed, .layer = 1}), 0, rows,
                                           columns, at::kDouble));
}

/// Normal inputs of unit norm and classes of `outputs` columns, or signs in one: whether the first
/// coordinate, or which of the first ones, is the largest. Row r validates where r % 5 == 1 and
/// `validates`; the last `test` rows are those of the test.
inline std::shared_ptr<const model::TrainingData> some_data(std::int64_t points,
                                                            std::int64_t dimension,
                                                            std::int64_t outputs,
                                                            std::int64_t test = 0,
                                                            bool validates = false) {
  auto data = std::make_shared<model::TrainingData>();
  data->inputs = some_field(points, dimension).rowwise().normalized();
  data->targets = Eigen::MatrixXd::Zero(points, outputs);
  data->are_classes = true;
  for (Eigen::Index row = 0; row < points; ++row) {
    Eigen::Index largest = 0;
    data->inputs.row(row).head(outputs).maxCoeff(&largest);
    if (outputs == 1) {
      data->targets(row, 0) = data->inputs(row, 0) > 0 ? 1 : -1;
    } else {
      data->targets(row, largest) = 1;
    }
    auto& group = row >= points - test        ? data->test
                  : validates && row % 5 == 1 ? data->validation
                                              : data->training;
    group.push_back(row);
  }
  return data;
}

/// On the team's first thread, LibTorch set to one.
inline void with_team(int threads, const std::function<void(WorkerTeam&)>& work) {
  WorkerTeam team(threads);
  team.run([&] { work(team); });
}

}  // namespace wideproof::train::testing
