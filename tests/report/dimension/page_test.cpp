// SPDX-License-Identifier: MIT
#include <wideproof/report/dimension/page.hpp>

#include <gmock/gmock.h>

#include <wideproof/report/dimension/figures.hpp>
#include <wideproof/report/dimension/words.hpp>
#include "invented_dimension.hpp"

namespace wideproof::report {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string page_of(const compare::DimensionAssessment& assessment,
                    const std::string& why_no_spectrum = "") {
  return dimension_report({.name = "weak-correlations",
                           .experiment = {"Networks of three layers."},
                           .assessment = assessment,
                           .why_no_spectrum = why_no_spectrum,
                           .tables = {{"dimension.csv", "means", {}}},
                           .provenance = {{"wideproof", "0.0"}}},
                          dimension_figures(assessment, {}), {});
}

TEST(DimensionPage, TellsVerdictFiguresClaimsAndLayers) {
  const std::string page = page_of(testing::judged());
  EXPECT_THAT(page, HasSubstr("weak-correlations"));
  EXPECT_THAT(page, HasSubstr("Mean-field theory and sampled networks agree"));
  EXPECT_THAT(page, HasSubstr("Networks of three layers."));
  EXPECT_THAT(page, HasSubstr("An ever deeper network ends at η*"));
  EXPECT_THAT(page, HasSubstr("predicted e = −1"));
  EXPECT_THAT(page, HasSubstr("dimension.csv"));
  EXPECT_LT(page.find("Dimensionality from layer to layer"), page.find("What decided"));
  EXPECT_LT(page.find("What decided"), page.find("Layer by layer"));
}

TEST(DimensionPage, SaysWhyNoSpectrumIsDrawn) {
  EXPECT_THAT(page_of(testing::judged(), "No spectrum is drawn."),
              HasSubstr("<p>No spectrum is drawn.</p>"));
}

TEST(DimensionPage, ShowsNoNumberThatIsNone) {
  for (const auto& assessment :
       {testing::judged(), testing::only_measured(), testing::of_fixed_dimension(),
        testing::overflowed(), testing::least()})
    EXPECT_THAT(page_of(assessment),
                AllOf(Not(HasSubstr(">nan")), Not(HasSubstr("nan<")), Not(HasSubstr("± nan"))));
}

TEST(DimensionPage, HasAHeadlineForEveryOutcome) {
  const auto law = testing::of_three_layers();
  const auto wrong = compare::assess_dimension(compare::testing::predicted_off_by(law, 1.3),
                                               compare::testing::draw_dimensions(law, 1), {});
  EXPECT_EQ(verdict_sentence(wrong), "Mean-field theory and sampled networks disagree.");
  EXPECT_THAT(verdict_sentence(testing::overflowed()), HasSubstr("neither confirmed nor refuted"));
  EXPECT_THAT(verdict_sentence(testing::only_measured()), HasSubstr("no prediction"));
  EXPECT_THAT(page_of(wrong), HasSubstr("disagree"));
}

}  // namespace
}  // namespace wideproof::report
