// SPDX-License-Identifier: MIT
#include <wideproof/model/files/csv_hint.hpp>

#include <gmock/gmock.h>

#include <wideproof/model/files/csv_file.hpp>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

/// Through the reader, which picks the cell.
class CsvHint : public InputFiles {
 protected:
  std::string hint(std::string_view text) {
    ReadLog log;
    const auto message = refusal([&] { read_csv("k", write("x.csv", text), log); });
    const auto place = message.rfind(" (");
    return place == std::string::npos ? "" : message.substr(place + 2, message.size() - place - 3);
  }
  static std::string utf16(std::string_view text) {
    std::string bytes;
    for (const char letter : text) bytes += {letter, '\0'};
    return bytes;
  }
};

TEST_F(CsvHint, NamesSeparatorsThatAreNoCommas) {
  EXPECT_EQ(hint("1;2\n3;4\n"), "separate numbers by commas, not semicolons");
  EXPECT_EQ(hint("1.5;2.5\n"), "separate numbers by commas, not semicolons");
  EXPECT_EQ(hint("x;y\n1;2\n"), "separate numbers by commas, not semicolons");
  EXPECT_EQ(hint("1\t2\n"), "separate numbers by commas, not tabs");
  EXPECT_EQ(hint("1.0e+00 2.0e+00\n"), "separate numbers by commas, not blanks");
  EXPECT_THAT(hint("1,5;2,5\n"), EndsWith("and write decimal points, not commas"));
  EXPECT_THAT(hint("\"1,5\",\"2,5\"\n"), EndsWith("and with decimal points, not commas"));
  EXPECT_THAT(hint("1,5\t2,5\n"), HasSubstr("tabs"));
}

TEST_F(CsvHint, NamesQuotes) {
  EXPECT_EQ(hint("\"1\",\"2\"\n"), "write numbers without quotes");
  EXPECT_EQ(hint("1,'2'\n"), "write numbers without quotes");
}

TEST_F(CsvHint, NamesEncodings) {
  EXPECT_EQ(hint("\xFF\xFE" + utf16("1,2\r\n")), "the file is UTF-16: save it as UTF-8");
  EXPECT_EQ(hint("\xFE\xFF" + std::string("\0001\0,\0002\0\n", 8)),
            "the file is UTF-16: save it as UTF-8");
  EXPECT_EQ(hint(utf16("1,2\n")), "the file is UTF-16: save it as UTF-8");
  EXPECT_EQ(hint(std::string("\x93NUMPY\1\0", 8)), "the file is binary, no text");
  EXPECT_EQ(hint("1,2\n\xEF\xBB\xBF"
                 "3,4\n"),
            "a byte order mark may only begin the file");
  EXPECT_EQ(hint("1,2\r3,4\r"), "lines must end in LF or CRLF, not in CR");
}

TEST_F(CsvHint, NamesExponentsOfFortran) {
  for (const auto* number : {"1.0D+00", "1.0d0", "-2.5D-03", "3D5"}) {
    EXPECT_EQ(hint(fmt::format("1,{}\n", number)),
              "write exponents with e, as in 1.0e+00, not with d")
        << number;
  }
  EXPECT_EQ(hint("1,2\n3,1D\n"), "");
}

TEST_F(CsvHint, NamesMissingValues) {
  for (const auto* value : {"", "nan", "NaN", "NA", "N/A", "<NA>", "null", "None"}) {
    EXPECT_EQ(hint(fmt::format("1,2\n3,{}\n", value)),
              "a missing value: leave out its row or fill it in")
        << value;
  }
  EXPECT_EQ(hint("1,2\n3,inf\n"), "");
}

TEST_F(CsvHint, NamesPandasHeaderAndIndex) {
  EXPECT_THAT(hint(",0,1\n0,2.5,3\n"), HasSubstr("to_csv(index=False, header=False)"));
  EXPECT_THAT(hint(",a,b\n0,2.5,3\n"), HasSubstr("to_csv(index=False, header=False)"));
  EXPECT_THAT(hint("id,0,1\n0,2.5,3\n"), HasSubstr("to_csv(index=False, header=False)"));
  EXPECT_THAT(hint("\xEF\xBB\xBF,0,1\n"), HasSubstr("to_csv(index=False, header=False)"));
  EXPECT_THAT(hint("1,,2\n"), HasSubstr("a missing value"));
}

TEST_F(CsvHint, NamesAColumnOfLabels) {
  const auto* label = "if that is a column of labels, leave it out";
  EXPECT_EQ(hint("cat,0.1,0.2\ndog,0.3,0.4\n"), label);
  EXPECT_EQ(hint("0.1,0.2,cat\n"), label);
  EXPECT_EQ(hint("\"cat\",0.1,0.2\n"), label);
  EXPECT_EQ(hint("0.1,cat,0.2\n"), "");
  EXPECT_EQ(hint("0.1,0.2\n0.3,cat\n"), "");
}

TEST(LabelTraces, AreWholeNumbersOfWhichSomeComeTwiceBesideFractions) {
  const auto traces = [](std::vector<double> values) {
    const auto rows = static_cast<std::int64_t>(values.size()) / 3;
    return label_traces({{rows, 3}, std::move(values)});
  };
  EXPECT_THAT(traces({.1, .2, 0, .3, .4, 1, .5, .6, 1}),
              testing::ElementsAre(HasSubstr("its last column holds whole numbers")));
  EXPECT_THAT(traces({7, .1, .2, 7, .3, .4, 5, .5, .6}),
              testing::ElementsAre(HasSubstr("its first column")));
  EXPECT_THAT(traces({.1, .2, 0, .3, .4, 1, .5, .6, 2}), testing::IsEmpty());   // none comes twice
  EXPECT_THAT(traces({1, .2, 0, 2, .4, 1, 4, .6, 1}), testing::IsEmpty());      // nor the first
  EXPECT_THAT(traces({.1, .2, .5, .3, .4, 1, .5, .6, 1}), testing::IsEmpty());  // a fraction
}

TEST_F(CsvHint, SpeaksOfAHeaderOnlyWhereTheFirstRowIsText) {
  const auto* header = "a header line must start with '#'";
  EXPECT_EQ(hint("x,y\n1,2\n"), header);
  EXPECT_EQ(hint("\"first x\",\"y [m]\"\n1,2\n"), header);
  EXPECT_EQ(hint("# comment\nä\n1\n"), header);
  EXPECT_EQ(hint("1,2\nx,y\n"), "");
  EXPECT_EQ(hint("1,2.3.4\n"), "");
  EXPECT_EQ(hint("1.5x,2\n"), "");
  EXPECT_EQ(hint("0x10,0x20\n"), "");
}

}  // namespace
}  // namespace wideproof::model
