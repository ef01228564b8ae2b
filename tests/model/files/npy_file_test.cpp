// SPDX-License-Identifier: MIT
#include <wideproof/model/files/npy_file.hpp>

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class NpyFileTest : public InputFiles {
 protected:
  NumericArray read(const std::string& bytes) const {
    ReadLog log;
    return read_npy("inputs.file", write("x.npy", bytes), log);
  }
  std::string read_refusal(const std::string& bytes) const {
    return refusal([&] { read(bytes); });
  }
  static std::string header(std::string_view descr, std::string_view shape,
                            std::string_view fortran = "False") {
    return fmt::format("{{'descr': '{}', 'fortran_order': {}, 'shape': {}, }}", descr, fortran,
                       shape);
  }
};

const std::string six = bytes_of<double>({1, 2, 3, 4, 5, 6});

TEST_F(NpyFileTest, LogsWhatWasReadUnpacked) {
  const auto bytes = npy(header("<f8", "(2, 3)"), six);
  ReadLog log;
  read_npy("plain", write("x.npy", bytes), log);
  read_npy("packed", write_gzip("x.gz", bytes), log);
  ASSERT_EQ(log.files.size(), 2U);
  EXPECT_EQ(log.files[0], (ReadFile{"plain", path("x.npy"), sha256(bytes)}));
  EXPECT_EQ(log.files[1], (ReadFile{"packed", path("x.gz"), sha256(bytes)}));
  refusal([&] { read_npy("cut", write("cut.npy", bytes.substr(0, bytes.size() - 1)), log); });
  EXPECT_EQ(log.files.size(), 2U);
}

TEST_F(NpyFileTest, ReadsAnArrayInCOrder) {
  const auto array = read(npy(header("<f8", "(2, 3)"), six));
  EXPECT_THAT(array.shape, ElementsAre(2, 3));
  EXPECT_THAT(array.values, ElementsAre(1, 2, 3, 4, 5, 6));
}

TEST_F(NpyFileTest, ReordersFortranOrder) {
  EXPECT_THAT(read(npy(header("<f8", "(2, 3)", "True"), six)).values,
              ElementsAre(1, 3, 5, 2, 4, 6));
  const auto cube = bytes_of<std::int32_t>({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11});
  EXPECT_THAT(read(npy(header("<i4", "(2, 3, 2)", "True"), cube)).values,
              ElementsAre(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11));
  const auto images = std::string("\0\1\2\3\4\5\6\7", 8);
  EXPECT_THAT(read(npy(header("|u1", "(2, 1, 2, 2)", "True"), images)).values,
              ElementsAre(0, 4, 2, 6, 1, 5, 3, 7));
}

TEST_F(NpyFileTest, ReadsEveryVersionAndGzip) {
  for (const int version : {1, 2, 3}) {
    const auto bytes = npy(header("<f8", "(6,)"), six, version);
    EXPECT_THAT(read(bytes).values, ElementsAre(1, 2, 3, 4, 5, 6)) << version;
    ReadLog log;
    EXPECT_THAT(read_npy("k", write_gzip("x.gz", bytes), log).shape, ElementsAre(6)) << version;
  }
}

TEST_F(NpyFileTest, ReadsEveryElementType) {
  EXPECT_THAT(read(npy(header("<f4", "(2,)"), bytes_of<float>({1.5, -2}))).values,
              ElementsAre(1.5, -2));
  EXPECT_THAT(read(npy(header("|u1", "(2,)"), "\x07\xff")).values, ElementsAre(7, 255));
  EXPECT_THAT(read(npy(header("|i1", "(2,)"), "\x07\xff")).values, ElementsAre(7, -1));
  EXPECT_THAT(read(npy(header("<i2", "(1,)"), bytes_of<std::int16_t>({-300}))).values,
              ElementsAre(-300));
  EXPECT_THAT(read(npy(header("<i4", "(1,)"), bytes_of<std::int32_t>({-70000}))).values,
              ElementsAre(-70000));
  EXPECT_THAT(read(npy(header("<i8", "(1,)"), bytes_of<std::int64_t>({-5000000000}))).values,
              ElementsAre(-5000000000));
  EXPECT_THAT(read(npy(header(">i2", "(1,)"), std::string("\x01\x00", 2))).values,
              ElementsAre(256));
  EXPECT_THAT(read(npy(header("<u2", "(1,)"), bytes_of<std::uint16_t>({65535}))).values,
              ElementsAre(65535));
  EXPECT_THAT(read(npy(header("<u4", "(1,)"), bytes_of<std::uint32_t>({4294967295}))).values,
              ElementsAre(4294967295));
  EXPECT_THAT(read(npy(header("<u8", "(1,)"), bytes_of<std::uint64_t>({1ULL << 63U}))).values,
              ElementsAre(std::ldexp(1.0, 63)));
  EXPECT_THAT(read(npy(header(">u2", "(1,)"), std::string("\xff\x00", 2))).values,
              ElementsAre(0xFF00));
  EXPECT_THAT(read(npy(header(">u4", "(1,)"), big_endian(0xFF000001, 4))).values,
              ElementsAre(4278190081));
  EXPECT_THAT(read(npy(header(">u8", "(1,)"), big_endian(5000000000, 8))).values,
              ElementsAre(5000000000));
  EXPECT_THAT(read(npy(header(">f8", "(1,)"), big_endian(0xBFF8000000000000, 8))).values,
              ElementsAre(-1.5));
}

// IEEE 754-2008, binary16: one, its neighbour, the largest, the smallest normal and subnormal ones.
TEST_F(NpyFileTest, ReadsHalfPrecision) {
  const std::vector<std::uint16_t> bits = {0x3C00, 0x3C01, 0x7BFF, 0x0400, 0x03FF, 0x0001, 0xC000};
  const std::vector<double> values = {1,
                                      1 + std::ldexp(1, -10),
                                      65504,
                                      std::ldexp(1, -14),
                                      std::ldexp(1023, -24),
                                      std::ldexp(1, -24),
                                      -2};
  EXPECT_EQ(read(npy(header("<f2", "(7,)"), bytes_of(bits))).values, values);
  EXPECT_THAT(read(npy(header(">f2", "(1,)"), big_endian(0xB555, 2))).values,
              ElementsAre(-std::ldexp(0x555, -12)));
  EXPECT_TRUE(std::signbit(read(npy(header("<f2", "(1,)"), std::string("\0\x80", 2))).values[0]));
  EXPECT_THAT(read_refusal(npy(header("<f2", "(1,)"), std::string("\0\x7C", 2))),
              EndsWith("is inf: must be finite"));
  EXPECT_THAT(read_refusal(npy(header("<f2", "(1,)"), std::string("\1\x7C", 2))),
              EndsWith("is nan: must be finite"));
}

TEST_F(NpyFileTest, ReadsTruthValuesAsZeroAndOne) {
  EXPECT_THAT(read(npy(header("|b1", "(2, 2)"), std::string("\0\1\1\0", 4))).values,
              ElementsAre(0, 1, 1, 0));
}

TEST_F(NpyFileTest, ReadsImagesOfFourAxes) {
  const auto array = read(npy(header("|u1", "(2, 1, 2, 2)"), std::string("\0\1\2\3\4\5\6\7", 8)));
  EXPECT_THAT(array.shape, ElementsAre(2, 1, 2, 2));
  EXPECT_EQ(array.rows(), (Eigen::MatrixXd{{0, 1, 2, 3}, {4, 5, 6, 7}}));
}

TEST_F(NpyFileTest, TakesTheHeadersKeysInAnyOrderAndQuotes) {
  EXPECT_THAT(read(npy("{ \"shape\":(1,6,) ,\"fortran_order\":False, 'descr' : '<f8'}", six)).shape,
              ElementsAre(1, 6));
}

TEST_F(NpyFileTest, RefusesAFileOfAnotherKind) {
  EXPECT_THAT(read_refusal("PK\x03\x04 zipped npz"), HasSubstr("is no .npy file"));
  EXPECT_THAT(read_refusal(""), HasSubstr("is no .npy file"));
  auto later = npy(header("<f8", "(6,)"), six);
  later[6] = 4;
  EXPECT_THAT(read_refusal(later), EndsWith("is of .npy version 4.0; 1.0, 2.0 and 3.0 are read"));
}

TEST_F(NpyFileTest, RefusesATruncatedHeader) {
  const auto whole = npy(header("<f8", "(6,)"), six);
  EXPECT_THAT(read_refusal(whole.substr(0, 7)), EndsWith("truncated: it ends in the .npy header"));
  EXPECT_THAT(read_refusal(whole.substr(0, 9)), EndsWith("the .npy header, after 9 bytes"));
  EXPECT_THAT(read_refusal(whole.substr(0, 40)), EndsWith("the .npy header, after 40 bytes"));
}

TEST_F(NpyFileTest, RefusesAnImmenseHeader) {
  EXPECT_THAT(read_refusal(std::string("\x93NUMPY\x02\x00\xff\xff\xff\xff", 12)),
              EndsWith("its .npy header is 4294967295 bytes long; at most 65536 are read"));
}

TEST_F(NpyFileTest, RefusesAHeaderItDoesNotUnderstand) {
  for (const std::string bad :
       {"", "{", "{}", "[1]", "{'descr': '<f8', 'fortran_order': False}",
        "{'descr': '<f8', 'fortran_order': 0, 'shape': (6,)}",
        "{'descr': '<f8', 'descr': '<f8', 'fortran_order': False, 'shape': (6,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), 'more': 1}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6.0,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6",
        "{'descr': '<f8', 'fortran_order': False, 'shape': (6,)} x", "{'descr': '<f8"}) {
    EXPECT_THAT(read_refusal(npy(bad, six)), HasSubstr("header is not understood at byte")) << bad;
  }
}

TEST_F(NpyFileTest, NamesAnElementTypeItDoesNotRead) {
  EXPECT_THAT(read_refusal(npy(header("<c16", "(6,)"), six)),
              HasSubstr("of type \"<c16\"; bool, u1 to u8"));
  EXPECT_THAT(read_refusal(npy(header("|O", "(6,)"), six)), HasSubstr("of type \"|O\""));
  EXPECT_THAT(read_refusal(npy(header("|f8", "(6,)"), six)), HasSubstr("of type \"|f8\""));
  EXPECT_THAT(
      read_refusal(npy("{'descr': [('a', '<f8')], 'fortran_order': False, 'shape': (6,)}", six)),
      HasSubstr("records of several fields"));
}

TEST_F(NpyFileTest, RefusesTooFewAndTooManyBytes) {
  EXPECT_THAT(read_refusal(npy(header("<f8", "(2, 4)"), six)),
              EndsWith("truncated: its header promises 64 bytes of numbers, the file holds 48"));
  EXPECT_THAT(read_refusal(npy(header("<f8", "(5,)"), six)),
              EndsWith("goes on after the 40 bytes of numbers that its header promises"));
}

TEST_F(NpyFileTest, RefusesShapesThatAreNoArray) {
  EXPECT_THAT(read_refusal(npy(header("<f8", "()"), six)), HasSubstr("0 axes"));
  EXPECT_THAT(read_refusal(npy(header("<f8", "(1, 1, 1, 2, 3)"), six)), HasSubstr("5 axes"));
  EXPECT_THAT(read_refusal(npy(header("<f8", "(0, 6)"), "")),
              EndsWith("its header gives the shape 0 x 6: every axis must be at least 1"));
  EXPECT_THAT(read_refusal(npy(header("<f8", "(-6,)"), six)), HasSubstr("must be at least 1"));
  EXPECT_THAT(read_refusal(npy(header("<f8", "(4611686018427387904, 4)"), six)),
              HasSubstr("more than any file holds"));
  EXPECT_THAT(read_refusal(npy(header("<f8", "(1099511627776,)"), six)),
              EndsWith("its header promises 1099511627776 numbers; at most 268435456 can be read"));
}

TEST_F(NpyFileTest, NamesANumberThatIsNotFinite) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_THAT(read_refusal(npy(header("<f8", "(3,)"), bytes_of<double>({1, 2, -infinity}))),
              EndsWith("number 2 of its numbers (from 0, in file order) is -inf: must be finite"));
}

}  // namespace
}  // namespace wideproof::model
