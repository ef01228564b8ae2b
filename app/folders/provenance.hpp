// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/report/json/provenance.hpp>

namespace wideproof::app {

/// The program's version, such as "0.1.0".
std::string_view program_version();

/// The version and the commit that was built: two programs of one name sample the same bits.
std::string build_name();

/// All but threads and wall_seconds filled in.
report::Provenance provenance();

}  // namespace wideproof::app
