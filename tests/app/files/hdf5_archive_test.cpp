// SPDX-License-Identifier: MIT
#include <wideproof/app/files/hdf5_archive.hpp>

#include <cstdint>
#include <limits>
#include <string>
#include <thread>
#include <vector>

#include "runs.hpp"

namespace wideproof::app {
namespace {

const Eigen::MatrixXd numbers =
    (Eigen::MatrixXd(2, 3) << 1, 0.1, 1e-308, -2, std::numeric_limits<double>::infinity(), 3)
        .finished();

class Hdf5Archive : public model::InputFiles {
 protected:
  Hdf5Archive() {
    Hdf5Writer writer;
    writer.matrix("/group/below/numbers", numbers, "what they are", "1");
    writer.stack("/stack", {numbers, 2 * numbers}, "two of them", "1");
    writer.attribute("/group", "number", 0.1);
    writer.attribute("/group", "integer", std::int64_t{1} << 62);
    writer.attribute("/", "text", std::string("text"));
    writer.attribute("/", "empty", std::string());
    writer.text("/long", long_text);
    bytes = writer.bytes();
    write("file.h5", bytes);
  }
  std::string complaint(const std::string& content) const {
    write("bad.h5", content);
    return model::refusal([&] {
      const Hdf5Reader reader("the.key", path("bad.h5"));
      reader.matrix("/group/below/numbers");
      reader.numbers("/stack");
    });
  }

  const std::string long_text = std::string(100000, 'x') + "\n";  // no attribute may be so long
  std::string bytes;
};

TEST_F(Hdf5Archive, WritesTheSameFromManyThreads) {
  std::vector<std::string> files(8);
  {
    std::vector<std::jthread> threads;
    for (auto& file : files) {
      threads.emplace_back([&file] {
        for (int i = 0; i < 20; ++i) {
          Hdf5Writer writer;
          writer.matrix("/numbers", numbers, "what they are", "1");
          file = writer.bytes();
        }
      });
    }
  }
  EXPECT_FALSE(files.front().empty());
  for (const auto& file : files) EXPECT_EQ(file, files.front());
}

TEST_F(Hdf5Archive, ReadsBackTheSameBits) {
  const Hdf5Reader reader("key", path("file.h5"));
  EXPECT_EQ(reader.matrix("/group/below/numbers"), numbers);
  EXPECT_EQ(reader.number("/group", "number"), 0.1);
  EXPECT_EQ(reader.integer("/group", "integer"), std::int64_t{1} << 62);
  EXPECT_EQ(reader.text("/", "text"), "text");
  EXPECT_EQ(reader.text("/", "empty"), "");
  EXPECT_EQ(reader.text("/long"), long_text);
  EXPECT_THAT(reader.shape("/stack"), testing::ElementsAre(2, 2, 3));
  EXPECT_EQ(reader.numbers("/stack")[7], 0.2);
  EXPECT_TRUE(reader.holds("/group/below"));
  EXPECT_FALSE(reader.holds("/group/other"));
  EXPECT_TRUE(reader.holds_attribute("/group", "number"));
  EXPECT_FALSE(reader.holds_attribute("/group", "text"));
}

TEST_F(Hdf5Archive, NamesKeyFileAndPathOfWhatIsMissingOrOfAnotherType) {
  const Hdf5Reader reader("the.key", path("file.h5"));
  const auto expect_named = [&](const std::string& message, const std::string& what) {
    EXPECT_THAT(message, testing::StartsWith("the.key = \"" + path("file.h5") + "\": " + what));
  };
  expect_named(model::refusal([&] { reader.matrix("/none"); }), "/none is missing");
  expect_named(model::refusal([&] { reader.matrix("/stack"); }), "/stack is no matrix");
  expect_named(model::refusal([&] { reader.matrix("/group"); }),
               "/group is a group, not a data set");
  expect_named(model::refusal([&] { reader.matrix("/long"); }), "/long");
  expect_named(model::refusal([&] { reader.number("/group", "none"); }), "/group.none is missing");
  expect_named(model::refusal([&] { reader.text("/group", "number"); }), "/group.number");
  expect_named(model::refusal([&] { reader.text("/stack"); }), "/stack");
  expect_named(model::refusal([&] { reader.holds("/none/below"); }), "/none is missing");
}

TEST_F(Hdf5Archive, RefusesMoreNumbersThanAskedFor) {
  const Hdf5Reader reader("key", path("file.h5"));
  EXPECT_EQ(reader.numbers("/stack", 12).size(), 12U);
  EXPECT_THAT(model::refusal([&] { reader.numbers("/stack", 11); }),
              testing::HasSubstr("/stack promises 12 numbers; at most 11 are taken"));
}

TEST_F(Hdf5Archive, RefusesFilesThatAreMissingTruncatedOrNoHdf5) {
  const auto expect_refused = [](const std::string& message) {
    EXPECT_THAT(message, testing::HasSubstr("cannot be opened as an HDF5 file"));
  };
  expect_refused(model::refusal([&] { Hdf5Reader("key", path("none.h5")); }));
  expect_refused(complaint(""));
  expect_refused(complaint("1,2\n3,4\n"));
  expect_refused(complaint(bytes.substr(0, 100)));
  expect_refused(complaint(bytes.substr(0, bytes.size() - 1)));
}

}  // namespace
}  // namespace wideproof::app
