// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <wideproof/model/files/numeric_array.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::model {

/// Reads one array in NumPy's .npy format, versions 1.0 to 3.0, plain or gzip: one to four axes of
/// bool, u1, u2, u4, u8, i1, i2, i4, i8, f2, f4 or f8 in either byte order, C or Fortran order
/// (returned in C order). The file is added to `log`.
///
/// Throws InputError naming `key` and the path for a file that cannot be read, is no such file,
/// ends early or late, holds a number that is not finite (NonFinite::refused), or more than
/// `largest_array` numbers.
NumericArray read_npy(std::string_view key, const std::string& path, ReadLog& log,
                      NonFinite non_finite = NonFinite::refused);

}  // namespace wideproof::model
