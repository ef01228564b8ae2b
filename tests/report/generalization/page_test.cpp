// SPDX-License-Identifier: MIT
#include <wideproof/report/generalization/page.hpp>

#include <utility>

#include <gmock/gmock.h>

#include <wideproof/model/generalization/generalization_spec.hpp>

#include "invented_errors.hpp"

namespace wideproof::report {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string page_of(double agreement_error) {
  auto options = model::GeneralizationSpec::defaults();
  options.inputs.count = 8;
  options.kind = std::make_shared<model::GeneralizationSpec>(
      model::RegressionSpec{}, model::TargetSpec{.source = model::TargetSpec::Source::half_circle});
  const model::Experiment experiment(std::move(options));
  boost::random::mt19937_64 rng(1);
  const auto assessment =
      compare::assess_generalization(compare::testing::draw_errors({}, rng),
                                     {.family_error = 0.001, .agreement_error = agreement_error});
  const std::vector<Figure> figures = {
      {.name = "curve", .title = "Learning curve", .caption = "Errors.", .csv = {}, .plot = {}}};
  return generalization_report({.experiment = experiment,
                                .limit = {},
                                .assessment = assessment,
                                .figures = figures,
                                .input_source = "circle",
                                .inputs = 8,
                                .input_dimension = 2,
                                .tables = {},
                                .provenance = {}},
                               {});
}

TEST(GeneralizationPage, NamesTheLevelOfTheIntervalsThatClaimsRestOn) {
  const std::string page = page_of(0.01);
  EXPECT_THAT(page, HasSubstr(">98% interval<span class=\"unit\">%</span></th>"));
  EXPECT_THAT(page, HasSubstr("relative difference<span class=\"unit\">%</span></th>"));
  EXPECT_THAT(page, HasSubstr("a wrong claim passes with a chance of at most 0.01"));
  EXPECT_THAT(page, HasSubstr("at most 0.001, all claims taken together"));
  EXPECT_THAT(page, Not(HasSubstr("all of a claim&#39;s numbers")));
  EXPECT_THAT(page_of(0.05), HasSubstr(">90% interval<"));
}

TEST(GeneralizationPage, ShowsTheCurveBeforeTheReasons) {
  const std::string page = page_of(0.01);
  ASSERT_THAT(page, HasSubstr("<h2>What decided</h2>\n<ul>"));
  EXPECT_LT(page.find("Learning curve"), page.find("What decided"));
  EXPECT_LT(page.find("What decided"), page.find("The experiment"));
}

}  // namespace
}  // namespace wideproof::report
