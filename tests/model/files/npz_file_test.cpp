// SPDX-License-Identifier: MIT
#include <wideproof/model/files/npz_file.hpp>

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include <wideproof/model/files/npy_stream.hpp>

#include "input_files.hpp"
#include "npz_bytes.hpp"

namespace wideproof::model {
namespace {

using testing::HasSubstr;

class NpzFiles : public InputFiles {
 protected:
  static std::string array(const std::vector<double>& values) {
    return npy("{'descr': '<f8', 'fortran_order': False, 'shape': (" +
                   std::to_string(values.size()) + ",), }",
               bytes_of(values));
  }
  std::string two_arrays() const {
    return npz({{"width_64.npy", array({1, 2, 3})}, {"width_128.npy", array({4, 5})}});
  }
};

TEST_F(NpzFiles, AreReadMemberByMember) {
  const NpzFile file("samples.path", write("two.npz", two_arrays()));
  EXPECT_THAT(file.names(), testing::ElementsAre("width_128", "width_64"));
  NpyStream stream(file.member("width_64"));
  std::vector<double> values;
  stream.append(1, NonFinite::refused, values);
  stream.append(2, NonFinite::refused, values);
  stream.expect_end();
  EXPECT_THAT(values, testing::ElementsAre(1, 2, 3));
}

TEST_F(NpzFiles, ThatAreDamagedAreRefusedByName) {
  const auto whole = two_arrays();
  const auto complaint = [&](const std::string& bytes) {
    return refusal([&] {
      const NpzFile file("samples.path", write("bad.npz", bytes));
      NpyStream(file.member("width_64")).count();
    });
  };
  EXPECT_THAT(complaint("no archive"), HasSubstr("is no ZIP archive"));
  EXPECT_THAT(complaint(whole.substr(0, whole.size() - 30)), HasSubstr("truncated"));
  auto damaged = whole;
  damaged[damaged.find("width_64.npy") + 150] ^= 1;
  EXPECT_THAT(complaint(damaged), HasSubstr("its checksum is wrong"));
  EXPECT_THAT(complaint(npz({{"other.npy", array({1})}})),
              HasSubstr("holds no array \"width_64\""));
}

}  // namespace
}  // namespace wideproof::model
