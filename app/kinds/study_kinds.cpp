// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/dimension/dimension_kind.hpp>
#include <wideproof/app/kinds/generalization/generalization_kind.hpp>
#include <wideproof/app/kinds/gram/gram_kind.hpp>
#include <wideproof/app/kinds/samples/samples_kind.hpp>
#include <wideproof/app/kinds/tangent/tangent_kind.hpp>
#include <wideproof/app/kinds/training/training_kind.hpp>
#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

const std::vector<const StudyKind*>& study_kinds() {
  static const std::vector<const StudyKind*> kinds = {&gram_kind(),      &generalization_kind(),
                                                      &dimension_kind(), &tangent_kind(),
                                                      &training_kind(),  &samples_kind()};
  return kinds;
}

}  // namespace wideproof::app
