// SPDX-License-Identifier: MIT
#include <wideproof/report/sparsity/selectivity_table.hpp>

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>
#include <wideproof/report/page/csv_field.hpp>

namespace wideproof::report {
namespace {

using compare::LayerSelectivityMeans;
using model::SelectivityNumber;

std::string text_with_error(double value, double error) {
  if (!std::isfinite(value)) return "–";
  if (error == 0.0) return number_or_dash(value, "{:.4g}");
  return number_or_dash(value, "{:.4g}") + " ± " + number_or_dash(error, "{:.2g}");
}

std::string text_of(const compare::SparsityMean& at) {
  return text_with_error(at.mean, at.standard_error);
}

std::string text_of(const std::optional<model::DrawnNumber>& number) {
  return number ? text_with_error(number->value, number->standard_error) : "–";
}

std::string csv_or_empty(const std::optional<double>& number) {
  return number && std::isfinite(*number) ? csv_number(*number) : "";
}

std::string csv_fields(const std::optional<model::DrawnNumber>& number) {
  return number ? csv_number(number->value) + "," + csv_number(number->standard_error) : ",";
}

std::string csv_fields(const compare::SparsityMean& at) {
  return csv_or_empty(at.mean) + "," + csv_or_empty(at.standard_error);
}

}  // namespace

std::string selectivity_table(const SelectivityStudy& study) {
  std::string csv =
      "width,layer,quantity,networks,mean,standard_error,predicted,predicted_standard_error,"
      "variance_times_width,predicted_variance_times_width,limit,limit_standard_error,null,"
      "null_standard_error,null_predicted,null_predicted_standard_error\n";
  for (const LayerSelectivityMeans& at : study.assessment.means)
    for (std::size_t k = 0; k < at.own.size(); ++k) {
      const auto number = static_cast<SelectivityNumber>(k);
      const auto* const limit = study.limit(at.layer, number);
      csv += fmt::format(
          "{},{},{},{},{},{},{},{},{},{},{}\n", at.width, at.layer, name_of(number),
          at.own[k].networks, csv_fields(at.own[k]), csv_fields(study.predicted(at.layer, number)),
          csv_or_empty(static_cast<double>(at.width) * at.own[k].variance),
          csv_or_empty(study.predicted_variance(at.layer, number)),
          limit != nullptr ? csv_number(limit->value) + "," + csv_number(limit->standard_error)
                           : ",",
          csv_fields(at.null[k]), csv_fields(study.predicted(at.layer, null_of(number))));
    }
  return csv;
}

void add_selectivity(HtmlPage& page, const SelectivityStudy& study) {
  if (!study.is_measured()) return;
  page.section("Selectivity");
  page.paragraph(
      "How each neuron prefers one class of inputs. class_selectivity holds the class with the "
      "largest mean activity against the mean of the other classes' means, ccmas against the mean "
      "over all other inputs; eta_squared is the share of the classes in the variance. A random "
      "layer is selective already, even for labels that mean nothing: null is the same with the "
      "labels dealt out at random. Silent neurons are left out. Where a prediction has an error "
      "it is a mean over neurons of infinite width that were drawn.");
  if (!study.missing.empty()) page.paragraph(study.missing);
  const std::int64_t widest = study.assessment.means.back().width;
  HtmlTable table{
      fmt::format("Selectivity at width {}, and its limit where there are several widths",
                  compare::with_commas(widest)),
      {{"layer"},
       {"index", "", false},
       {"predicted", "n → ∞"},
       {"measured", "± standard error"},
       {"limit", "± standard error"},
       {"n·Var", "measured"},
       {"n·Var", "predicted"},
       {"null", "predicted"},
       {"null", "measured"}},
      {}};
  for (const LayerSelectivityMeans& at : study.assessment.means) {
    if (at.width != widest) continue;
    for (std::size_t k = 0; k < at.own.size(); ++k) {
      const auto number = static_cast<SelectivityNumber>(k);
      const auto* const limit = study.limit(at.layer, number);
      table.rows.push_back(
          {std::to_string(at.layer), std::string(name_of(number)),
           text_of(study.predicted(at.layer, number)), text_of(at.own[k]),
           limit != nullptr ? text_with_error(limit->value, limit->standard_error) : "–",
           number_or_dash(static_cast<double>(at.width) * at.own[k].variance, "{:.3g}"),
           number_or_dash(study.predicted_variance(at.layer, number), "{:.3g}"),
           text_of(study.predicted(at.layer, null_of(number))), text_of(at.null[k])});
    }
  }
  page.table(table);
}

}  // namespace wideproof::report
