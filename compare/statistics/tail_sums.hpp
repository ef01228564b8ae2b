// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <Eigen/Core>

namespace wideproof::compare {

/// Whether a linear combination L = Σ_w a_w ȳ_w of averages over R_w networks is too far from
/// normal, or its standard error too badly known, for Student's t. With skewness g_w and kurtosis
/// k_w of the networks of a width (3 for the normal law), s_w² their variance and
/// v_w = a_w² s_w²/R_w,
///
///   skewness of L   γ = Σ v_w^{3/2} sgn(a_w) g_w/√R_w / (Σ v_w)^{3/2}
///   R_eff = 2 (Σ v_w)² / Σ v_w² (k_w − 1)/R_w,
///
/// R_eff being as many normal networks of one width as know the variance of L as well. L is heavy
/// where one of these stands out of what normal samples of these sizes show by five standard errors
/// (√(6/R_w) and √(24/R_w) at each width), and
///
///   |γ| > 0.2     by Hall's expansion (Ann. Probab. 15, 1987) a two-sided t test at 5% then
///                 rejects 5% + 2φ(z)(z⁵ + 2z³ − 3z)/18·γ² = 6% of true means, or
///   R_eff < 30    a t of 29 degrees of freedom exceeds the normal's quantile for 5% in 6%.
class TailSums {
 public:
  /// The networks of one width, weighted `influence` in L. Those that do not vary add nothing.
  void add(const Eigen::ArrayXd& networks, double influence);

  /// A variance beside the networks' own, such as that of rounding, which has no tails.
  void add_without_tails(double variance) { variance_ += variance; }

  double skewness() const;              ///< γ
  double effective_replicates() const;  ///< R_eff
  bool is_heavy() const;

 private:
  double variance_ = 0.0;  ///< Σ v
  double third_ = 0.0;     ///< Σ v^{3/2} sgn(a) g/√R
  double third_noise_ = 0.0;
  double fourth_ = 0.0;  ///< Σ v² (k − 1)/R
  double normal_fourth_ = 0.0;
  double fourth_noise_ = 0.0;
};

/// How many times the replicates it takes until it is not heavy, if further networks are as those
/// that were sampled: γ falls as 1/√R, R_eff grows as R.
double replicates_until_light(double skewness, double effective_replicates);

/// `rare networks dominate the estimate (its skewness …)`
std::string heaviness_in_words(double skewness, double effective_replicates);

}  // namespace wideproof::compare
