// SPDX-License-Identifier: MIT
#include <wideproof/sim/network_observables.hpp>

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

Eigen::MatrixXd normalised(const Eigen::MatrixXd& gram) {
  const Eigen::VectorXd inverse_norm = gram.diagonal().unaryExpr(
      [](double square) { return square > 0 ? 1 / std::sqrt(square) : 0.0; });
  Eigen::MatrixXd correlation = inverse_norm.asDiagonal() * gram * inverse_norm.asDiagonal();
  correlation.diagonal().setOnes();
  return correlation;
}

}  // namespace

void ObservableLayout::write(std::int64_t layer, const Eigen::MatrixXd& gram,
                             const Eigen::MatrixXd& next_kernel, double active_fraction,
                             Eigen::VectorXd& sample) const {
  const auto part = [&](Part of) { return sample.segment(offset(layer, of), triangle()); };
  pack(gram, part(Part::gram));
  pack(normalised(gram), part(Part::correlation));
  if (next_kernel.size() > 0) {
    pack(next_kernel, part(Part::next_kernel));
    pack(normalised(next_kernel), part(Part::next_correlation));
  } else {
    part(Part::next_kernel).setZero();
    part(Part::next_correlation).setZero();
  }
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
}

Eigen::MatrixXd ObservableLayout::matrix(const Eigen::VectorXd& observables, std::int64_t layer,
                                         Part part) const {
  return unpack(observables.segment(offset(layer, part), triangle()), inputs_);
}

Eigen::VectorXd ObservableLayout::class_means(const Eigen::VectorXd& observables, Part part,
                                              const model::EntryClasses& classes) const {
  Eigen::VectorXd means(depth_ * classes.count());
  for (std::int64_t layer = 1; layer <= depth_; ++layer) {
    means.segment((layer - 1) * classes.count(), classes.count()) =
        classes.means(matrix(observables, layer, part));
  }
  return means;
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
  const Eigen::VectorXd variance = moments.variance();
  const auto moments_of = [&](Part part) {
    return model::SampleMoments{matrix(moments.mean(), layer, part), matrix(variance, layer, part)};
  };
  model::LayerMeasurement result;
  result.width = width;
  result.layer = layer;
  result.replicates = moments.count();
  result.gram = moments_of(Part::gram);
  result.correlation = moments_of(Part::correlation);
  if (reduces_variance_) {
    result.plain_gram = std::exchange(result.gram, moments_of(Part::reduced_gram));
    result.plain_correlation =
        std::exchange(result.correlation, moments_of(Part::reduced_correlation));
  }
  if (layer < depth_) {
    result.next_kernel = moments_of(Part::next_kernel);
    result.next_correlation = moments_of(Part::next_correlation);
  }
  result.active_fraction_mean = moments.mean()(active_fraction_at(layer));
  result.active_fraction_variance = variance(active_fraction_at(layer));
  return result;
}

}  // namespace wideproof::sim
