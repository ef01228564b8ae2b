// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

/// Studies of kind "tangent": tangent kernels and Gram matrices of the same networks, beside what
/// infinite width predicts of both.
const StudyKind& tangent_kind();

}  // namespace wideproof::app
