// SPDX-License-Identifier: MIT
// Files that lie: readers answer with InputError alone, and take no memory on a header's word.
#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <functional>
#include <new>
#include <random>
#include <typeinfo>

#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/idx_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/files/npy_header.hpp>

#include "input_files.hpp"

#if defined(__SANITIZE_ADDRESS__)
#define WIDEPROOF_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WIDEPROOF_ADDRESS_SANITIZER 1
#endif
#endif

namespace wideproof::model {
namespace {

class HostileFiles : public InputFiles {
 protected:
  ReadLog log;
};

#ifndef WIDEPROOF_ADDRESS_SANITIZER  // its shadow memory cannot live under a limit

constexpr rlim_t room = rlim_t{192} << 20;

/// Bytes of address space that this process has now.
rlim_t address_space() {
  std::ifstream statm("/proc/self/statm");
  rlim_t pages = 0;
  statm >> pages;
  return pages * 4096;
}

/// Runs `action` with `room` bytes of address space to spare; prints what it throws and exits.
[[noreturn]] void run_in_little_memory(const std::function<void()>& action) {
  const rlim_t limit = address_space() + room;
  const rlimit limits{limit, limit};
  if (setrlimit(RLIMIT_AS, &limits) != 0) std::exit(2);
  try {
    action();
  } catch (const InputError& error) {
    std::fputs(error.what(), stderr);
    std::exit(0);
  } catch (const std::bad_alloc&) {
    std::fputs("out of memory", stderr);
    std::exit(1);
  }
  std::exit(2);
}

const auto refused = testing::ExitedWithCode(0);

TEST_F(HostileFiles, MemoryLimitOfTheseTestsBites) {
  EXPECT_EXIT(run_in_little_memory([] {
                std::vector<double> values;
                values.reserve(std::size_t{1} << 27);
                std::fprintf(stderr, "%p", static_cast<void*>(values.data()));
              }),
              testing::ExitedWithCode(1), "out of memory");
}

TEST_F(HostileFiles, PromisedImagesTakeNoMemory) {
  // 2^40 bytes, of which one image of 2^20 bytes, and then one of 2^27, is asked for.
  const std::string many = write("many", idx_header(0x08, {1 << 20, 1 << 10, 1 << 10}) + "abc");
  EXPECT_EXIT(run_in_little_memory([&] { IdxFile("k", many).rows({12345}); }), refused,
              "header promises 1099511627776 bytes of numbers, the file holds 3");
  const std::string large = write_gzip("large", idx_header(0x08, {1, 1 << 14, 1 << 13}) + "abc");
  EXPECT_EXIT(run_in_little_memory([&] { IdxFile("k", large).rows({0}); }), refused,
              "header promises 134217728 bytes of numbers, the file holds 3");
}

TEST_F(HostileFiles, PromisedLabelsTakeNoMemory) {
  const std::string file = write("x", idx_header(0x08, {1 << 28}) + "abc");
  EXPECT_EXIT(run_in_little_memory([&] { IdxFile("k", file).labels(); }), refused,
              "header promises 268435456 bytes of labels, the file holds 3");
}

TEST_F(HostileFiles, PromisedArraysTakeNoMemory) {
  const auto file = [&](std::string_view shape) {
    return write("x.npy",
                 npy(fmt::format("{{'descr': '<f8', 'fortran_order': True, 'shape': {}}}", shape),
                     "abcdefgh"));
  };
  const std::string large = file("(16384, 16384)");
  EXPECT_EXIT(run_in_little_memory([&] { read_npy("k", large, log); }), refused,
              "header promises 2147483648 bytes of numbers, the file holds 8");
  const std::string immense = file("(1048576, 1048576)");
  EXPECT_EXIT(run_in_little_memory([&] { read_npy("k", immense, log); }), refused,
              "header promises 1099511627776 numbers; at most");
}

TEST_F(HostileFiles, PackedZerosTakeNoMemory) {
  const std::string bomb = write_gzip("bomb", std::string(std::size_t{100} << 20, ' '));
  EXPECT_EXIT(run_in_little_memory([&] { read_csv("k", bomb, log); }), refused,
              "line 1 is longer than 16777216 bytes");
}

#endif

/// Flips, drops and inserts bytes of `original`, and sometimes cuts it.
std::string damaged(std::string bytes, std::mt19937& engine) {
  const auto below = [&](std::size_t bound) { return engine() % bound; };
  for (std::size_t edits = 1 + below(4); edits > 0 && !bytes.empty(); --edits) {
    const std::size_t place = below(bytes.size());
    const char byte = static_cast<char>(engine());
    switch (below(8)) {
      case 0:
        bytes.erase(place, 1);
        break;
      case 1:
        bytes.insert(place, 1, byte);
        break;
      case 2:
        bytes.resize(place);
        break;
      case 3:
        bytes[place] = static_cast<char>(bytes[place] ^ (1 << below(8)));
        break;
      case 4:
        bytes[place] = "0123456789-(),'{}: \n"[below(20)];
        break;
      default:
        bytes[place] = byte;
    }
  }
  return bytes;
}

/// Reads `rounds` damaged copies of `original`; returns how many were refused. Anything but an
/// InputError of one line fails the test.
template <class Reader>
int count_refusals(const std::string& file, const std::string& original, int rounds,
                   Reader reader) {
  std::mt19937 engine(20240108);
  int refusals = 0;
  for (int round = 0; round < rounds; ++round) {
    const std::string bytes = damaged(original, engine);
    std::ofstream(file, std::ios::binary) << bytes;
    try {
      reader(file);
    } catch (const InputError& error) {
      ++refusals;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
    } catch (const std::exception& error) {
      ADD_FAILURE() << typeid(error).name() << " in round " << round << ": " << error.what();
    }
  }
  return refusals;
}

constexpr int rounds = 1000;

TEST_F(HostileFiles, DamagedIdxFilesAreReadOrRefused) {
  const auto images = [](const std::string& file) {
    IdxFile idx("k", file);
    idx.rows({idx.shape()[0] - 1});
  };
  const auto labels = [](const std::string& file) { IdxFile("k", file).labels(); };
  EXPECT_GT(count_refusals(path("x"), small_images(3), rounds, images), rounds / 2);
  EXPECT_GT(count_refusals(path("x"), small_labels({1, 2, 3, 4}), rounds, labels), rounds / 2);
  const std::string packed = contents(write_gzip("packed", small_images(3)));
  EXPECT_GT(count_refusals(path("x"), packed, rounds, images), rounds / 2);
}

TEST_F(HostileFiles, DamagedNpyFilesAreReadOrRefused) {
  const std::string whole = npy("{'descr': '<f8', 'fortran_order': True, 'shape': (2, 3), }",
                                bytes_of<double>({1, 2, 3, 4, 5, 6}));
  const auto read = [this](const std::string& file) { read_npy("k", file, log); };
  EXPECT_GT(count_refusals(path("x"), whole, rounds, read), rounds / 4);
  const std::string text = whole.substr(10, 70);
  const auto parse = [](const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    parse_npy_header(ByteReader("k", file), bytes);
  };
  EXPECT_GT(count_refusals(path("x"), text, rounds, parse), rounds / 2);
}

TEST_F(HostileFiles, DamagedCsvFilesAreReadOrRefused) {
  const auto read = [this](const std::string& file) { read_csv("k", file, log); };
  EXPECT_GT(count_refusals(path("x"), "# c\r\n1.5,-2e3,+3\n\n4,5,6\n7,8,9\n", rounds, read),
            rounds / 2);
}

}  // namespace
}  // namespace wideproof::model
