// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <Eigen/Core>

#include <wideproof/model/generalization/measurement.hpp>
#include <wideproof/theory/regression/kernel_spectrum.hpp>

namespace wideproof::theory {

/// Where the P training points come from.
enum class TrainingDraw {
  population,  ///< P independent draws; the error is that over the population
  pool,        ///< P of the N points without replacement; the error is that over all N
};

/// Mean squared error of kernel ridge regression over draws of P training points, λ the ridge on
/// the P × P Gram (Canatar, Bordelon & Pehlevan, Nature Communications 12 (2021) 2914):
///
///   κ = λ + Σ_ρ κη_ρ/(κ+Pη_ρ),      γ = Σ_ρ Pη_ρ²/(κ+Pη_ρ)²,
///   E_ρ = κ²/[(1−γ)(κ+Pη_ρ)²],      E_g = Σ_ρ E_ρ v_ρ²      (mean over outputs),
///
/// the limit of many points and of modes that act like independent Gaussian variables: P
/// independent draws, error over the population. The pool's η and v stand for the population's.
///
/// With TrainingDraw::pool it is the error over all N points of the pool, training points included,
/// of P of them drawn without replacement. K_TT is then like a random projection of K, and free
/// convolution (docs/theory.md) gives, p = P/N, u_ρ = κ/(κ+Pη_ρ),
///
///   κ = pλ + (1−p) / [Σ_ρ 1/(κ+Pη_ρ)/N],   1/(1−γ) = [ū² + (1−p)(1−2ū)] / [ū² − (1−p)mean(u²)],
///
/// E_ρ as above. Both are the same at λ = 0: only the span of the P draws matters there.
///
/// At λ = 0 and P at least the rank of K, κ = 0: modes with η > 0 are learnt, and the power of the
/// others acts as noise, E_ρ = 1/(1 − rank/P) for η_ρ = 0; at P = rank < N that is infinite.
/// P = 0 gives κ = λ + Ση and E_g = Σv². Throws InputError naming generalization.training_points
/// (below 0, or above N for a pool) or generalization.ridge (below 0 or not finite).
model::PredictedError predict_error(const KernelSpectrum& spectrum, std::int64_t training_points,
                                    double ridge, TrainingDraw draw = TrainingDraw::population);

/// E_ρ, in the order of KernelSpectrum::eigenvalues(). Throws as predict_error() does.
Eigen::VectorXd mode_errors(const KernelSpectrum& spectrum, std::int64_t training_points,
                            double ridge, TrainingDraw draw = TrainingDraw::population);

}  // namespace wideproof::theory
