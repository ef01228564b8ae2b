// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::model {

// Inputs of another table than [inputs] are read as if they were of that one, and what is said of
// them is put right afterwards.

/// `message` with keys of [inputs] in it as those of [`table`]; what stands in quotes stays.
std::string keys_of(std::string_view table, std::string_view message);

ReadLog keys_of(std::string_view table, ReadLog log);

/// What `read` gives; what it throws names keys of [`table`].
template <class Read>
auto read_as(std::string_view table, const Read& read) {
  try {
    return read();
  } catch (const InputError& error) {
    throw InputError(keys_of(table, error.what()));
  }
}

}  // namespace wideproof::model
