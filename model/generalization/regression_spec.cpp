// SPDX-License-Identifier: MIT
#include <wideproof/model/generalization/regression_spec.hpp>

#include <cstddef>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

using Split = RegressionSpec::Split;

constexpr auto splits =
    name_table<Split>({{Split::random, "random"}, {Split::alternate, "alternate"}});

constexpr std::int64_t largest_ratio = 1000;
constexpr std::int64_t most_draws = 10000;

void check_training_points(const RegressionSpec& spec) {
  const auto& counts = spec.training_points;
  if (counts.empty()) {
    throw InputError("generalization.training_points", "[]", "must name at least one number");
  }
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const auto key = fmt::format("generalization.training_points[{}]", i);
    require_between(key, counts[i], 1, largest_pool);
    if (i > 0 && counts[i] <= counts[i - 1]) {
      throw InputError(key, counts[i],
                       fmt::format("must exceed the number before it, {}", counts[i - 1]));
    }
    if (spec.pool(counts[i]) > largest_pool) {
      throw InputError(key, counts[i],
                       fmt::format("with generalization.pool_ratio = {} asks for a pool of {} "
                                   "points; at most {} are taken",
                                   spec.pool_ratio, spec.pool(counts[i]), largest_pool));
    }
  }
}

}  // namespace

void RegressionSpec::validate() const {
  require_between("generalization.pool_ratio", pool_ratio, split == Split::alternate ? 2 : 1,
                  largest_ratio);
  check_training_points(*this);
  require_between("generalization.draws", draws, 1, most_draws);
  if (split == Split::alternate && draws != 1) {
    throw InputError("generalization.draws", draws,
                     "must be 1 for generalization.split = \"alternate\", which has one draw");
  }
  if (predicted_draws) {
    require_between("generalization.predicted_draws", *predicted_draws, 0, draws);
  }
  require_between("generalization.ridge", ridge, 0.0, 1e12);
}

std::string_view name_of(Split split) {
  return splits[split];
}

Split split_from_name(std::string_view key, std::string_view name) {
  return splits.value(key, name);
}

}  // namespace wideproof::model
