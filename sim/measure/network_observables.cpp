// SPDX-License-Identifier: MIT
#include <wideproof/sim/measure/network_observables.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace wideproof::sim {
namespace {

void pack(const Eigen::MatrixXd& symmetric, Eigen::Ref<Eigen::VectorXd> out) {
  Eigen::Index k = 0;
  for (Eigen::Index b = 0; b < symmetric.cols(); ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) out(k++) = symmetric(a, b);
  }
}

Eigen::MatrixXd unpack(const Eigen::Ref<const Eigen::VectorXd>& packed, std::int64_t side) {
  Eigen::MatrixXd symmetric(side, side);
  Eigen::Index k = 0;
  for (Eigen::Index b = 0; b < side; ++b) {
    for (Eigen::Index a = 0; a <= b; ++a) {
      symmetric(a, b) = symmetric(b, a) = packed(k++);
    }
  }
  return symmetric;
}

bool has_correlation(const Eigen::MatrixXd& gram) {
  return !(gram.diagonal().array() <= 0).any();
}

Eigen::MatrixXd correlation_of(const Eigen::MatrixXd& gram) {
  const Eigen::VectorXd inverse_norm = gram.diagonal().cwiseSqrt().cwiseInverse();
  Eigen::MatrixXd correlation = inverse_norm.asDiagonal() * gram * inverse_norm.asDiagonal();
  correlation.diagonal().setOnes();
  return correlation;
}

}  // namespace

void ObservableLayout::write(std::int64_t layer, const Eigen::MatrixXd& gram,
                             const Eigen::MatrixXd& next_kernel, double active_fraction,
                             Eigen::VectorXd& sample) const {
  const auto part = [&](Part which) { return sample.segment(offset(layer, which), triangle()); };
  const auto write_both = [&](const Eigen::MatrixXd& values, Part matrix, Part correlation) {
    const bool exists = values.size() > 0 && has_correlation(values);
    part(matrix).setZero();
    part(correlation).setZero();
    if (values.size() > 0) pack(values, part(matrix));
    if (exists) pack(correlation_of(values), part(correlation));
    sample(existence_at(layer, correlation)) = exists ? 1 : 0;
  };
  write_both(gram, Part::gram, Part::correlation);
  write_both(next_kernel, Part::next_kernel, Part::next_correlation);
  sample(active_fraction_at(layer)) = active_fraction;
}

void ObservableLayout::write_reduced(std::int64_t layer, const Eigen::MatrixXd& gram_control,
                                     const Eigen::MatrixXd& correlation_control,
                                     Eigen::VectorXd& sample) const {
  const auto subtract = [&](Part from, const Eigen::MatrixXd& control, Part to) {
    auto reduced = sample.segment(offset(layer, to), triangle());
    pack(control, reduced);
    reduced = sample.segment(offset(layer, from), triangle()) - reduced;
  };
  subtract(Part::gram, gram_control, Part::reduced_gram);
  subtract(Part::correlation, correlation_control, Part::reduced_correlation);
  if (sample(existence_at(layer, Part::correlation)) == 0) {
    sample.segment(offset(layer, Part::reduced_correlation), triangle()).setZero();
  }
}

Eigen::MatrixXd ObservableLayout::matrix(const Eigen::VectorXd& observables, std::int64_t layer,
                                         Part part) const {
  return unpack(observables.segment(offset(layer, part), triangle()), inputs_);
}

std::int64_t ObservableLayout::networks_with(Part part, std::int64_t layer,
                                             const MomentAccumulator& moments) const {
  const double share = moments.mean()(existence_at(layer, part));
  return std::llround(share * static_cast<double>(moments.count()));
}

std::pair<Eigen::VectorXd, Eigen::VectorXd> ObservableLayout::moments_of_existing(
    std::int64_t layer, Part part, const MomentAccumulator& moments) const {
  Eigen::VectorXd mean = moments.mean().segment(offset(layer, part), triangle());
  Eigen::VectorXd squares = moments.squares().segment(offset(layer, part), triangle());
  const std::int64_t networks = networks_with(part, layer, moments);
  if (networks < moments.count()) {
    const auto at = existence_at(layer, part);
    mean /= moments.mean()(at);
    squares = (squares.array() - moments.squares()(at) * mean.array().square()).max(0);
    if (networks < 2) mean = squares.setConstant(std::numeric_limits<double>::quiet_NaN());
  }
  return {mean, squares / static_cast<double>(networks - 1)};
}

Eigen::VectorXd ObservableLayout::variances(const MomentAccumulator& moments) const {
  Eigen::VectorXd all = moments.variance();
  for (std::int64_t layer = 1; layer <= depth_; ++layer) {
    for (const auto part : {Part::correlation, Part::next_correlation, Part::reduced_correlation}) {
      if (part == Part::reduced_correlation && !reduces_variance_) continue;
      auto of_part = all.segment(offset(layer, part), triangle());
      if (networks_with(part, layer, moments) < 2) {
        of_part.setZero();
      } else {
        of_part = moments_of_existing(layer, part, moments).second;
      }
    }
  }
  return all;
}

double ObservableLayout::relative_standard_error(const MomentAccumulator& moments) const {
  constexpr double unknown = std::numeric_limits<double>::infinity();
  if (moments.count() < 2) return unknown;
  const double per_sample =
      static_cast<double>(moments.count()) * static_cast<double>(moments.count() - 1);
  double largest_square = -1;
  for (std::int64_t layer = 1; layer <= depth_; ++layer) {
    const auto mean = moments.mean().segment(offset(layer, estimate()), triangle());
    const auto squares = moments.squares().segment(offset(layer, estimate()), triangle());
    const auto norm = [&](Eigen::Index a) { return mean(a * (a + 3) / 2); };  // packed (a, a)
    Eigen::Index k = 0;
    for (Eigen::Index b = 0; b < inputs_; ++b) {
      for (Eigen::Index a = 0; a <= b; ++a, ++k) {
        const double scale = norm(a) * norm(b);
        if (!std::isfinite(scale) || !std::isfinite(squares(k))) return unknown;
        if (scale > 0) largest_square = std::max(largest_square, squares(k) / scale);
      }
    }
  }
  if (largest_square < 0) return unknown;
  return std::sqrt(largest_square / per_sample);
}

model::LayerMeasurement ObservableLayout::read(std::int64_t width, std::int64_t layer,
                                               const MomentAccumulator& moments) const {
  // Of this layer alone: all of them for each would cost with the square of the depth.
  const auto degrees_of_freedom = static_cast<double>(moments.count() - 1);
  const auto moments_of = [&](Part part) {
    const Eigen::VectorXd variance =
        moments.squares().segment(offset(layer, part), triangle()) / degrees_of_freedom;
    return model::SampleMoments{matrix(moments.mean(), layer, part), unpack(variance, inputs_)};
  };
  const auto of_existing = [&](Part part) {
    const auto [mean, of_one] = moments_of_existing(layer, part, moments);
    return model::SampleMoments{unpack(mean, inputs_), unpack(of_one, inputs_)};
  };
  model::LayerMeasurement result;
  result.width = width;
  result.layer = layer;
  result.replicates = moments.count();
  result.silent_networks = moments.count() - networks_with(Part::correlation, layer, moments);
  result.gram = moments_of(Part::gram);
  result.correlation = of_existing(Part::correlation);
  if (reduces_variance_) {
    result.plain_gram = std::exchange(result.gram, moments_of(Part::reduced_gram));
    result.plain_correlation =
        std::exchange(result.correlation, of_existing(Part::reduced_correlation));
  }
  if (layer < hidden_) {
    result.silent_kernels = moments.count() - networks_with(Part::next_correlation, layer, moments);
    result.next_kernel = moments_of(Part::next_kernel);
    result.next_correlation = of_existing(Part::next_correlation);
  }
  result.active_fraction_mean = moments.mean()(active_fraction_at(layer));
  result.active_fraction_variance =
      moments.squares()(active_fraction_at(layer)) / degrees_of_freedom;
  return result;
}

}  // namespace wideproof::sim
