// SPDX-License-Identifier: MIT
#include <wideproof/theory/kernels/rectifier_dual_kernel.hpp>

#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace wideproof::theory {
namespace {

/// Terms that see the inputs' correlation, and the sum of those that do not.
struct SplitTerms {
  std::vector<LateralTerm> correlated;
  double constant = 0.0;

  SplitTerms(const ThresholdedReluKernel& kernel, const std::vector<LateralTerm>& terms) {
    for (const auto& term : terms) {
      if (term.scaling == 0) {
        constant += term.weight * kernel.at_zero();
      } else {
        correlated.push_back(term);
      }
    }
  }

  /// Whether `entries` sums take more kernel values than an interpolant is worth.
  bool are_many(Eigen::Index entries) const {
    return entries * static_cast<Eigen::Index>(correlated.size()) >
           RectifierDualKernel::exact_evaluations;
  }

  /// constant + Σ weight · kernel(scaling c)
  template <class Kernel>
  double operator()(const Kernel& kernel, double c) const {
    double sum = 0;
    for (const auto& [weight, scaling] : correlated) sum += weight * kernel(scaling * c);
    return constant + sum;
  }
};

template <class Kernel>
Eigen::MatrixXd off_diagonal(const Kernel& kernel, const Eigen::MatrixXd& covariance,
                             const SplitTerms& terms, double unit_diagonal) {
  return symmetric_matrix(covariance.rows(), [&](auto a, auto b) {
    if (a == b) return covariance(a, a) * unit_diagonal;
    const double norm = std::sqrt(covariance(a, a) * covariance(b, b));
    return norm * terms(kernel, covariance(a, b) / norm);
  });
}

template <class Kernel>
DualKernel::EntryMap map_at(double q, const Kernel& kernel, const SplitTerms& terms) {
  return [q, &kernel, terms](Eigen::Ref<Eigen::ArrayXd> entries) {
    for (double& entry : entries) entry = q * terms(kernel, entry / q);
  };
}

/// k(A) − k(A(1−δ)) of one term, for matrices that are worth an interpolant.
class FastDrop {
 public:
  FastDrop(const ThresholdedReluKernel& kernel, const KernelInterpolant& interpolant,
           double scaling)
      : kernel_(&kernel), interpolant_(&interpolant), scaling_(scaling) {
    if (!is_smooth()) return;
    std::array<double, nodes> slope{};
    for (int j = 0; j < nodes; ++j) {
      const double delta = 0.5 * least_difference * (1 + std::cos(angle(j)));
      slope[j] = kernel.drop(scaling, delta) / delta;
    }
    for (int k = 0; k < nodes; ++k) {
      for (int j = 0; j < nodes; ++j) {
        coefficient_[k] += slope[j] * std::cos(k * angle(j)) * (k == 0 ? 1.0 : 2.0) / nodes;
      }
    }
  }

  double operator()(double delta) const {
    if (scaling_ == 1) return interpolant_->drop(delta);
    if (delta > least_difference) {
      return interpolant_->drop(1 - scaling_ + scaling_ * delta) - interpolant_->drop(1 - scaling_);
    }
    return is_smooth() ? delta * slope_at(delta) : kernel_->drop(scaling_, delta);
  }

 private:
  /// Deficits below this make a difference of two interpolated drops cancel too much.
  static constexpr double least_difference = 0.01;
  static constexpr int nodes = 9;

  /// Whether L's singularities at ±1 leave less than 1e-15 of the Chebyshev interpolation of
  /// drop/δ on [0, least_difference]: they are 20 times its length away.
  bool is_smooth() const { return std::abs(scaling_) <= 0.8; }

  static double angle(int j) { return std::numbers::pi * (j + 0.5) / nodes; }

  /// Clenshaw's sum.
  double slope_at(double delta) const {
    const double t = 2 * delta / least_difference - 1;
    double one = 0;
    double two = 0;
    for (int k = nodes - 1; k > 0; --k) {
      const double next = 2 * t * one - two + coefficient_[k];
      two = one;
      one = next;
    }
    return t * one - two + coefficient_[0];
  }

  const ThresholdedReluKernel* kernel_;
  const KernelInterpolant* interpolant_;
  double scaling_;
  std::array<double, nodes> coefficient_{};
};

}  // namespace

double RectifierDualKernel::operator()(double qa, double qb, double covariance) const {
  const double norm = std::sqrt(qa * qb);
  return norm * kernel_(covariance / norm);
}

Eigen::MatrixXd RectifierDualKernel::gram(const Eigen::MatrixXd& covariance) const {
  return weighted_gram(covariance, {{1.0, 1.0}});
}

Eigen::MatrixXd RectifierDualKernel::lateral_gram(const Eigen::MatrixXd& covariance,
                                                  const LateralSum& sum) const {
  return weighted_gram(covariance, sum.others());
}

DualKernel::EntryMap RectifierDualKernel::entry_map(double q, const std::vector<LateralTerm>& terms,
                                                    Eigen::Index entries) const {
  const SplitTerms split(kernel_, terms);
  return split.are_many(entries) ? map_at(q, interpolant(), split) : map_at(q, kernel_, split);
}

DualKernel::EntryMap RectifierDualKernel::drop_map(double q, const std::vector<LateralTerm>& terms,
                                                   Eigen::Index entries) const {
  const SplitTerms split(kernel_, terms);
  if (!split.are_many(entries)) return DualKernel::drop_map(q, split.correlated, entries);
  std::vector<std::pair<double, FastDrop>> drops;
  for (const auto& [weight, scaling] : split.correlated) {
    drops.emplace_back(weight, FastDrop(kernel_, interpolant(), scaling));
  }
  return [q, drops = std::move(drops)](Eigen::Ref<Eigen::ArrayXd> deficits) {
    for (double& entry : deficits) {
      double sum = 0;
      for (const auto& [weight, drop] : drops) sum += weight * drop(entry);
      entry = q * sum;
    }
  };
}

Eigen::MatrixXd RectifierDualKernel::weighted_gram(const Eigen::MatrixXd& covariance,
                                                   const std::vector<LateralTerm>& terms) const {
  const SplitTerms split(kernel_, terms);
  const double unit_diagonal = split(kernel_, 1.0);
  const Eigen::Index count = covariance.rows();
  if (!split.are_many(count * (count - 1) / 2)) {
    return off_diagonal(kernel_, covariance, split, unit_diagonal);
  }
  return off_diagonal(interpolant(), covariance, split, unit_diagonal);
}

const KernelInterpolant& RectifierDualKernel::interpolant() const {
  std::call_once(built_, [this] { interpolant_.emplace(kernel_); });
  return *interpolant_;
}

}  // namespace wideproof::theory
