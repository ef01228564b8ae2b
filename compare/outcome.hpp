// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace wideproof::compare {

enum class Outcome { agree, disagree, inconclusive };

std::string_view name_of(Outcome outcome);

}  // namespace wideproof::compare
