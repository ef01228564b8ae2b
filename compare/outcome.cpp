// SPDX-License-Identifier: MIT
#include <wideproof/compare/outcome.hpp>

namespace wideproof::compare {

std::string_view name_of(Outcome outcome) {
  switch (outcome) {
    case Outcome::agree:
      return "agree";
    case Outcome::disagree:
      return "disagree";
    case Outcome::inconclusive:
      break;
  }
  return "inconclusive";
}

}  // namespace wideproof::compare
