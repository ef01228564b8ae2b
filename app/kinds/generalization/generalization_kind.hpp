// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

/// Studies of kind "generalization": the error of kernel regression is predicted, measured, and set
/// beside that of finite networks with a trained readout.
const StudyKind& generalization_kind();

}  // namespace wideproof::app
