// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/inputs.hpp>

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <utility>

#include <wideproof/model/files/numeric_array.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

constexpr std::int64_t largest_dimension = 1000000;
constexpr std::size_t most_cosines = 10000;

/// (cos, sin) of 2πk/count, exact at multiples of a quarter turn.
Eigen::RowVector2d point_on_circle(std::int64_t k, std::int64_t count) {
  const std::int64_t quarter = 4 * k / count;
  const double angle =
      std::numbers::pi / 2 * static_cast<double>(4 * k % count) / static_cast<double>(count);
  const double x = std::cos(angle);
  const double y = std::sin(angle);
  switch (quarter) {
    case 0:
      return {x, y};
    case 1:
      return {-y, x};
    case 2:
      return {-x, -y};
    default:
      return {y, -x};
  }
}

/// Drawn one row after the other.
Eigen::MatrixXd normal_rows(std::int64_t count, std::int64_t dimension, std::uint64_t seed) {
  boost::random::mt19937_64 engine(seed);
  boost::random::normal_distribution<double> normal;
  Eigen::MatrixXd rows(count, dimension);
  for (std::int64_t a = 0; a < count; ++a) {
    for (std::int64_t i = 0; i < dimension; ++i) rows(a, i) = normal(engine);
  }
  return rows;
}

}  // namespace

Inputs circle_inputs(std::int64_t count, bool endpoint) {
  check_circle(count, endpoint);
  const std::int64_t steps = endpoint ? count - 1 : count;
  Eigen::MatrixXd rows(count, 2);
  for (std::int64_t k = 0; k < count; ++k) rows.row(k) = point_on_circle(k % steps, steps);
  return Inputs("circle", std::move(rows));
}

Inputs cosine_inputs(const std::vector<double>& cosines) {
  check_cosines(cosines);
  const auto count = static_cast<std::int64_t>(cosines.size());
  Eigen::MatrixXd rows = Eigen::MatrixXd::Zero(count, count + 1);
  for (std::int64_t a = 0; a < count; ++a) {
    const double c = cosines[static_cast<std::size_t>(a)];
    rows(a, 0) = c;
    rows(a, a + 1) = std::sqrt((1 - c) * (1 + c));
  }
  return Inputs("cosines", std::move(rows));
}

Inputs gaussian_inputs(std::int64_t count, std::int64_t dimension, std::uint64_t seed) {
  check_gaussian(count, dimension);
  return Inputs("gaussian", normal_rows(count, dimension, seed));
}

Inputs mixture_inputs(std::int64_t count, std::int64_t dimension, std::int64_t clusters,
                      double separation, std::uint64_t seed) {
  check_mixture(count, dimension, clusters, separation);
  Eigen::MatrixXd rows = normal_rows(count, dimension, seed);
  rows /= std::sqrt(static_cast<double>(dimension));
  for (std::int64_t a = 0; a < count; ++a) rows(a, a % clusters) += separation;
  return Inputs("mixture", std::move(rows));
}

void check_circle(std::int64_t count, bool endpoint) {
  require_between("inputs.count", count, endpoint ? 2 : 1, largest_input_count);
}

void check_cosines(const std::vector<double>& cosines) {
  if (cosines.empty() || cosines.size() > most_cosines) {
    throw InputError("inputs.cosines", fmt::format("({} numbers)", cosines.size()),
                     fmt::format("must hold 1 to {} numbers", most_cosines));
  }
  for (std::size_t a = 0; a < cosines.size(); ++a) {
    require_between(fmt::format("inputs.cosines[{}]", a), cosines[a], -1.0, 1.0);
  }
}

void check_gaussian(std::int64_t count, std::int64_t dimension) {
  require_between("inputs.count", count, 1, largest_input_count);
  require_between("inputs.dimension", dimension, 1, largest_dimension);
  if (count * dimension > largest_array) {
    throw InputError(
        "inputs.dimension", dimension,
        fmt::format("{} inputs of this dimension are more than {} numbers", count, largest_array));
  }
}

void check_mixture(std::int64_t count, std::int64_t dimension, std::int64_t clusters,
                   double separation) {
  check_gaussian(count, dimension);
  require_between("inputs.clusters", clusters, 1, dimension);
  require_between("inputs.separation", separation, 0.0, 1e6);
}

}  // namespace wideproof::model
