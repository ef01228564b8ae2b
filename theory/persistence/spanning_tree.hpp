// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>

#include <wideproof/model/sparsity/sparsity_prediction.hpp>

namespace wideproof::theory {

/// P(|ρ| > x) of the correlation of two neurons, falling from x = 0 to 0 at x = 1. A mass at ρ = 0,
/// of silent neurons, is what its value at 0+ lacks of 1.
using CorrelationTail = std::function<double(double)>;

/// The share of the edges of a minimum spanning tree of N → ∞ points, pairs of which are apart by
/// independent weights w, that have N P(w' < w) ≤ t:
///
///   F(t) = 1 − (T − T²/2)/t,    T e^{−T} = t e^{−t},  T ≤ 1.
///
/// Edges below a weight are those of a random graph of mean degree t, whose components number
/// N (T − T²/2)/t (Erdős & Rényi 1960); the tree has one edge less than it joins. F = t/2 up to
/// t = 1, and ∫ t dF = ζ(3) (Frieze 1985).
double edge_share(double t);

/// Regularisers of the persistence of a layer (Ballester et al. 2023, arXiv 2308.04870) at N
/// neurons whose pairs have correlations of the given law, w = 1 − |ρ|: with the tree's edges
/// distributed by F at t = N P(|ρ| > 1−w),
///
///   E w^p = ∫₀¹ p w^{p−1} (1 − F) dw,    T1 = −(N−1) E w,    T2 = a·std(w) − (1−a)·E w,
///
/// std(w) the deviation over one tree's edges. Sampled trees of N = 1010 independent neurons of
/// M = 256 samples (200 of them) have T1 = −799.541(53), T2 = −.387490(40), std(w) .017430(42); F
/// says −799.425, −.387412, .017470. Correlations of three neurons are not independent of each
/// other, nor is N infinite: that is all these are off by. `mean_absolute_correlation` is not set.
///
/// Throws InputError naming "neurons" unless N ≥ 2, "a" unless it lies in [0, 1].
model::PersistencePrediction predict_persistence(std::int64_t neurons, const CorrelationTail& tail,
                                                 double a = 0.5);

/// The same of N independent normal neurons over M samples, the null of both, with E|ρ|.
model::PersistencePrediction independent_persistence(std::int64_t neurons, std::int64_t samples,
                                                     double a = 0.5);

}  // namespace wideproof::theory
