// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

/// Studies of kind "dimension": how many dimensions each layer keeps of an ensemble of inputs, and
/// how strongly its units are correlated, by mean-field theory and in finite networks.
const StudyKind& dimension_kind();

}  // namespace wideproof::app
