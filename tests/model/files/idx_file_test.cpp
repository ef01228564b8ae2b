// SPDX-License-Identifier: MIT
#include <wideproof/model/files/idx_file.hpp>

#include <gmock/gmock.h>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

class IdxFileTest : public InputFiles {
 protected:
  static std::string images_refusal(const std::string& file) {
    return refusal([&] { IdxFile("inputs.images", file).rows({0}); });
  }
  static std::string labels_refusal(const std::string& file) {
    return refusal([&] { IdxFile("inputs.labels", file).labels(); });
  }
};

TEST_F(IdxFileTest, FlattensEachChosenImageToARow) {
  IdxFile file("inputs.images", write("x", small_images(5)));
  EXPECT_THAT(file.shape(), ElementsAre(5, 2, 2));
  Eigen::MatrixXd expected(3, 4);
  expected << 4, 1, 2, 3, 1, 1, 2, 3, 5, 1, 2, 3;
  EXPECT_EQ(file.rows({3, 0, 4}), expected);
}

TEST_F(IdxFileTest, ReadsGzipWhateverTheName) {
  IdxFile packed("inputs.images", write_gzip("packed", small_images(2)));
  IdxFile plain("inputs.images", write("plain.gz", small_images(2)));
  EXPECT_EQ(packed.rows({0, 1}), plain.rows({0, 1}));
}

TEST_F(IdxFileTest, ReadsImagesBeyondOneBuffer) {
  const int count = 40000;
  IdxFile file("inputs.images", write_gzip("x", small_images(count)));
  const auto rows = file.rows({0, 20000, count - 1});
  EXPECT_EQ(rows(1, 0), 20001 % 256);
  EXPECT_EQ(rows(2, 0), count % 256);
  EXPECT_EQ(rows(2, 3), 3);
}

TEST_F(IdxFileTest, ReadsLabels) {
  EXPECT_THAT(IdxFile("inputs.labels", write("l", small_labels({7, 0, 255}))).labels(),
              ElementsAre(7, 0, 255));
}

TEST_F(IdxFileTest, DecodesEveryElementTypeAsBigEndian) {
  const auto first = [&](int type, const std::string& number) {
    return IdxFile("k", write("x", idx_header(type, {1, 1}) + number)).rows({0})(0, 0);
  };
  EXPECT_EQ(first(0x08, "\xFE"), 254);
  EXPECT_EQ(first(0x09, "\xFE"), -2);
  EXPECT_EQ(first(0x0B, big_endian(0xFFFE, 2)), -2);
  EXPECT_EQ(first(0x0C, big_endian(0xFFFFFF00, 4)), -256);
  EXPECT_EQ(first(0x0D, big_endian(0x3FC00000, 4)), 1.5);
  EXPECT_EQ(first(0x0E, big_endian(0xBFF8000000000000, 8)), -1.5);
}

TEST_F(IdxFileTest, RefusesAFileOfAnotherKind) {
  EXPECT_THAT(
      images_refusal(write("x", "P5 28 28 255")),
      EndsWith("is no IDX file: it begins with bytes 50 35 20 32, not 00 00 <type> <axes>"));
  EXPECT_THAT(images_refusal(write("x", idx_header(0x0A, {1, 1}) + "a")), HasSubstr("no IDX file"));
  EXPECT_THAT(images_refusal(write("x", idx_header(0x08, {}))), HasSubstr("no IDX file"));
}

TEST_F(IdxFileTest, RefusesATruncatedHeader) {
  EXPECT_THAT(images_refusal(write("x", "")), EndsWith("ends in the IDX header, after 0 bytes"));
  EXPECT_THAT(images_refusal(write("x", small_images(1).substr(0, 10))),
              EndsWith("truncated: it ends in the IDX header, after 10 bytes"));
}

TEST_F(IdxFileTest, NamesFileAndBytesWhenNumbersAreMissing) {
  const std::string file = write("x", idx_header(0x08, {10000, 28, 28}) + std::string(120, 'a'));
  EXPECT_EQ(images_refusal(file),
            "inputs.images = \"" + file +
                "\": truncated: its header promises 7840000 bytes of numbers, the file holds 120");
  EXPECT_THAT(labels_refusal(write("l", small_labels({1, 2, 3}).substr(0, 10))),
              EndsWith("truncated: its header promises 3 bytes of labels, the file holds 2"));
}

TEST_F(IdxFileTest, RefusesTrailingBytes) {
  EXPECT_THAT(images_refusal(write_gzip("x", small_images(2) + "z")),
              EndsWith("goes on after the 8 bytes of numbers that its header promises"));
  EXPECT_THAT(labels_refusal(write("l", small_labels({1}) + "z")),
              HasSubstr("goes on after the 1"));
}

TEST_F(IdxFileTest, RefusesAZeroAxis) {
  EXPECT_THAT(images_refusal(write("x", idx_header(0x08, {0, 28, 28}))),
              EndsWith("its header gives the shape 0 x 28 x 28: every axis must be at least 1"));
}

TEST_F(IdxFileTest, RefusesAShapeWhoseProductOverflows) {
  const std::uint64_t axis = 0xFFFFFFFF;
  EXPECT_THAT(images_refusal(write("x", idx_header(0x08, {axis, axis, axis, axis}))),
              EndsWith("more than any file holds"));
}

TEST_F(IdxFileTest, RefusesItemsLargerThanAnyArray) {
  EXPECT_THAT(images_refusal(write("x", idx_header(0x08, {1, 0xFFFFFFFF, 255}))),
              HasSubstr("items of 1095216660225 numbers"));
}

TEST_F(IdxFileTest, RefusesLabelsWhereImagesAreWanted) {
  EXPECT_THAT(images_refusal(write("x", small_labels({1, 2}))), HasSubstr("as a file of labels"));
}

TEST_F(IdxFileTest, RefusesImagesOrRealNumbersWhereLabelsAreWanted) {
  EXPECT_THAT(labels_refusal(write("x", small_images(1))), HasSubstr("integers along 3 axes"));
  EXPECT_THAT(labels_refusal(write("x", idx_header(0x0D, {1}) + big_endian(0, 4))),
              HasSubstr("holds real numbers along one axis"));
  EXPECT_THAT(labels_refusal(write("x", idx_header(0x08, {0xFFFFFFFF}))),
              HasSubstr("promises 4294967295 labels"));
}

TEST_F(IdxFileTest, NamesANumberThatIsNotFinite) {
  const std::string pair = big_endian(0x3F800000, 4) + big_endian(0x7FC00000, 4);
  EXPECT_THAT(images_refusal(write("x", idx_header(0x0D, {1, 2}) + pair)),
              EndsWith("number 1 of its numbers (from 0, in file order) is nan: must be finite"));
}

}  // namespace
}  // namespace wideproof::model
