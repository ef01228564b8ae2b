// SPDX-License-Identifier: MIT
#include <wideproof/model/generalization/data_draw.hpp>

#include <numeric>
#include <random>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/random_subset.hpp>

namespace wideproof::model {

DataDraw draw_data(const RegressionSpec& spec, std::int64_t inputs, std::int64_t training_points,
                   std::int64_t draw, std::uint64_t seed) {
  const auto pool = spec.pool(training_points);
  if (pool > inputs) {
    throw InputError("generalization.training_points", training_points,
                     fmt::format("with generalization.pool_ratio = {} takes a pool of {} points; "
                                 "there are {} inputs",
                                 spec.pool_ratio, pool, inputs));
  }
  DataDraw data;
  if (spec.split == RegressionSpec::Split::alternate) {
    data.pool.resize(static_cast<std::size_t>(pool));
    std::iota(data.pool.begin(), data.pool.end(), 0);
    for (std::int64_t k = 0; k < pool; k += spec.pool_ratio) data.training.push_back(k);
    return data;
  }
  std::seed_seq name{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32),
                     static_cast<std::uint32_t>(training_points), static_cast<std::uint32_t>(draw)};
  boost::random::mt19937_64 engine(name);
  data.pool = random_subset(engine, inputs, pool);
  const auto training = random_subset(engine, pool, training_points);
  data.training.assign(training.begin(), training.end());
  return data;
}

}  // namespace wideproof::model
