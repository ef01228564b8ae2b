// SPDX-License-Identifier: MIT
#include <wideproof/model/files/byte_reader.hpp>

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <thread>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

class ByteReaderTest : public InputFiles {
 protected:
  static std::string read_all(const std::string& file) {
    ByteReader reader("inputs.file", file);
    std::string all;
    std::vector<unsigned char> buffer(1000);
    while (const std::size_t got = reader.read(buffer)) {
      all.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(got));
    }
    EXPECT_EQ(reader.position(), static_cast<std::int64_t>(all.size()));
    return all;
  }
  static std::string read_refusal(const std::string& file) {
    return refusal([&] { read_all(file); });
  }
  /// A pipe that gives `bytes`, once.
  std::string read_pipe(const std::string& bytes) const {
    EXPECT_EQ(mkfifo(path("pipe").c_str(), 0600), 0);
    const std::jthread writer([&] { std::ofstream(path("pipe"), std::ios::binary) << bytes; });
    return read_all(path("pipe"));
  }
  static std::string varied(int size) {
    std::string bytes;
    for (unsigned i = 0; i < static_cast<unsigned>(size); ++i) {
      bytes += static_cast<char>(i * i * 2654435761U >> 24);
    }
    return bytes;
  }
};

TEST_F(ByteReaderTest, ReadsPlainAndGzipAlike) {
  const std::string bytes = varied(123456);
  EXPECT_EQ(read_all(write("plain", bytes)), bytes);
  EXPECT_EQ(read_all(write_gzip("packed", bytes)), bytes);
}

TEST_F(ByteReaderTest, ReadsGzipMembersOneAfterTheOther) {
  const std::string first = contents(write_gzip("a", "one "));
  const std::string second = contents(write_gzip("b", "two"));
  EXPECT_EQ(read_all(write("both", first + second)), "one two");
}

TEST_F(ByteReaderTest, TellsTheDigestOfTheContentUnpacked) {
  const std::string bytes = varied(2500000);
  for (const auto& file : {write("plain", bytes), write_gzip("packed", bytes)}) {
    ByteReader reader("inputs.file", file);
    std::vector<unsigned char> buffer(1500000);
    EXPECT_EQ(reader.so_far().sha256, sha256(""));
    reader.read(buffer);
    EXPECT_EQ(reader.so_far().sha256, sha256(bytes.substr(0, buffer.size())));
    reader.read(buffer);
    EXPECT_EQ(reader.so_far(), (ReadFile{"inputs.file", file, sha256(bytes)}));
  }
}

TEST_F(ByteReaderTest, ReadsPipes) {
  const std::string bytes = varied(123456);
  EXPECT_EQ(read_pipe(bytes), bytes);
}

// More than is unsuspected, by less than what exhausts memory.
TEST_F(ByteReaderTest, ReadsLargeGzipFromAPipe) {
  std::string bytes(std::size_t{65} << 20, '\0');
  std::mt19937 engine(1);
  for (std::size_t i = 0; i < bytes.size(); i += 64) bytes[i] = static_cast<char>(engine());
  const std::string packed = contents(write_gzip("packed", bytes));
  EXPECT_TRUE(read_pipe(packed) == bytes);
}

TEST_F(ByteReaderTest, NamesAMissingFile) {
  EXPECT_EQ(
      read_refusal(path("absent.csv")),
      "inputs.file = \"" + path("absent.csv") + "\": cannot be opened: No such file or directory");
}

TEST_F(ByteReaderTest, SaysWhereAFileThatIsMissingWasLookedFor) {
  const auto here = std::filesystem::current_path().string();
  EXPECT_EQ(read_refusal("no/such/absent.csv"),
            "inputs.file = \"no/such/absent.csv\": cannot be opened: No such file or directory in "
            "\"" +
                here + "/no/such\"");
  EXPECT_THAT(read_refusal("absent.csv"), EndsWith(" in \"" + here + "\""));
}

TEST_F(ByteReaderTest, RefusesADirectoryAndNoName) {
  EXPECT_THAT(read_refusal(path("")), EndsWith("is a directory, not a file"));
  EXPECT_THAT(read_refusal(""), EndsWith("\"\": must name a file"));
  EXPECT_THAT(read_refusal(std::string("a\0b", 3)), EndsWith("must not hold a NUL character"));
}

TEST_F(ByteReaderTest, KeepsANameWithControlCharactersOnOneLine) {
  EXPECT_THAT(read_refusal("absent\n\x1b[31m\xff"), HasSubstr(R"("absent\n\x1b[31m\xff")"));
}

TEST_F(ByteReaderTest, NamesAFileThatMayNotBeRead) {
  const std::string file = write("secret", "1");
  ASSERT_EQ(chmod(file.c_str(), 0), 0);
  const auto read_as_nobody = [&] {
    constexpr uid_t nobody = 65534;
    if (geteuid() == 0 && seteuid(nobody) != 0) std::_Exit(1);
    std::fputs(read_refusal(file).c_str(), stderr);
    std::_Exit(0);  // leak checkers may not run as nobody
  };
  EXPECT_EXIT(read_as_nobody(), testing::ExitedWithCode(0), "cannot be opened: Permission denied");
}

TEST_F(ByteReaderTest, RefusesGzipCutOffAnywhere) {
  const std::string whole = contents(write_gzip("whole", varied(5000)));
  for (const std::size_t size : {std::size_t{2}, std::size_t{9}, std::size_t{100}, whole.size() - 9,
                                 whole.size() - 8, whole.size() - 1}) {
    EXPECT_THAT(read_refusal(write("cut", whole.substr(0, size))),
                EndsWith("truncated: its gzip data are cut off"))
        << size;
  }
}

TEST_F(ByteReaderTest, RefusesGzipWithAWrongChecksum) {
  std::string bytes = contents(write_gzip("whole", varied(5000)));
  bytes[bytes.size() - 8] ^= 1;
  EXPECT_THAT(read_refusal(write("damaged", bytes)),
              EndsWith("its gzip data are damaged (incorrect data check)"));
}

TEST_F(ByteReaderTest, RefusesGzipWithADamagedBlock) {
  std::string bytes = contents(write_gzip("whole", varied(5000)));
  bytes[10] |= 0x06;  // block type 3, which deflate does not have
  EXPECT_THAT(read_refusal(write("damaged", bytes)),
              EndsWith("its gzip data are damaged (invalid block type)"));
}

TEST_F(ByteReaderTest, RefusesGzipMadeToExhaustMemory) {
  const std::string bomb = write_gzip("bomb", std::string(std::size_t{80} << 20, '\0'));
  EXPECT_THAT(read_refusal(bomb), HasSubstr("expand more than 200-fold"));
}

TEST_F(ByteReaderTest, ReadsSmallFilesThatPackWell) {
  const std::string bytes(std::size_t{30} << 20, '\0');
  EXPECT_EQ(read_all(write_gzip("blank", bytes)), bytes);
}

}  // namespace
}  // namespace wideproof::model
