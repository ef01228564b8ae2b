// SPDX-License-Identifier: MIT
#include <wideproof/model/inputs/input_spec.hpp>

#include <gmock/gmock.h>

#include <functional>
#include <limits>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using Source = InputSpec::Source;

constexpr std::uint64_t nonzero = 1;

InputSpec valid_input(Source source) {
  InputSpec spec;
  spec.source = source;
  switch (source) {
    case Source::circle:
      spec.count = 8;
      break;
    case Source::cosines:
      spec.cosines = {1, 0.5};
      break;
    case Source::gaussian:
      spec.count = 8;
      spec.dimension = 784;
      spec.seed = nonzero;
      break;
    case Source::mixture:
      spec.count = 8;
      spec.dimension = 784;
      spec.clusters = 3;
      spec.separation = 0.5;
      spec.seed = nonzero;
      break;
    case Source::csv:
    case Source::npy:
      spec.file = "x";
      break;
    case Source::idx:
      spec.images = "i";
      spec.labels = "l";
      spec.classes = {0, 1};
      spec.count = 10;
      spec.seed = nonzero;
      break;
  }
  return spec;
}

constexpr Source all_sources[] = {Source::circle,  Source::cosines, Source::gaussian,
                                  Source::mixture, Source::csv,     Source::npy,
                                  Source::idx};

std::string input_refusal(Source source, const std::function<void(InputSpec&)>& change) {
  InputSpec spec = valid_input(source);
  change(spec);
  return refusal([&] { spec.validate(); });
}

TEST(InputSpec, AcceptsEachSourceWithItsOwnKeys) {
  for (const Source source : all_sources) EXPECT_NO_THROW(valid_input(source).validate());
}

TEST(InputSpec, RefusesEveryKeyThatTheSourceDoesNotRead) {
  const InputSpec nothing;
  InputSpec given = valid_input(Source::idx);
  given.dimension = 784;
  given.cosines = {0.5};
  given.file = "x";
  given.per_class = 2;
  given.clusters = 3;
  given.separation = 0.5;
  const auto expect = [&](Source source, std::string_view key, auto member) {
    InputSpec spec = valid_input(source);
    if (spec.*member != nothing.*member) return 0;
    spec.*member = given.*member;
    // idx alone reads per_class, and then not beside count.
    if (source == Source::idx && key == "inputs.per_class") return 0;
    const std::string message = refusal([&] { spec.validate(); });
    EXPECT_THAT(message, testing::StartsWith(std::string(key) + " = "));
    EXPECT_THAT(message, EndsWith(": source \"" + std::string(name_of(source)) +
                                  "\" does not read it; remove it"));
    return 1;
  };
  int refused = 0;
  for (const Source source : all_sources) {
    refused += expect(source, "inputs.count", &InputSpec::count);
    refused += expect(source, "inputs.dimension", &InputSpec::dimension);
    refused += expect(source, "inputs.cosines", &InputSpec::cosines);
    refused += expect(source, "inputs.file", &InputSpec::file);
    refused += expect(source, "inputs.images", &InputSpec::images);
    refused += expect(source, "inputs.labels", &InputSpec::labels);
    refused += expect(source, "inputs.classes", &InputSpec::classes);
    refused += expect(source, "inputs.per_class", &InputSpec::per_class);
    refused += expect(source, "inputs.seed", &InputSpec::seed);
    refused += expect(source, "inputs.clusters", &InputSpec::clusters);
    refused += expect(source, "inputs.separation", &InputSpec::separation);
  }
  EXPECT_EQ(refused, 10 + 10 + 8 + 6 + 10 + 10 + 5);
}

TEST(InputSpec, ShowsTheValueOfAKeyThatIsNotRead) {
  EXPECT_EQ(input_refusal(Source::circle, [](InputSpec& s) { s.dimension = 784; }),
            "inputs.dimension = 784: source \"circle\" does not read it; remove it");
  EXPECT_EQ(input_refusal(Source::circle,
                          [](InputSpec& s) {
                            s.cosines = {0.5, 1};
                          }),
            "inputs.cosines = [0.5, 1]: source \"circle\" does not read it; remove it");
  EXPECT_EQ(input_refusal(Source::csv, [](InputSpec& s) { s.images = "a\nb"; }),
            R"(inputs.images = "a\nb": source "csv" does not read it; remove it)");
}

TEST(InputSpec, NamesACountOutOfRange) {
  for (const Source source : {Source::circle, Source::gaussian}) {
    EXPECT_EQ(input_refusal(source, [](InputSpec& s) { s.count = 0; }),
              "inputs.count = 0: must lie in [1, 100000]");
  }
  for (const Source source : {Source::circle, Source::gaussian, Source::idx}) {
    EXPECT_EQ(input_refusal(source, [](InputSpec& s) { s.count = 100001; }),
              "inputs.count = 100001: must lie in [1, 100000]");
    EXPECT_EQ(input_refusal(source, [](InputSpec& s) { s.count = -1; }),
              "inputs.count = -1: must lie in [1, 100000]");
  }
}

TEST(InputSpec, NamesADimensionOrCosineOutOfRange) {
  EXPECT_THAT(input_refusal(Source::gaussian, [](InputSpec& s) { s.dimension = 0; }),
              HasSubstr("inputs.dimension = 0: must lie in"));
  EXPECT_THAT(input_refusal(Source::cosines,
                            [](InputSpec& s) {
                              s.cosines = {0.5, std::numeric_limits<double>::quiet_NaN()};
                            }),
              HasSubstr("inputs.cosines[1] = nan: must lie in [-1, 1]"));
  EXPECT_THAT(input_refusal(Source::cosines, [](InputSpec& s) { s.cosines = {}; }),
              HasSubstr("inputs.cosines"));
}

TEST(InputSpec, NamesTheFileThatIsMissing) {
  EXPECT_EQ(input_refusal(Source::csv, [](InputSpec& s) { s.file = ""; }),
            "inputs.file = \"\": source \"csv\" needs the name of a file");
  EXPECT_EQ(input_refusal(Source::npy, [](InputSpec& s) { s.file = ""; }),
            "inputs.file = \"\": source \"npy\" needs the name of a file");
  EXPECT_EQ(input_refusal(Source::idx, [](InputSpec& s) { s.images = ""; }),
            "inputs.images = \"\": source \"idx\" needs the name of a file");
}

TEST(InputSpec, NeedsLabelsToChooseByClass) {
  EXPECT_EQ(input_refusal(Source::idx, [](InputSpec& s) { s.labels = ""; }),
            "inputs.classes = [0, 1]: needs inputs.labels");
  EXPECT_EQ(input_refusal(Source::idx,
                          [](InputSpec& s) {
                            s.labels = "";
                            s.classes = {};
                            s.count = 0;
                            s.per_class = 5;
                          }),
            "inputs.per_class = 5: needs inputs.labels");
}

TEST(InputSpec, RefusesCountBesidePerClassAndClassesGivenTwice) {
  EXPECT_EQ(input_refusal(Source::idx, [](InputSpec& s) { s.per_class = 5; }),
            "inputs.per_class = 5: excludes inputs.count, which is 10");
  EXPECT_EQ(input_refusal(Source::idx, [](InputSpec& s) { s.per_class = -5; }),
            "inputs.per_class = -5: must lie in [1, 100000]");
  EXPECT_EQ(input_refusal(Source::idx,
                          [](InputSpec& s) {
                            s.classes = {1, 0, 1};
                          }),
            "inputs.classes = [1, 0, 1]: must not name a class twice, as it does 1");
}

TEST(InputSpec, RefusesAMixtureOfMoreClustersThanAxes) {
  EXPECT_EQ(input_refusal(Source::mixture, [](InputSpec& s) { s.clusters = 785; }),
            "inputs.clusters = 785: must lie in [1, 784]");
  EXPECT_THAT(input_refusal(Source::mixture, [](InputSpec& s) { s.clusters = 0; }),
              HasSubstr("inputs.clusters = 0: must lie in"));
  EXPECT_THAT(input_refusal(Source::mixture, [](InputSpec& s) { s.separation = -1; }),
              HasSubstr("inputs.separation = -1: must lie in"));
}

}  // namespace
}  // namespace wideproof::model
