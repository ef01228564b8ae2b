// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace wideproof::compare {

// Numbers as sentences, tables and pages show them.

/// 1234567 as "1,234,567".
std::string with_commas(std::int64_t number);

/// A positive number rounded up to two digits, so that what is promised of it still holds: "1,300",
/// "2.4".
std::string at_least(double number);

/// 0.98 as "98%".
std::string as_percent(double fraction);

/// 0.032 as "+3.2%".
std::string signed_percent(double fraction);

/// Smaller probabilities are not told from zero.
inline constexpr double least_p = 1e-300;

/// "p = 0.012", or "p < 1e-300".
std::string p_text(double p);

/// The same without its name: "0.012", or "< 1e-300".
std::string p_number(double p);

}  // namespace wideproof::compare
