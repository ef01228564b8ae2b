// SPDX-License-Identifier: MIT
#include <wideproof/model/files/csv_file.hpp>

#include <gmock/gmock.h>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;

class CsvFileTest : public InputFiles {
 protected:
  NumericArray read(std::string_view text) {
    return read_csv("inputs.file", write("x.csv", text), log);
  }
  std::string read_refusal(std::string_view text) {
    return refusal([&] { read(text); });
  }
  std::vector<std::string> warnings(std::string_view text) {
    log = {};
    read(text);
    return log.warnings;
  }

  ReadLog log;
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
  EXPECT_THAT(read_csv("inputs.file", write_gzip("x.csv.gz", "1\n2\n"), log).values,
              ElementsAre(1, 2));
  EXPECT_THAT(log.files, ElementsAre(ReadFile{"inputs.file", path("x.csv.gz"), sha256("1\n2\n")}));
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
  EXPECT_THAT(read_refusal("1,2\n3,4 5\n"),
              HasSubstr("line 2, column 2: \"4 5\" is not a number ("));
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
  EXPECT_THAT(read_refusal("1\nnan\n"),
              HasSubstr("line 2, column 1: \"nan\" must be finite (a missing value"));
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

TEST_F(CsvFileTest, WarnsOfPandasHeaderAndIndex) {
  EXPECT_THAT(warnings("0,1,2\n3.5,1,2\n"),
              ElementsAre("inputs.file = \"" + path("x.csv") +
                          "\": its first row counts 0, 1, 2, … and is read as numbers: if it is "
                          "pandas' header, write the file with to_csv(index=False, header=False)"));
  EXPECT_THAT(warnings("0,1.5\n1,0.5\n2,2\n"),
              ElementsAre(AllOf(HasSubstr("its first column counts"), HasSubstr("pandas' index"))));
  EXPECT_EQ(warnings("0,1\n1,7\n").size(), 2U);
  EXPECT_EQ(log.files.size(), 1U);
}

TEST_F(CsvFileTest, WarnsOfNothingElse) {
  EXPECT_THAT(warnings("0,1,2\n"), IsEmpty());    // a row alone is no header
  EXPECT_THAT(warnings("0\n1\n2\n"), IsEmpty());  // a column alone is no index
  EXPECT_THAT(warnings("0,1,3\n2,1,2\n"), IsEmpty());
  EXPECT_THAT(warnings("1,2,3\n2,3,4\n"), IsEmpty());
  EXPECT_THAT(warnings("1,0\n2,1\n"), IsEmpty());
}

TEST_F(CsvFileTest, NamesKeyAndFileItCannotRead) {
  EXPECT_EQ(refusal([&] { read_csv("compare.prediction", path("absent"), log); }),
            "compare.prediction = \"" + path("absent") +
                "\": cannot be opened: No such file or directory");
}

}  // namespace
}  // namespace wideproof::model
