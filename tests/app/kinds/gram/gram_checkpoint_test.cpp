// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_checkpoint.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/folders/provenance.hpp>
#include <wideproof/app/folders/run_record.hpp>
#include <wideproof/model/inputs/inputs.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

constexpr const char* schema = "wideproof.checkpoint/8";

class Checkpoint : public model::InputFiles {
 protected:
  static sim::MonteCarlo simulation(std::int64_t inputs) {
    sim::MonteCarlo::Options options;
    options.law = {.network = model::Network({.depth = 1, .active_fraction = .3}),
                   .weight_variance = 1};
    options.law.preactivation_variance = {1.};
    options.widths = {16, 32};
    options.stopping.replicates = 8;
    return {options, model::circle_inputs(inputs).vectors()};
  }
  std::vector<model::ReadFile> files = {{"inputs.file", "x.csv", std::string(64, 'a')}};

  /// As after one block of the second width.
  sim::MonteCarlo::State interrupted() const {
    auto state = simulation(3).start();
    simulation(3).run(state, [](const sim::Progress& progress) {
      return progress.width == 16 || progress.replicates_done < 4;
    });
    return state;
  }
  sim::MonteCarlo::State read(const std::string& bytes, std::int64_t inputs = 3) const {
    return read_checkpoint(write("checkpoint.h5", bytes), "experiment", files, simulation(inputs));
  }
  std::string complaint(const std::string& bytes, std::int64_t inputs = 3) const {
    const auto message = model::refusal([&] { read(bytes, inputs); });
    EXPECT_THAT(message, testing::StartsWith("checkpoint = \"" + path("checkpoint.h5") + "\": "));
    return message;
  }
  /// One width's checkpoint, by hand.
  std::string by_hand(const std::string& format, const std::string& version,
                      const Eigen::MatrixXd& mean) const {
    Hdf5Writer file;
    file.attribute("/", "schema", format);
    file.attribute("/", "version", version);
    file.attribute("/", "crc32", std::int64_t{0});
    file.text("/experiment", "experiment");
    write_files(file, files);
    file.attribute("/widths", "count", std::int64_t{1});
    file.attribute("/widths/0", "replicates", std::int64_t{4});
    file.matrix("/widths/0/mean", mean, "", "");
    file.matrix("/widths/0/squares", mean, "", "");
    for (const auto name : sim::WidthSample::series_names) {
      file.matrix("/widths/0/" + std::string(name), mean, "", "");
    }
    return file.bytes();
  }
};

TEST_F(Checkpoint, ReadsBackTheSameBits) {
  const auto state = interrupted();
  ASSERT_EQ(state[1].count(), 4);
  const auto again = read(to_checkpoint(state, "experiment", files));
  ASSERT_EQ(again.size(), state.size());
  for (std::size_t i = 0; i < state.size(); ++i) {
    EXPECT_EQ(again[i], state[i]);
  }
}

TEST_F(Checkpoint, OfAnotherExperimentIsRefused) {
  EXPECT_THAT(complaint(to_checkpoint(interrupted(), "another", files)),
              testing::HasSubstr("belongs to another experiment"));
}

TEST_F(Checkpoint, OfAnotherFormatOrVersionIsRefused) {
  const Eigen::MatrixXd column = Eigen::VectorXd::Ones(3);
  EXPECT_THAT(complaint(by_hand("wideproof.checkpoint/0", build_name(), column)),
              testing::HasSubstr("is of another format"));
  EXPECT_THAT(complaint(by_hand(schema, "0.0.1", column)),
              testing::HasSubstr("was written by version 0.0.1"));
}

TEST_F(Checkpoint, ThatDoesNotFitTheSimulationIsRefused) {
  EXPECT_THAT(complaint(to_checkpoint(interrupted(), "experiment", files), 4),
              testing::HasSubstr("its sizes do not fit the experiment"));
  for (const auto& mean : {Eigen::MatrixXd::Ones(3, 1), Eigen::MatrixXd::Ones(3, 2)}) {
    EXPECT_THAT(complaint(by_hand(schema, build_name(), mean)),
                testing::HasSubstr("its sizes do not fit the experiment"));
  }
}

TEST_F(Checkpoint, ThatIsDamagedIsRefused) {
  const auto whole = to_checkpoint(interrupted(), "experiment", files);
  complaint("");
  complaint(whole.substr(0, whole.size() / 2));
  complaint(whole.substr(0, whole.size() - 1));
  for (const std::size_t place : {0U, 5U, 8U, 13U, 40U}) {  // signature, versions, sizes, addresses
    auto flipped = whole;
    flipped[place] = static_cast<char>(~flipped[place]);
    complaint(flipped);
  }
}

TEST_F(Checkpoint, DamagedAnywhereIsRefusedOrGivesTheSameBits) {
  const auto state = interrupted();
  const auto whole = to_checkpoint(state, "experiment", files);
  int refused = 0;
  for (std::size_t place = 0; place < whole.size(); place += 11) {
    auto flipped = whole;
    flipped[place] = static_cast<char>(flipped[place] ^ 0x10);
    try {
      const auto again = read(flipped);
      ASSERT_EQ(again.size(), state.size());
      for (std::size_t i = 0; i < state.size(); ++i) {
        EXPECT_EQ(again[i], state[i]) << place;
      }
    } catch (const model::InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 0);
}

TEST_F(Checkpoint, OneFlippedBitOfANumberIsRefused) {
  const auto state = interrupted();
  const auto whole = to_checkpoint(state, "experiment", files);
  const auto largest = [](const auto& values) {
    return *std::max_element(values.begin(), values.end());
  };
  std::vector<double> numbers = {largest(state[1].moments().mean()),
                                 largest(state[1].moments().squares())};
  for (const auto& table : state[1].series()) {
    if (!table.numbers().empty()) numbers.push_back(largest(table.numbers()));
  }
  ASSERT_EQ(numbers.size(), 6U);
  for (const double number : numbers) {
    auto bytes = whole;
    const std::string bits(reinterpret_cast<const char*>(&number), sizeof number);
    const auto place = bytes.find(bits);
    ASSERT_NE(place, std::string::npos);
    bytes[place] = static_cast<char>(bytes[place] ^ 1);
    EXPECT_THAT(complaint(bytes), testing::HasSubstr("its checksum does not fit"));
  }
}

}  // namespace
}  // namespace wideproof::app
