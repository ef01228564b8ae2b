// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <wideproof/app/files/read_text.hpp>
#include <wideproof/app/kinds/generalization/regression_runner.hpp>
#include <wideproof/app/kinds/generalization/regression_tasks.hpp>
#include <wideproof/app/sweep/sweep_spec.hpp>
#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/theory/recursion/layer_recursion.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

const std::string results = std::string(WIDEPROOF_SOURCE) + "/results/";

/// A committed run of a sweep: the experiment file and the folder that holds sweep.csv.
struct ReferenceRun {
  std::string file;
  std::string folder;
};

const std::vector<ReferenceRun> all = {
    {"correlation-maps/sparsity.toml", "correlation-maps/sparsity"},
    {"correlation-maps/degree.toml", "correlation-maps/degree"},
    {"correlation-maps/fixed-points.toml", "correlation-maps/fixed-points"},
    {"correlation-maps/iterates.toml", "correlation-maps/iterates"},
    {"correlation-maps/critical.toml", "correlation-maps/critical"},
    {"circle-kernel/experiment.toml", "circle-kernel"},
    {"correlation-convergence/experiment.toml", "correlation-convergence/experiment"},
    {"correlation-convergence/one-layer.toml", "correlation-convergence/one-layer"},
};

/// A line of sweep.csv: norm or correlation of a point's last layer.
struct Line {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
  double predicted = 0.0;
};

std::vector<Line> lines_of(const std::string& csv, std::size_t keys) {
  std::vector<Line> lines;
  std::istringstream text(csv);
  std::string row;
  std::getline(text, row);
  while (std::getline(text, row)) {
    std::vector<std::string> fields;
    std::istringstream columns(row);
    for (std::string field; std::getline(columns, field, ',');) fields.push_back(field);
    const auto number = [&](std::size_t i) {  // NaN where there is none
      const bool is_there = keys + i < fields.size() && !fields[keys + i].empty();
      return is_there ? std::stod(fields[keys + i]) : std::nan("");
    };
    // Not in every table: those that were made before there were such numbers lack them.
    if (fields.at(keys + 1) == "least correlation") continue;
    lines.push_back({number(4), number(5), number(6), number(7)});
  }
  return lines;
}

/// Theory's numbers of the last layer, in the order of sweep.csv.
std::vector<double> theory_of(const SweepSpec& sweep) {
  std::vector<double> numbers;
  for (const auto& point : sweep.points) {
    const auto inputs = model::load_inputs(point.experiment.inputs());
    const auto last = theory::predict(point.experiment.network(), inputs.cosines()).layers.back();
    const auto count = static_cast<double>(inputs.count());
    numbers.push_back(last.gram.diagonal().mean());
    numbers.push_back((last.correlation.sum() - count) / (count * (count - 1)));
  }
  return numbers;
}

/// The largest difference between theory's numbers and the committed predictions.
double deviation(const ReferenceRun& run, const std::vector<std::string>& settings) {
  const auto sweep = read_sweep(results + run.file, settings);
  const auto lines =
      lines_of(read_text(results + run.folder + "/sweep.csv"), sweep.value().keys.size());
  const auto numbers = theory_of(*sweep);
  EXPECT_EQ(lines.size(), numbers.size()) << run.folder;
  double largest = 0.0;
  for (std::size_t i = 0; i < std::min(lines.size(), numbers.size()); ++i)
    largest = std::max(largest, std::abs(lines[i].predicted - numbers[i]));
  return largest;
}

/// Kernels are known to some 10⁻¹⁵; a hundred layers of maps whose slope is at most 3 on the way to
/// an attracting fixed point do not make 10⁻¹⁰ of it.
constexpr double theory_rounding = 1e-10;

TEST(ReferenceRuns, HoldTheTheorysNumbersOfToday) {
  for (const auto& run : all) EXPECT_LT(deviation(run, {}), theory_rounding) << run.folder;
}

TEST(ReferenceRuns, HoldOtherNumbersThanAnotherBiasGives) {
  for (const auto& run : all)
    EXPECT_GT(deviation(run, {"network.bias_variance=1e-6"}), theory_rounding) << run.folder;
}

/// The kernel's error at points of the circle's regression, as it is now over as it was committed.
std::vector<double> circle_ratios(const std::vector<std::string>& settings) {
  const auto sweep = read_sweep(results + "circle-regression/experiment.toml", settings).value();
  const auto lines =
      lines_of(read_text(results + "circle-regression/sweep.csv"), sweep.keys.size());
  EXPECT_EQ(lines.size(), sweep.points.size());
  std::vector<double> ratios;
  for (std::size_t i = 0; i < sweep.points.size(); i += 60) {
    const RegressionRunner runner(sweep.points[i].experiment,
                                  std::make_shared<RegressionData>(sweep.points[i].experiment));
    const auto task = regression_tasks(sweep.points[i].experiment).front();
    ratios.push_back(runner.run(task).error.pool / lines.at(i).value);
  }
  return ratios;
}

/// A Cholesky factor of 1000 × 1000 with a ridge of 1.1 loses no more than 10⁻¹² to rounding, and
/// the kernel's interpolant 10⁻¹².
constexpr double regression_rounding = 1e-9;

TEST(ReferenceRuns, RepeatTheErrorsOfTheCircle) {
  const auto ratios = circle_ratios({});
  EXPECT_EQ(ratios.size(), 6U);
  EXPECT_THAT(ratios, testing::Each(testing::DoubleNear(1.0, regression_rounding)));
}

TEST(ReferenceRuns, HaveOtherErrorsOfTheCircleWithAnotherRidge) {
  EXPECT_THAT(circle_ratios({"generalization.ridge=1.1001"}),
              testing::Each(testing::Not(testing::DoubleNear(1.0, regression_rounding))));
}

/// Repeats in seconds.
const ReferenceRun cheap = {"correlation-maps/iterates.toml", "correlation-maps/iterates"};

class CheapReferenceRun : public Runs {
 protected:
  /// The largest relative difference of a committed number and its bounds from those of a new run.
  double deviation(const ReferenceRun& run, const std::string& seed) const {
    std::vector<std::string> arguments = {"validate", results + run.file, "--out",
                                          "run",      "--quiet",          "--force"};
    if (!seed.empty()) arguments.insert(arguments.end(), {"--seed", seed});
    EXPECT_EQ(program(arguments).status, 0);
    const auto keys = read_sweep(results + run.file, {}).value().keys.size();
    const auto old = lines_of(read_text(results + run.folder + "/sweep.csv"), keys);
    const auto now = lines_of(run_file("run", "sweep.csv"), keys);
    EXPECT_EQ(old.size(), now.size());
    double largest = 0.0;
    for (std::size_t i = 0; i < std::min(old.size(), now.size()); ++i) {
      for (const double difference :
           {old[i].value - now[i].value, old[i].low - now[i].low, old[i].high - now[i].high})
        largest = std::max(largest, std::abs(difference / old[i].value));
    }
    return largest;
  }
};

/// One seed gives the same samples on every processor, but for the rounding of float32: 6·10⁻⁸ an
/// operation, some 10⁻⁶ of a Gram matrix after six layers, in every network anew. Another seed
/// moves numbers by some 10⁻³.
constexpr double sampled_rounding = 1e-5;

TEST_F(CheapReferenceRun, RepeatsItsNumbers) {
  EXPECT_LT(deviation(cheap, ""), sampled_rounding);
}

TEST_F(CheapReferenceRun, HasOtherNumbersWithAnotherSeed) {
  EXPECT_GT(deviation(cheap, "2"), 10 * sampled_rounding);
}

}  // namespace
}  // namespace wideproof::app
