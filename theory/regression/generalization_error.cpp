// SPDX-License-Identifier: MIT
#include <wideproof/theory/regression/generalization_error.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <wideproof/model/input_error.hpp>

namespace wideproof::theory {
namespace {

using model::InputError;

/// A function and its derivative.
struct Tangent {
  double value;
  double slope;
};

/// Root in (low, high] of a function that is below 0 before and above 0 after it: Newton's method
/// from `high`, kept within what is known of the root.
template <class Function>
double root_from_above(double low, double high, const Function& function) {
  constexpr int most_steps = 200;
  constexpr double precision = 4 * std::numeric_limits<double>::epsilon();
  double x = high;
  for (int step = 0; step < most_steps; ++step) {
    const Tangent here = function(x);
    (here.value < 0 ? low : high) = x;
    double next = x - here.value / here.slope;
    if (std::abs(next - x) <= precision * x) return next;
    if (!(next > low && next < high)) next = low > 0 ? std::sqrt(low * high) : high / 1024;
    x = next;
  }
  return x;
}

/// Whether κ = 0: a kernel no richer than the training set, and no ridge.
bool learns_rank(const KernelSpectrum& spectrum, double points, double ridge) {
  return ridge == 0 && static_cast<double>(spectrum.rank()) <= points;
}

/// κ of a population. S = λ/κ + Σ η/(κ+Pη) = 1 is a sum of reciprocals of lines, so that 1/S rises
/// and is concave.
double population_kappa(const KernelSpectrum& spectrum, double points, double ridge) {
  const auto eta = spectrum.eigenvalues().array();
  return root_from_above(ridge, ridge + eta.sum(), [&](double kappa) -> Tangent {
    const Eigen::ArrayXd inverse = (kappa + points * eta).inverse();
    const double sum = ridge / kappa + (eta * inverse).sum();
    const double slope = -ridge / (kappa * kappa) - (eta * inverse.square()).sum();
    return {1 / sum - 1, -slope / (sum * sum)};
  });
}

/// κ of a pool, by the harmonic mean of κ + Pη, which is concave in κ.
double pool_kappa(const KernelSpectrum& spectrum, double points, double ridge) {
  const auto eta = spectrum.eigenvalues().array();
  const double share = points / static_cast<double>(spectrum.points());
  return root_from_above(share * ridge, ridge + eta.sum(), [&](double kappa) -> Tangent {
    const Eigen::ArrayXd inverse = (kappa + points * eta).inverse();
    const double mean = 1 / inverse.mean();
    return {kappa - share * ridge - (1 - share) * mean,
            1 - (1 - share) * mean * mean * inverse.square().mean()};
  });
}

/// κ, γ and u_ρ = κ/(κ+Pη_ρ), with its limit at κ = 0.
struct Renormalised {
  double kappa = 0.0;
  double gamma = 0.0;
  Eigen::ArrayXd unlearnt;

  Renormalised(const KernelSpectrum& spectrum, std::int64_t training_points, double ridge,
               TrainingDraw draw) {
    require_arguments(spectrum, training_points, ridge, draw);
    const auto points = static_cast<double>(training_points);
    const auto eta = spectrum.eigenvalues().array();
    if (learns_rank(spectrum, points, ridge)) {
      unlearnt = (eta > 0).select(Eigen::ArrayXd::Zero(eta.size()), 1.0);
      gamma = points > 0 ? static_cast<double>(spectrum.rank()) / points : 0.0;
      return;
    }
    // Without training points the pool's equation says nothing, and both draws are the same.
    const bool from_pool = draw == TrainingDraw::pool && points > 0;
    kappa =
        from_pool ? pool_kappa(spectrum, points, ridge) : population_kappa(spectrum, points, ridge);
    unlearnt = kappa / (kappa + points * eta);
    if (points == 0) return;
    if (from_pool) {
      const double rest = 1 - points / static_cast<double>(spectrum.points());
      const double mean = unlearnt.mean();
      gamma = 1 - (mean * mean - rest * unlearnt.square().mean()) /
                      (mean * mean + rest * (1 - 2 * mean));
    } else {
      gamma = (1 - unlearnt).square().sum() / points;
    }
  }

  static void require_arguments(const KernelSpectrum& spectrum, std::int64_t training_points,
                                double ridge, TrainingDraw draw) {
    constexpr const char* key = "generalization.training_points";
    if (training_points < 0) throw InputError(key, training_points, "must be at least 0");
    if (draw == TrainingDraw::pool && training_points > spectrum.points()) {
      throw InputError(key, training_points,
                       fmt::format("is more than the pool's {} points", spectrum.points()));
    }
    if (!(ridge >= 0 && std::isfinite(ridge))) {
      throw InputError("generalization.ridge", ridge, "must be finite and at least 0");
    }
  }

  /// Whether nothing is left to learn, 1 − γ being 0 at worst.
  bool learns_all() const { return (unlearnt == 0).all(); }
};

}  // namespace

model::PredictedError predict_error(const KernelSpectrum& spectrum, std::int64_t training_points,
                                    double ridge, TrainingDraw draw) {
  const Renormalised state(spectrum, training_points, ridge, draw);
  const double unexplained =
      training_points > 0 ? spectrum.unexplained(state.kappa / static_cast<double>(training_points))
                          : spectrum.target_power();
  return {.error = state.learns_all() ? 0.0 : unexplained / (1 - state.gamma),
          .kappa = state.kappa,
          .gamma = state.gamma,
          .spectrum_dimension = participation_ratio(spectrum.eigenvalues()),
          .error_dimension = participation_ratio(state.unlearnt.square().matrix())};
}

Eigen::VectorXd mode_errors(const KernelSpectrum& spectrum, std::int64_t training_points,
                            double ridge, TrainingDraw draw) {
  const Renormalised state(spectrum, training_points, ridge, draw);
  if (state.learns_all()) return Eigen::VectorXd::Zero(spectrum.points());
  return (state.unlearnt.square() / (1 - state.gamma)).matrix();
}

}  // namespace wideproof::theory
