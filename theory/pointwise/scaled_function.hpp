// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/nonlinearity/nonlinearity.hpp>

namespace wideproof::theory {

/// φ as a network's layers have it: its threshold in units of h's standard deviation, and what to
/// call it in a message.
struct LayerFunction {
  std::shared_ptr<const model::Nonlinearity> phi;
  double tau = 0.0;
  std::string key;    ///< "network.activation" or "network.expression"
  std::string value;  ///< what stands there, in quotes

  /// Throws InputError: `key = value: reason`.
  [[noreturn]] void refuse(std::string_view reason) const;
};

/// Which of φ and φ'.
enum class Part : std::uint8_t { value, slope };

/// φ or φ' of √q (x − τ), x a standard normal. Refers to its LayerFunction.
class ScaledFunction {
 public:
  ScaledFunction(const LayerFunction& function, Part part, double variance);

  /// out ← f(x), count of them; `out` may be `x`.
  void operator()(const double* x, std::int64_t count, double* out) const;
  /// What φ is given.
  double argument(double x) const { return deviation_ * (x - function_->tau); }
  /// The x at which φ is given this.
  double place(double argument) const { return argument / deviation_ + function_->tau; }
  /// Whether φ is given numbers of order 1 in a small part of the line of x only, where it may
  /// change fast.
  bool is_steep() const { return deviation_ > 4; }

  /// In x, ascending.
  const std::vector<double>& kinks() const { return kinks_; }
  /// Ends of narrow stretches, likewise.
  const std::vector<double>& narrow_stretches() const { return narrow_stretches_; }
  const LayerFunction& function() const { return *function_; }
  double variance() const { return variance_; }
  /// "φ" or "φ'".
  std::string_view symbol() const { return part_ == Part::value ? "phi" : "phi'"; }

 private:
  const LayerFunction* function_;
  Part part_;
  double variance_;
  double deviation_;
  std::vector<double> kinks_;
  std::vector<double> narrow_stretches_;
};

}  // namespace wideproof::theory
