// SPDX-License-Identifier: MIT
#pragma once

#include <wideproof/app/study/study_kind.hpp>

namespace wideproof::coin {

/// The kind "coin" as the program knows it.
const app::StudyKind& coin_kind();

}  // namespace wideproof::coin
