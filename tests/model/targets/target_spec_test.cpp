// SPDX-License-Identifier: MIT
#include <wideproof/model/targets/target_spec.hpp>

#include <gmock/gmock.h>

#include <cmath>

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
            "labels, or source \"mixture\"");
  EXPECT_THAT(refusal([&] { load({.source = Source::half_circle}, images()); }),
              HasSubstr("needs inputs.source = \"circle\", not \"idx\""));
  EXPECT_THAT(refusal([&] { load({.source = Source::npy}, circle(3)); }),
              HasSubstr("targets.file = \"\": source \"npy\" needs the name of a file"));
  EXPECT_THAT(refusal([&] { load({.source = Source::half_circle, .file = "y.csv"}, circle(3)); }),
              HasSubstr("source \"half-circle\" does not read it"));
}

TEST_F(LoadTargets, StepsPeriodicallyAroundTheCircle) {
  EXPECT_EQ(load({.source = Source::step, .periods = 2}, circle(8)),
            (Eigen::VectorXd{{1, 1, -1, -1, 1, 1, -1, -1}}));
  auto closed = circle(5);
  closed.endpoint = true;
  EXPECT_EQ(load({.source = Source::step, .periods = 1}, closed),
            (Eigen::VectorXd{{1, 1, -1, -1, 1}}));
}

TEST_F(LoadTargets, KnowsTheClustersOfAMixture) {
  InputSpec mixture;
  mixture.source = InputSpec::Source::mixture;
  mixture.count = 600;
  mixture.dimension = 5;
  mixture.clusters = 3;
  mixture.separation = 100;
  const auto vectors = load_inputs(mixture).vectors();
  const auto targets = load({}, mixture);
  ASSERT_EQ(targets.cols(), 3);
  EXPECT_TRUE(are_classes(targets));
  for (Eigen::Index a = 0; a < targets.rows(); ++a) {
    Eigen::Index axis = 0, output = 0;
    vectors.row(a).maxCoeff(&axis);
    targets.row(a).maxCoeff(&output);
    EXPECT_EQ(axis, output);
  }
  mixture.separation = 0;  // no sign of them
  const auto overlapping = load_inputs(mixture).vectors();
  Eigen::Index found = 0;
  for (Eigen::Index a = 0; a < targets.rows(); ++a) {
    Eigen::Index axis = 0;
    overlapping.row(a).head(3).maxCoeff(&axis);
    found += axis == a % 3 ? 1 : 0;
  }
  EXPECT_NEAR(static_cast<double>(found) / 600, 1.0 / 3, 5 * 0.0193);  // 5 standard errors
}

TEST_F(LoadTargets, TeachesByANetworkOfUnitVariance) {
  InputSpec inputs;
  inputs.source = InputSpec::Source::gaussian;
  inputs.count = 1;
  inputs.dimension = 3;
  double sum = 0, squares = 0;
  constexpr int teachers = 4000;
  for (int seed = 0; seed < teachers; ++seed) {
    const TargetSpec spec{
        .source = Source::teacher, .hidden = 20, .seed = static_cast<std::uint64_t>(seed)};
    const double y = load(spec, inputs)(0, 0);
    sum += y;
    squares += y * y;
  }
  // Five standard errors; the fourth moment of y is 3 + 3·5/20.
  EXPECT_NEAR(sum / teachers, 0, 5 / std::sqrt(teachers));
  EXPECT_NEAR(squares / teachers, 1, 5 * std::sqrt(2.75 / teachers));
}

TEST_F(LoadTargets, GivesInputsThatDoNotTrainTheSameOutputs) {
  const auto training = circle(4);
  const auto test = circle(2);
  ReadLog log;
  const auto inputs = load_inputs(training);
  const auto others = load_inputs(test);
  const TargetSpec spec{.source = Source::csv,
                        .file = write("y.csv", "1\n2\n3\n6\n"),
                        .test_file = write("t.csv", "5\n7\n"),
                        .center = true};
  EXPECT_EQ(load_targets(spec, {training, inputs}, {test, others}, log),
            (Eigen::VectorXd{{-2, -1, 0, 3, 2, 4}}));
}

TEST_F(LoadTargets, RefusesALabelThatNobodyTrainsOn) {
  auto training = images();
  training.classes = {7, 2};
  const auto test = images();
  ReadLog log;
  const auto inputs = load_inputs(training);
  const auto others = load_inputs(test);
  EXPECT_EQ(refusal([&] {
              load_targets({}, {training, inputs}, {test, others}, log);
            }),
            "targets.source = \"labels\": test input 3 (from 0) has label 4, which no training "
            "input has");
}

TEST_F(LoadTargets, TellsClassesFromNumbers) {
  EXPECT_TRUE(are_classes(Eigen::VectorXd{{1, -1, 1}}));
  EXPECT_FALSE(are_classes(Eigen::VectorXd{{1, 0, 1}}));
  EXPECT_TRUE(are_classes(Eigen::MatrixXd{{1, 0}, {0, 1}}));
  EXPECT_FALSE(are_classes(Eigen::MatrixXd{{1, 1}, {0, 1}}));
  EXPECT_FALSE(are_classes(Eigen::MatrixXd{{0.5, 0.5}, {0, 1}}));
}

}  // namespace
}  // namespace wideproof::model
