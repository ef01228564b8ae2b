// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace wideproof::model {

/// The candidate that `given` is most likely a slip for: the smallest number of letters inserted,
/// dropped, changed or swapped with their neighbour; the first of equals. None when more than a
/// third of the longer name (and more than one letter) would have to change.
std::optional<std::string_view> nearest_name(std::span<const std::string_view> candidates,
                                             std::string_view given);

/// `; did you mean "candidate"?`, or nothing when no candidate is near: ends an error message.
std::string did_you_mean(std::span<const std::string_view> candidates, std::string_view given);

}  // namespace wideproof::model
