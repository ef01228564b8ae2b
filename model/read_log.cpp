// SPDX-License-Identifier: MIT
#include <wideproof/model/read_log.hpp>

#include <algorithm>
#include <utility>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {

void ReadLog::add(ReadFile file) {
  const auto known = std::find_if(files.begin(), files.end(), [&](const ReadFile& other) {
    return other.key == file.key && other.path == file.path;
  });
  if (known == files.end()) {
    files.push_back(std::move(file));
  } else if (known->sha256 != file.sha256) {
    throw InputError(file.key, in_quotes(file.path),
                     "its content changed between two readings; keep it as it is while it is read");
  }
}

}  // namespace wideproof::model
