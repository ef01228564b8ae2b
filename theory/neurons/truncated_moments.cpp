// SPDX-License-Identifier: MIT
#include <wideproof/theory/neurons/truncated_moments.hpp>

#include <algorithm>
#include <cmath>

#include <wideproof/theory/kernels/normal_tail.hpp>
#include <wideproof/theory/kernels/thresholded_relu_kernel.hpp>

namespace wideproof::theory {
namespace {

/// E[(d + s w)₊^q] of a standard normal w; s = 0 is the limit, where a tie counts half.
std::array<double, 5> shifted_moments(double d, double s) {
  if (s == 0) {
    const double above = d > 0 ? 1.0 : d < 0 ? 0.0 : 0.5;
    return {above, d * above, d * d * above, d * d * d * above, d * d * d * d * above};
  }
  auto moments = tail_moments<4>(normal_density(d / s), normal_tail(-d / s), -d / s);
  double power = 1;
  for (double& moment : moments) {
    moment *= power;
    power *= s;
  }
  return moments;
}

}  // namespace

TruncatedMoments::TruncatedMoments(double tau, double c)
    : tau_(tau), c_(std::clamp(c, -1.0, 1.0)), density_(normal_density(tau)) {
  e_ = tail_moments<4>(density_, normal_tail(tau), tau);
  b_ = shifted_moments((c_ - 1) * tau, std::sqrt((1 - c_) * (1 + c_)));
  const ThresholdedReluKernel kernel(tau);
  m_[0][0] = kernel.derivative(c_);
  for (std::size_t p = 0; p < 4; ++p) {
    const double below = p == 0 ? density_ * b_[0] : static_cast<double>(p) * m_[p - 1][0];
    m_[p + 1][0] = below + c_ * density_ * b_[p] - tau * m_[p][0];
    m_[0][p + 1] = m_[p + 1][0];
  }
  for (std::size_t q = 1; q <= 3; ++q) {
    const auto order = static_cast<double>(q);
    for (std::size_t p = 0; p + q < 4; ++p) {
      const double below = p == 0 ? density_ * b_[q] : static_cast<double>(p) * m_[p - 1][q];
      m_[p + 1][q] = below + c_ * order * m_[p][q - 1] - tau * m_[p][q];
    }
  }
}

double TruncatedMoments::square_times_own(int p) const {
  return single(p + 2) + 2 * tau_ * single(p + 1) + tau_ * tau_ * single(p);
}

double TruncatedMoments::square_times_other(int q) const {
  return c_ * c_ * square_times_own(q) + (1 - c_ * c_) * single(q);
}

double TruncatedMoments::square_times(int p, int q) const {
  return (*this)(p + 2, q) + 2 * tau_ * (*this)(p + 1, q) + tau_ * tau_ * (*this)(p, q);
}

}  // namespace wideproof::theory
