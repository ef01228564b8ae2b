// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace wideproof::report {

/// `text` as a field of a CSV file (RFC 4180): between quotes, those in it doubled.
std::string csv_text(const std::string& text);

/// The shortest decimal number that reads back as `number`; empty for NaN and nullopt.
std::string csv_number(const std::optional<double>& number);

}  // namespace wideproof::report
