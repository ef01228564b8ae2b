// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

/// Kind "training": finite networks trained by gradient descent, beside what infinite width
/// predicts of them.
const StudyKind& training_kind();

}  // namespace wideproof::app
