// SPDX-License-Identifier: MIT
#include <wideproof/model/files/npy_file.hpp>

#include <wideproof/model/files/npy_stream.hpp>

namespace wideproof::model {

NumericArray read_npy(std::string_view key, const std::string& path, ReadLog& log,
                      NonFinite non_finite) {
  NpyStream stream(ByteReader(key, path));
  stream.require_memory();
  NumericArray array{stream.shape(), {}};
  stream.append(stream.count(), non_finite, array.values);
  log.add(stream.expect_end());
  return array;
}

}  // namespace wideproof::model
