// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <Eigen/Core>

#include <wideproof/theory/pointwise/function_panels.hpp>

namespace wideproof::theory {

/// The first coefficients a_r = E[f(x) He_r(x)]/√(r!), r = 0, 1, …
///
/// Panels of FunctionPanels are cut so that 16 points follow He_r.
class HermiteSeries {
 public:
  HermiteSeries(const FunctionPanels& f, std::size_t terms);

  const std::vector<double>& coefficients() const { return a_; }
  double mean_square() const { return mean_square_; }  ///< E[f²]
  /// What the coefficients leave of that, or its rounding.
  double rest() const { return rest_; }

 private:
  std::vector<double> a_;
  double mean_square_;
  double rest_;
};

/// E[f_a(x) f_b(y)] = Σ_r a_r b_r c^r of many functions of normals of correlation c, such as one φ
/// at many variances.
///
/// All have as many coefficients, up to most_terms, as it takes to leave the rounding of each
/// E[f²].
class HermiteTable {
 public:
  static constexpr std::size_t most_terms = 1024;
  static constexpr double accuracy = 1e-15;

  explicit HermiteTable(const std::vector<FunctionPanels>& functions);

  /// Of functions a and b; nullopt where the terms left out may come to more than `accuracy`
  /// √(E f_a² E f_b²): they are at most |c|^N √(R_a R_b), R the rest after N terms (Cauchy and
  /// Schwarz). So it has a value for |c| ≤ 0.966 in any case.
  std::optional<double> mean(std::size_t a, std::size_t b, double c) const;

 private:
  std::vector<HermiteSeries> series_;
  std::size_t terms_ = 0;
};

}  // namespace wideproof::theory
