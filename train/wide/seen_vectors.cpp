// SPDX-License-Identifier: MIT
#include <wideproof/train/wide/seen_vectors.hpp>

#include <algorithm>

#include <wideproof/sim/random/normal_stream.hpp>

namespace wideproof::train {

SeenVectors::SeenVectors(const model::TrainingData& data, const model::TrainingOptions& options) {
  const auto trained = static_cast<std::int64_t>(data.training.size());
  const std::int64_t steps =
      options.record.empty() ? options.steps_for(trained) : options.record.back();
  const auto looks =
      static_cast<double>(std::max<std::size_t>(options.record.size(), 1)) + 1;  // and the start
  const auto p = static_cast<double>(trained);
  has_tangent_kernels_ = steps > 0 && trained <= most_tangent_inputs;
  right_ = p * static_cast<double>(steps + 1) + (static_cast<double>(data.points()) - p) * looks;
  left_ = p * (static_cast<double>(steps) + (has_tangent_kernels_ ? looks : 0));
}

bool SeenVectors::fit(std::int64_t width) const {
  constexpr double beside = 64;
  return (static_cast<double>(width) + beside) * std::max(right_, left_) <=
         static_cast<double>(sim::NormalStream::double_normals);
}

}  // namespace wideproof::train
