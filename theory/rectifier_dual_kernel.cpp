// SPDX-License-Identifier: MIT
#include <wideproof/theory/rectifier_dual_kernel.hpp>

#include <cmath>

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

/// Deficits below this make a difference of two interpolated drops cancel too much.
constexpr double least_difference = 0.01;

/// k(A) − k(A(1−δ)) for a matrix that is worth an interpolant.
double fast_drop(const ThresholdedReluKernel& kernel, const KernelInterpolant& interpolant,
                 double scaling, double delta) {
  if (scaling == 1) return interpolant.drop(delta);
  if (delta < least_difference) return kernel.drop(scaling, delta);
  return interpolant.drop(1 - scaling + scaling * delta) - interpolant.drop(1 - scaling);
}

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
  return [q, this, &fast = interpolant(),
          correlated = split.correlated](Eigen::Ref<Eigen::ArrayXd> deficits) {
    for (double& entry : deficits) {
      double sum = 0;
      for (const auto& [weight, scaling] : correlated) {
        sum += weight * fast_drop(kernel_, fast, scaling, entry);
      }
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
