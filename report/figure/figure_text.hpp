// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace wideproof::report {

// What the figures' gnuplot commands are put together from.

/// At most `most` ≥ 2 of 0…count−1, evenly spaced, the first and the last among them.
std::vector<std::size_t> spread_out(std::size_t count, std::size_t most);

/// A logarithmic axis of widths from the narrowest to the widest, at most four of them labelled.
std::string width_axis(const std::vector<std::int64_t>& widths);

/// The tics of an axis of layers, at whole numbers: where they are many, at those that gnuplot
/// takes.
std::string layer_tics(std::int64_t depth);

/// Range of a logarithmic axis in whole decades that holds every finite positive number of
/// `values`; empty where there is none.
struct Decades {
  double low = 0.0;
  double high = 0.0;
  bool is_empty() const { return high <= low; }
};
Decades decades_of(const std::vector<double>& values);

/// `set logscale y` with that range and its labels.
std::string decades_axis(char axis, const Decades& decades);

/// "plot a, b, c"
std::string plot(const std::vector<std::string>& items);

}  // namespace wideproof::report
