// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace wideproof::model {

/// A file that was read to its end.
struct ReadFile {
  std::string key;     ///< the experiment's key that names it: "inputs.file"
  std::string path;    ///< as given there
  std::string sha256;  ///< of the content, gzip unpacked: 64 hexadecimal digits

  bool operator==(const ReadFile&) const = default;
};

/// What reading an experiment's files left to say: which content was read, and what looked odd in
/// it. A reader that throws may have added to it.
struct ReadLog {
  std::vector<ReadFile> files;        ///< one a key, in the order of reading
  std::vector<std::string> warnings;  ///< one line each, `<key> = "<path>": <what>`

  /// Adds `file`, once for each key. Throws InputError if its content is no longer what was read
  /// before under the same key and path.
  void add(ReadFile file);
};

}  // namespace wideproof::model
