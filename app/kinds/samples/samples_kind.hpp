// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

/// Studies of kind "samples": networks that were sampled elsewhere, beside a prediction or beside
/// other samples of the same networks.
const StudyKind& samples_kind();

}  // namespace wideproof::app
