// SPDX-License-Identifier: MIT
#pragma once

namespace wideproof::compare {

/// Tail probabilities and quantiles of the reference distributions. A NaN argument gives NaN.

/// P(T > t) for Student's t with `degrees_of_freedom` > 0 (need not be whole).
double student_upper_tail(double t, double degrees_of_freedom);

/// P(|T| > |t|)
double student_two_sided(double t, double degrees_of_freedom);

/// The t with P(T > t) = `probability`.
double student_upper_quantile(double probability, double degrees_of_freedom);

/// P(F > f) for Fisher's F, which is χ²_numerator / numerator when the variances that scale χ² are
/// themselves estimated with `denominator` degrees of freedom.
double fisher_upper_tail(double f, double numerator, double denominator);

/// P(X > x) for the gamma law of that mean and variance.
double gamma_upper_tail(double x, double mean, double variance);

/// The x with P(χ² < x) = `probability`.
double chi_squared_quantile(double probability, double degrees_of_freedom);

/// P(Z > z)
double normal_upper_tail(double z);

/// The z with P(Z > z) = `probability`.
double normal_upper_quantile(double probability);

}  // namespace wideproof::compare
