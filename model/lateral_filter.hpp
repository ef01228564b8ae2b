// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <Eigen/Core>

#include <wideproof/model/sheet.hpp>

namespace wideproof::model {

/// Correlation of the weights along one side of a layer, given by a lateral filter.
///
/// Weights are an i.i.d. Gaussian field convolved along that side with taps w_a, so that their
/// correlation at offset γ is the filter's autocorrelation (Chun & Lee 2024)
///
///   B(γ) = Σ_a w_a w_{a+γ} / Σ_a w_a²,      B(0) = 1.
///
/// Kinds (a is the offset from the centre; on a torus |a| is the Euclidean distance):
///   none          no correlation
///   box           w = 1 on `taps` neurons (taps × taps on a torus): B is a triangle
///   gaussian      w = exp(−a²/2s²)
///   exponential   w = exp(−|a|/s)
///   mexican_hat   w = G_s(a) − β G_{s'}(a), G normalised to unit sum; β = 1 makes Σw = 0
///   uniform       every pair has correlation m/n, n the width; it has no taps
///
/// The filter is data: theory derives B from the taps, sim convolves with them. Taps are not
/// normalised; both sides divide by √Σw².
///
/// A value of this class is valid by construction: the constructor throws InputError, naming
/// `key`.taps and so on, when an option is out of range.
class LateralFilter {
 public:
  enum class Kind { none, box, gaussian, exponential, mexican_hat, uniform };

  /// What an experiment file says of a filter. Zero means "not given" for taps and scales.
  struct Options {
    Kind kind = Kind::none;
    Sheet sheet = Sheet::ring;
    std::int64_t taps = 0;        ///< support per axis; odd unless box. Defaults cover the tails.
    double scale = 0.0;           ///< s, in neurons
    double surround_scale = 0.0;  ///< s' of the mexican hat, > s
    double surround_strength = 1.0;  ///< β of the mexican hat, in (0, 1]
    double degree = 0.0;             ///< m of the uniform correlation, ≥ −1
  };

  /// No correlation.
  LateralFilter() = default;

  /// `key` is where the options stand, such as "network.presynaptic". Throws InputError.
  LateralFilter(std::string_view key, const Options& options);

  static LateralFilter box(std::int64_t taps, Sheet sheet = Sheet::ring);
  static LateralFilter uniform(double degree);

  Kind kind() const { return options_.kind; }
  Sheet sheet() const { return options_.sheet; }
  /// Resolved: defaults filled in.
  const Options& options() const { return options_; }

  /// Filter weights w: 1 × taps on a ring, taps × taps on a torus; 1 × 1 for none and uniform.
  const Eigen::ArrayXXd& taps() const { return taps_; }

  /// Whether neighbouring neurons' weights are correlated through taps (not none, not uniform).
  bool is_local() const;
  bool is_none() const { return kind() == Kind::none; }

  /// Throws InputError naming `key`.taps or `key`.degree when `width` neurons cannot carry this
  /// filter: taps larger than the sheet (rows and columns on a torus), or width ≤ m for uniform.
  void check_fits(std::string_view key, std::int64_t width) const;

 private:
  Options options_;
  Eigen::ArrayXXd taps_ = Eigen::ArrayXXd::Ones(1, 1);
};

std::string_view name_of(LateralFilter::Kind kind);

/// Throws InputError naming `key` and every known name.
LateralFilter::Kind filter_kind_from_name(std::string_view key, std::string_view name);

}  // namespace wideproof::model
