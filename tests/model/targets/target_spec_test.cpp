// SPDX-License-Identifier: MIT
#include <wideproof/model/targets/target_spec.hpp>

#include <gmock/gmock.h>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using Source = TargetSpec::Source;

class LoadTargets : public InputFiles {
 protected:
  InputSpec images() const {
    InputSpec spec;
    spec.source = InputSpec::Source::idx;
    spec.images = write("images", small_images(5));
    spec.labels = write("labels", small_labels({7, 2, 7, 4, 2}));
    return spec;
  }
  InputSpec circle(std::int64_t count) const {
    InputSpec spec;
    spec.count = count;
    return spec;
  }
  Eigen::MatrixXd load(const TargetSpec& spec, const InputSpec& inputs) const {
    return load_targets(spec, inputs, load_inputs(inputs));
  }
};

TEST_F(LoadTargets, GivesEachClassAnOutput) {
  EXPECT_EQ(load({}, images()),
            (Eigen::MatrixXd{{0, 0, 1}, {1, 0, 0}, {0, 0, 1}, {0, 1, 0}, {1, 0, 0}}));
}

TEST_F(LoadTargets, FollowsTheImagesThatWereChosen) {
  auto spec = images();
  spec.classes = {7, 4};
  spec.count = 2;
  spec.seed = 3;
  const auto labels = load_labels(spec);
  const auto vectors = load_inputs(spec).vectors();
  ASSERT_EQ(labels.size(), 2U);
  const std::vector<std::int64_t> of_all = {7, 2, 7, 4, 2};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto row = static_cast<Eigen::Index>(i);
    const auto image = std::lround(vectors(row, 0) / vectors(row, 1)) - 1;  // pixel 0 is k + 1
    EXPECT_EQ(labels[i], of_all[static_cast<std::size_t>(image)]);
  }
}

TEST_F(LoadTargets, SplitsTheCircleInHalves) {
  EXPECT_EQ(load({.source = Source::half_circle}, circle(8)),
            (Eigen::VectorXd{{1, 1, 1, 1, 1, -1, -1, -1}}));
}

TEST_F(LoadTargets, TellsTheEndOfTheCircleFromItsBeginning) {
  auto closed = circle(5);
  closed.endpoint = true;
  EXPECT_EQ(load({.source = Source::half_circle}, closed), (Eigen::VectorXd{{1, 1, 1, -1, -1}}));
}

TEST_F(LoadTargets, TakesOffTheMeanOfEachOutput) {
  const TargetSpec spec{
      .source = Source::csv, .file = write("y.csv", "1,0\n2,0\n3,3\n"), .center = true};
  EXPECT_EQ(load(spec, circle(3)), (Eigen::MatrixXd{{-1, -1}, {0, -1}, {1, 2}}));
}

TEST_F(LoadTargets, LogsTheFileThatItReads) {
  const TargetSpec spec{.source = Source::csv, .file = write("y.csv", "1\n2\n3\n")};
  ReadLog log;
  load_targets(spec, circle(3), load_inputs(circle(3)), log);
  EXPECT_THAT(log.files,
              testing::ElementsAre(ReadFile{"targets.file", spec.file, sha256("1\n2\n3\n")}));
  const auto with_labels = images();
  load_targets({}, with_labels, load_inputs(with_labels, log), log);
  ASSERT_EQ(log.files.size(), 3U);
  EXPECT_EQ(log.files[1].key, "inputs.labels");
}

TEST_F(LoadTargets, RefusesAFileOfAnotherLength) {
  const TargetSpec spec{.source = Source::csv, .file = write("y.csv", "1\n2\n")};
  EXPECT_THAT(refusal([&] { load(spec, circle(3)); }),
              EndsWith("y.csv\": holds 2 lines of targets; there are 3 inputs"));
}

TEST_F(LoadTargets, RefusesTargetsThatTheInputsDoNotHave) {
  EXPECT_EQ(refusal([&] { load({}, circle(3)); }),
            "targets.source = \"labels\": needs inputs.labels: images of source \"idx\" with their "
            "labels");
  EXPECT_THAT(refusal([&] { load({.source = Source::half_circle}, images()); }),
              HasSubstr("needs inputs.source = \"circle\", not \"idx\""));
  EXPECT_THAT(refusal([&] { load({.source = Source::npy}, circle(3)); }),
              HasSubstr("targets.file = \"\": source \"npy\" needs the name of a file"));
  EXPECT_THAT(refusal([&] { load({.source = Source::half_circle, .file = "y.csv"}, circle(3)); }),
              HasSubstr("source \"half-circle\" does not read it"));
}

}  // namespace
}  // namespace wideproof::model
