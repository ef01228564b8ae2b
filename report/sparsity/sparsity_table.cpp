// SPDX-License-Identifier: MIT
#include <wideproof/report/sparsity/sparsity_table.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/csv_field.hpp>

namespace wideproof::report {
namespace {

using model::SparsityNumber;

std::string with_error(const compare::SparsityMean& at) {
  if (!std::isfinite(at.mean)) return number_or_dash(at.mean);
  return number_or_dash(at.mean) + " ± " + number_or_dash(at.standard_error, "{:.2g}");
}

std::string limit_text(const compare::LimitEstimate<>& at) {
  return at.is_exact
             ? number_or_dash(at.value) + ", exact"
             : number_or_dash(at.value) + " ± " + number_or_dash(at.standard_error, "{:.2g}");
}

std::string optional_field(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? csv_number(*number) : "";
}

}  // namespace

std::string sparsity_table(const SparsityStudy& study) {
  std::string csv =
      "width,layer,quantity,networks,mean,standard_error,predicted,variance_times_width,"
      "predicted_variance_times_width,limit,limit_standard_error\n";
  for (const compare::LayerSparsityMeans& at : study.assessment.means)
    for (std::size_t k = 0; k < at.numbers.size(); ++k) {
      const auto number = static_cast<SparsityNumber>(k);
      const compare::SparsityMean& measured = at.of(number);
      const model::WideNumber* const predicted = study.predicted(at.layer, number);
      const compare::LimitEstimate<>* const limit =
          study.assessment.are_limits ? study.assessment.estimate(number, at.layer) : nullptr;
      const auto of_limit = [&](double compare::LimitEstimate<>::*member) {
        return limit != nullptr ? optional_field(limit->*member) : std::string();
      };
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{},{}\n", at.width, at.layer, name_of(number),
                         measured.networks, optional_field(measured.mean),
                         optional_field(measured.standard_error),
                         predicted != nullptr ? optional_field(predicted->value) : "",
                         optional_field(static_cast<double>(at.width) * measured.variance),
                         predicted != nullptr ? optional_field(predicted->variance) : "",
                         of_limit(&compare::LimitEstimate<>::value),
                         of_limit(&compare::LimitEstimate<>::standard_error));
    }
  return csv;
}

void add_sparsity(HtmlPage& page, const SparsityStudy& study,
                  const std::map<std::string, std::string>& svg) {
  if (!study.is_measured()) return;
  page.section("Sparsity");
  page.paragraph(
      "How few neurons carry a layer's activity. Hoyer's measure is 1 − r of an input, r being the "
      "mean of |z| over the neurons by its root mean square, averaged over inputs: 0 where all "
      "neurons are alike, near 1 where few are active. Treves and Rolls' activity is r², and the "
      "lifetime sparseness tells how much each neuron distinguishes between inputs, as does "
      "unit_hoyer, "
      "Hoyer's sparseness of a neuron over the inputs averaged over neurons that are not silent. A "
      "neuron is silent if it is 0 for every input.");
  if (!study.prediction.not_derived.empty()) page.paragraph(study.prediction.not_derived);
  const std::int64_t widest = study.assessment.means.back().width;
  HtmlTable table{fmt::format("Sparsity at width {}, and its limit where there are several widths",
                              compare::with_commas(widest)),
                  {{"layer"},
                   {"measure", "", false},
                   {"predicted", "n → ∞"},
                   {"measured", "± standard error"},
                   {"limit", "± standard error"},
                   {"n·Var", "measured"},
                   {"n·Var", "predicted"}},
                  {}};
  for (const compare::LayerSparsityMeans& at : study.assessment.means) {
    if (at.width != widest) continue;
    for (std::size_t k = 0; k < at.numbers.size(); ++k) {
      const auto number = static_cast<SparsityNumber>(k);
      const compare::SparsityMean& measured = at.of(number);
      const model::WideNumber* const predicted = study.predicted(at.layer, number);
      const compare::LimitEstimate<>* const limit =
          study.assessment.are_limits ? study.assessment.estimate(number, at.layer) : nullptr;
      table.rows.push_back(
          {std::to_string(at.layer), std::string(name_of(number)),
           predicted != nullptr ? number_or_dash(predicted->value) : "–", with_error(measured),
           limit != nullptr ? limit_text(*limit) : "–",
           number_or_dash(static_cast<double>(at.width) * measured.variance, "{:.3g}"),
           predicted != nullptr ? number_or_dash(predicted->variance, "{:.3g}") : "–"});
    }
  }
  page.table(table);
  if (const auto figure = sparsity_figure(study)) page.figures({*figure}, svg);
}

}  // namespace wideproof::report
