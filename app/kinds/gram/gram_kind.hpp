// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::app {

/// Studies of kind "gram": networks of every width are sampled, and their Gram matrices compared
/// with the prediction, the theory's or the user's own.
const StudyKind& gram_kind();

}  // namespace wideproof::app
