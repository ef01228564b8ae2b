// SPDX-License-Identifier: MIT
#include <wideproof/model/dimension/input_ensemble.hpp>

#include <gmock/gmock.h>

#include <cmath>
#include <functional>
#include <limits>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;
using Source = InputEnsemble::Source;

std::string ensemble_refusal(const std::function<void(InputEnsemble&)>& change) {
  InputEnsemble ensemble;
  change(ensemble);
  return refusal([&] { ensemble.validate({50, 100}); });
}

TEST(InputEnsemble, TakesItsDefaults) {
  EXPECT_NO_THROW(InputEnsemble{}.validate({50, 100}));
  EXPECT_FALSE(InputEnsemble{}.is_data());
}

TEST(InputEnsemble, HasNamesInBothDirections) {
  for (const auto source :
       {Source::white, Source::correlated, Source::idx, Source::csv, Source::npy}) {
    EXPECT_EQ(ensemble_source_from_name("ensemble.source", name_of(source)), source);
  }
  EXPECT_THAT(refusal([] { ensemble_source_from_name("ensemble.source", "whit"); }),
              HasSubstr("ensemble.source = \"whit\": must be one of white, correlated, idx, csv, "
                        "npy; did you mean \"white\"?"));
}

TEST(InputEnsemble, HasAsManyFactorsAsItsStrengthAsksFor) {
  const InputEnsemble ensemble{.source = Source::correlated, .strength = 4};
  EXPECT_EQ(ensemble.factors(100), 25);
  EXPECT_EQ(ensemble.factors(4), 1);
  EXPECT_EQ((InputEnsemble{.source = Source::correlated, .strength = .5}.factors(100)), 200);
}

TEST(InputEnsemble, RefusesSamplesThatNoHalvesCanBeMadeOf) {
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.samples = 14; }),
              StartsWith("ensemble.samples = 14: must lie in [16, 1048576]"));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.samples = std::int64_t{1} << 40; }),
              StartsWith("ensemble.samples = 1099511627776: must lie in"));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.samples = 101; }),
              StartsWith("ensemble.samples = 101: must be even"));
}

TEST(InputEnsemble, RefusesAStrengthThatNoFactorsGive) {
  const auto correlated = [](double strength) {
    return ensemble_refusal([=](auto& e) {
      e.source = Source::correlated;
      e.strength = strength;
    });
  };
  EXPECT_THAT(correlated(0), StartsWith("ensemble.strength = 0: must lie in [0.01, 1000000]"));
  EXPECT_THAT(correlated(std::nan("")), StartsWith("ensemble.strength = nan: must lie in"));
  EXPECT_THAT(correlated(51), StartsWith("ensemble.strength = 51: must not exceed the width, 50"));
}

TEST(InputEnsemble, RefusesWhatItsSourceDoesNotRead) {
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.strength = 1; }),
              StartsWith("ensemble.strength = 1: source \"white\" does not read it"));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.file = "x.csv"; }),
              StartsWith("ensemble.file = \"x.csv\": source \"white\" does not read it"));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.images = "x"; }),
              StartsWith("ensemble.images = \"x\""));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.seed = 3; }), StartsWith("ensemble.seed = 3"));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.source = Source::npy; }),
              StartsWith("ensemble.file = \"\": source \"npy\" needs the name of a file"));
  EXPECT_THAT(ensemble_refusal([](auto& e) { e.source = Source::idx; }),
              StartsWith("ensemble.images = \"\": source \"idx\" needs the name of a file"));
}

class LoadEnsemble : public InputFiles {
 protected:
  Inputs load(const InputEnsemble& ensemble) {
    ReadLog log;
    return load_ensemble(ensemble, log);
  }
};

TEST_F(LoadEnsemble, TakesRowsOfEachKindOfFile) {
  const auto csv =
      load({.source = Source::csv, .samples = 2, .file = write("x.csv", "3,4\n0,2\n")});
  EXPECT_TRUE(csv.vectors().isApprox(Eigen::MatrixXd{{0.6, 0.8}, {0, 1}}));
  EXPECT_EQ(csv.source(), "csv:x.csv");
  const auto bytes = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}",
                         bytes_of<double>({3, 4, 0, 2}));
  EXPECT_EQ(load({.source = Source::npy, .samples = 2, .file = write("x.npy", bytes)}).vectors(),
            csv.vectors());
  const auto images =
      load({.source = Source::idx, .samples = 3, .images = write("x.idx", small_images(3))});
  EXPECT_EQ(images.dimension(), 4);
  EXPECT_NEAR(images.vectors()(2, 0), 3 / std::sqrt(23.), 1e-15);
}

TEST_F(LoadEnsemble, TakesOppositeRows) {
  const auto opposite =
      load({.source = Source::csv, .samples = 2, .file = write("x.csv", "1,2\n-1,-2\n")});
  EXPECT_EQ(opposite.count(), 2);
}

TEST_F(LoadEnsemble, DrawsRowsBySeed) {
  const InputEnsemble ensemble{
      .source = Source::idx, .samples = 40, .images = write("x.idx", small_images(80))};
  auto other = ensemble;
  other.seed = 1;
  EXPECT_EQ(load(ensemble).vectors(), load(ensemble).vectors());
  EXPECT_NE(load(ensemble).vectors(), load(other).vectors());
}

TEST_F(LoadEnsemble, RefusesFilesThatCannotBeUsed) {
  const auto csv = [&](std::string_view text, std::int64_t samples = 2) {
    return refusal(
        [&] { load({.source = Source::csv, .samples = samples, .file = write("x.csv", text)}); });
  };
  EXPECT_THAT(csv("1,2\n3,4\n", 3),
              StartsWith("ensemble.samples = 3: the file holds only 2 inputs"));
  EXPECT_THAT(csv("1,2\n0,0\n"), HasSubstr("input 2 of the 2 taken is all zero"));
  EXPECT_THAT(csv("1,2\nnan,0\n"), StartsWith("ensemble.file = "));
  EXPECT_THAT(refusal([&] { load({.source = Source::idx, .images = path("none")}); }),
              StartsWith("ensemble.images = "));
  for (const auto* text : {"1,2\n1,2\n", "0.1,0.2\n0.3,0.6\n", "1e-300,3e-300\n1e300,3e300\n"})
    EXPECT_THAT(csv(text), AllOf(StartsWith("ensemble.file = "),
                                 HasSubstr("the 2 rows taken, from row 1 to row 2, are equal or "
                                           "multiples of one another")));
  const auto flat =
      npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,)}", bytes_of<double>({3, 4}));
  EXPECT_THAT(
      refusal([&] { load({.source = Source::npy, .samples = 2, .file = write("x.npy", flat)}); }),
      HasSubstr("1 axis"));
}

}  // namespace
}  // namespace wideproof::model
