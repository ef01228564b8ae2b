// SPDX-License-Identifier: MIT
#include <wideproof/model/csv_file.hpp>

#include <gmock/gmock.h>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;

class CsvFileTest : public InputFiles {
 protected:
  NumericArray read(std::string_view text) const {
    return read_csv("inputs.file", write("x.csv", text));
  }
  std::string read_refusal(std::string_view text) const {
    return refusal([&] { read(text); });
  }
};

TEST_F(CsvFileTest, ReadsOneRowALine) {
  const auto array = read("1,2.5,-3e-2\n4,+5,.5\n");
  EXPECT_THAT(array.shape, ElementsAre(2, 3));
  EXPECT_THAT(array.values, ElementsAre(1, 2.5, -3e-2, 4, 5, .5));
  Eigen::MatrixXd rows(2, 3);
  rows << 1, 2.5, -3e-2, 4, 5, .5;
  EXPECT_EQ(array.rows(), rows);
}

TEST_F(CsvFileTest, SkipsBlanksCommentsAndAByteOrderMark) {
  const auto array = read("\xEF\xBB\xBF# x, y\r\n\r\n 1 ,\t2\r\n  \n# end\n3,4");
  EXPECT_THAT(array.shape, ElementsAre(2, 2));
  EXPECT_THAT(array.values, ElementsAre(1, 2, 3, 4));
}

TEST_F(CsvFileTest, ReadsGzip) {
  EXPECT_THAT(read_csv("inputs.file", write_gzip("x.csv.gz", "1\n2\n")).values, ElementsAre(1, 2));
}

TEST_F(CsvFileTest, ReadsLinesBeyondOneBuffer) {
  std::string line = "0";
  for (int i = 1; i < 30000; ++i) line += "," + std::to_string(i);
  const auto array = read(line + "\n" + line + "\r\n");
  EXPECT_THAT(array.shape, ElementsAre(2, 30000));
  EXPECT_EQ(array.values.back(), 29999);
  EXPECT_EQ(array.values[30000 + 12345], 12345);
}

TEST_F(CsvFileTest, NamesLineAndColumnOfTheFirstBadCell) {
  EXPECT_THAT(read_refusal("1,2\n\n# c\n3,four\n5,six\n"),
              EndsWith("x.csv\": line 4, column 2: \"four\" is not a number"));
  EXPECT_THAT(read_refusal("1,2\n3,4 5\n"), HasSubstr("line 2, column 2: \"4 5\" is not a number"));
  EXPECT_THAT(read_refusal("1,2\n3,\n"), HasSubstr("line 2, column 2: \"\" is not a number"));
  EXPECT_THAT(read_refusal("1\n0x10\n"), HasSubstr("\"0x10\" is not a number"));
  EXPECT_THAT(read_refusal("1\n+-1\n"), HasSubstr("\"+-1\" is not a number"));
}

TEST_F(CsvFileTest, SaysHowAHeaderLineIsWritten) {
  EXPECT_THAT(read_refusal("x,y\n1,2\n"),
              EndsWith("line 1, column 1: \"x\" is not a number (a header line must start with "
                       "'#')"));
}

TEST_F(CsvFileTest, RefusesNumbersThatAreNotFinite) {
  EXPECT_THAT(read_refusal("1\nnan\n"), EndsWith("line 2, column 1: \"nan\" must be finite"));
  EXPECT_THAT(read_refusal("1\n-inf\n"), EndsWith("\"-inf\" must be finite"));
  EXPECT_THAT(read_refusal("1\n1e999\n"), EndsWith("\"1e999\" is out of the range of a double"));
}

TEST_F(CsvFileTest, RefusesRowsOfDifferentLengths) {
  EXPECT_THAT(read_refusal("# c\n1,2,3\n4,5\n"), EndsWith("line 3 has 2 columns, line 2 has 3"));
  EXPECT_THAT(read_refusal("1\n4,5\n"), EndsWith("line 2 has 2 columns, line 1 has 1"));
}

TEST_F(CsvFileTest, RefusesAFileWithoutRows) {
  EXPECT_THAT(read_refusal(""), EndsWith("holds no rows of numbers"));
  EXPECT_THAT(read_refusal("# only\n\n"), EndsWith("holds no rows of numbers"));
}

TEST_F(CsvFileTest, RefusesEndlessLinesAndCutsLongCells) {
  EXPECT_THAT(read_refusal(std::string(std::size_t{17} << 20, '1')),
              EndsWith("line 1 is longer than 16777216 bytes"));
  EXPECT_THAT(read_refusal("1\n" + std::string(1000, '\a')).size(), testing::Lt(500U));
}

TEST_F(CsvFileTest, NamesKeyAndFileItCannotRead) {
  EXPECT_EQ(refusal([&] { read_csv("compare.prediction", path("absent")); }),
            "compare.prediction = \"" + path("absent") +
                "\": cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace wideproof::model
