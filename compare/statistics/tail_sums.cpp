// SPDX-License-Identifier: MIT
#include <wideproof/compare/statistics/tail_sums.hpp>

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace wideproof::compare {
namespace {

constexpr double largest_skewness = 0.2;
constexpr double least_replicates = 30.0;
constexpr double standing_out = 5.0;

}  // namespace

void TailSums::add(const Eigen::ArrayXd& networks, double influence) {
  const auto replicates = static_cast<double>(networks.size());
  const Eigen::ArrayXd centred = networks - networks.mean();
  const double variance = centred.square().mean();
  if (!(variance > 0.0)) return;
  const double skewness = centred.cube().mean() / std::pow(variance, 1.5);
  const double kurtosis = centred.square().square().mean() / (variance * variance);
  const double share = influence * influence * variance / replicates;
  const double cubed = std::pow(share, 1.5);
  variance_ += share;
  third_ += std::copysign(cubed, influence) * skewness / std::sqrt(replicates);
  third_noise_ += cubed * cubed * 6.0 / (replicates * replicates);
  fourth_ += share * share * (kurtosis - 1.0) / replicates;
  normal_fourth_ += share * share * 2.0 / replicates;
  fourth_noise_ += std::pow(share, 4) * 24.0 / std::pow(replicates, 3);
}

double TailSums::skewness() const {
  return third_ / std::pow(variance_, 1.5);
}

double TailSums::effective_replicates() const {
  return 2.0 * variance_ * variance_ / fourth_;
}

bool TailSums::is_heavy() const {
  if (!(fourth_ > 0.0)) return false;
  return (std::abs(skewness()) > largest_skewness &&
          std::abs(third_) > standing_out * std::sqrt(third_noise_)) ||
         (effective_replicates() < least_replicates &&
          fourth_ - normal_fourth_ > standing_out * std::sqrt(fourth_noise_));
}

double replicates_until_light(double skewness, double effective_replicates) {
  return std::max(
      {1.0, least_replicates / effective_replicates, std::pow(skewness / largest_skewness, 2)});
}

std::string heaviness_in_words(double skewness, double effective_replicates) {
  return fmt::format(
      "rare networks dominate the estimate (its skewness is {:.2g}, and {:.0f} normal networks "
      "would tell its variance as well)",
      skewness, effective_replicates);
}

}  // namespace wideproof::compare
