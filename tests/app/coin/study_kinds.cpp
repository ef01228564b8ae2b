// SPDX-License-Identifier: MIT
// The list of kinds of a program that has the coin too.
#include <wideproof/app/kinds/generalization/generalization_kind.hpp>
#include <wideproof/app/kinds/gram/gram_kind.hpp>
#include <wideproof/app/study/study_kind.hpp>

#include "coin_kind.hpp"

namespace wideproof::app {

const std::vector<const StudyKind*>& study_kinds() {
  static const std::vector<const StudyKind*> kinds = {&gram_kind(), &generalization_kind(),
                                                      &coin::coin_kind()};
  return kinds;
}

}  // namespace wideproof::app
