// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

#include <gtest/gtest.h>
#include <boost/math/distributions/normal.hpp>

#include <wideproof/sim/random/normal_stream.hpp>

#include "false_alarm.hpp"

namespace wideproof::testing {

inline const sim::StreamName stream_name{.seed = 1, .width = 2, .replicate = 3, .layer = 4};
inline constexpr Eigen::Index piece = 1 << 18;

template <class Real>
Eigen::ArrayXd draw(Eigen::Index count, std::uint64_t first = 0,
                    const sim::StreamName& stream = stream_name) {
  Eigen::ArrayX<Real> values(count);
  sim::NormalStream(stream).draw(first, count, values.data());
  return values.template cast<double>();
}

/// Calls `use` with `pieces` consecutive pieces of the stream.
template <class Real, class Use>
void in_pieces(int pieces, const Use& use) {
  for (int i = 0; i < pieces; ++i) {
    use(draw<Real>(piece, static_cast<std::uint64_t>(i) * piece));
  }
}

/// What a standard normal number stays below in size, but for the share of one of `checks` checks.
inline double normal_bound(int checks) {
  return quantile(complement(boost::math::normal(), share_of_one_check(checks) / 2));
}

/// For tests in single and in double precision.
using Reals = ::testing::Types<float, double>;

}  // namespace wideproof::testing
