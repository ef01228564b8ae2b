// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include <wideproof/compare/limits/limit_number.hpp>
#include <wideproof/compare/limits/network_numbers.hpp>
#include <wideproof/compare/limits/number_limits.hpp>
#include <wideproof/compare/training/options.hpp>
#include <wideproof/model/training/training_measurement.hpp>
#include <wideproof/model/training/training_prediction.hpp>

namespace wideproof::compare {

/// What is told of trained outputs f at a recorded step. With m and V predicted of it, C outputs,
/// and z_cj = u_jᵀ(f_c − m_c)/√λ_j along k leading eigenvectors of V,
///
///   mean                f_c(x_a)
///   spread              (1/(C N')) Σ_c Σ_a (f_c(x_a) − m_c(x_a))²/V_aa, over N' points
///   leading_spread      ((1/(C k)) Σ_c Σ_j z_cj²)^{1/3} over its predicted mean
///   leading_covariance  (1/(C (k − 1))) Σ_c Σ_j sgn(z_cj z_c,j+1)
///
/// of which the second and third have the mean 1, the last 0. The cube root of χ²_m is all but
/// normal (Wilson and Hilferty, PNAS 17, 1931), so that few networks do for Student's t; its mean
/// is 2^{1/3} Γ(m/2 + 1/3)/Γ(m/2), m = C k. Signs have no tails at all; of two normal numbers of
/// the correlation ρ the mean of sgn(z z') is (2/π) asin ρ. A matrix of the right diagonal shows as
/// wrong in the third where V correlates inputs that do not move together, in the last where they
/// move together and V does not say so. The points are those of V_aa > `least_variance` of the
/// largest predicted variance of all steps: where training has brought an output to its target,
/// what is left of its spread is of order e^(−ηλt), and λ itself differs from network to network.
/// The eigenvectors are up to `most_directions` of λ_j > `least_eigenvalue` of the largest, the
/// largest first, with signs that make their sums positive.
enum class TrainedQuantity { mean, spread, leading_spread, leading_covariance };

inline constexpr double least_variance = 1e-2;
inline constexpr double least_eigenvalue = 2e-2;
inline constexpr Eigen::Index most_directions = 8;

/// One number that every network shows. Means are counted in units of the targets' size, and are
/// equal within margin·that; spreads within (1 ± margin)², deviations being equal within margin,
/// and a covariance within ± 2 margin, which is as much.
struct TrainedNumber : LimitNumber {
  TrainedQuantity quantity = TrainedQuantity::mean;
  std::size_t step = 0;     ///< index of the recorded step
  Eigen::Index output = 0;  ///< of means
  Eigen::Index point = 0;
};

using TrainedEstimate = LimitEstimate<TrainedNumber>;
using TrainedLimits = NumberLimits<TrainedNumber>;

/// "step 100, output 2, test input 1", "step 100, spread"
std::string place_of(const TrainedNumber& number, const model::TrainingMeasurement& measurement);

/// The numbers by step, means first, what the networks showed of them, and which of them are tested
/// jointly. Of centred networks step 0 is left out, at which all are 0, and so are spreads.
///
/// Where points move together a spread is predicted to be an average of squares of few independent
/// numbers: it is judged only if an average of so many networks of that law is normal enough for
/// Student's t, with room to spare (see TailSums).
class TrainedNumbers {
 public:
  static constexpr std::size_t most_joint_steps = 5;
  static constexpr std::size_t most_joint_points = 6;

  /// `prediction` may be nullptr, or have no limit. Finite outputs of one shape.
  TrainedNumbers(const model::TrainingPrediction* prediction,
                 const model::TrainingMeasurement& measurement, double target_scale,
                 const TrainedOptions& options);

  const std::vector<TrainedNumber>& all() const { return all_; }
  const std::vector<NetworkNumbers>& measured() const { return measured_; }
  const std::vector<std::size_t>& joint() const { return joint_; }

 private:
  void add_means(std::size_t step, const model::TrainedLaw* law, double target_scale,
                 const TrainedOptions& options);
  void add_spreads(std::size_t step, const model::TrainedLaw& law, double largest_variance,
                   const TrainedOptions& options);
  void append(const TrainedNumber& number, const std::vector<Eigen::VectorXd>& networks);
  void choose_joint(std::size_t means_of_a_step);

  const model::TrainingMeasurement& measurement_;
  std::vector<TrainedNumber> all_;
  std::vector<std::vector<Eigen::VectorXd>> columns_;  // by width, then number
  std::vector<NetworkNumbers> measured_;
  std::vector<std::size_t> joint_;
};

}  // namespace wideproof::compare
