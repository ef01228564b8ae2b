// SPDX-License-Identifier: MIT
#include <wideproof/report/training/persistence.hpp>

#include <cmath>
#include <cstddef>

#include <fmt/format.h>

#include <wideproof/compare/number_text.hpp>
#include <wideproof/report/page/claims_section.hpp>

namespace wideproof::report {
namespace {

using compare::PersistenceMeans;
using model::persistence_numbers;

constexpr const char* persistence_symbols[] = {"T1", "T2", "mean |correlation|"};

/// "": what does not exist.
std::string persistence_field(double number) {
  return std::isfinite(number) ? fmt::format("{:.17g}", number) : "";
}

std::string persistence_text(double number, double error) {
  if (!std::isfinite(error)) return number_or_dash(number, "{:.5g}");
  return fmt::format("{:.5g} ± {:.2g}", number, error);
}

}  // namespace

std::string persistence_table(const compare::PersistenceAssessment& assessment) {
  std::string csv =
      "width,neurons,samples,networks,number,mean,standard_error,predicted,predicted_error,"
      "independent\n";
  for (const PersistenceMeans& at : assessment.means)
    for (std::size_t k = 0; k < at.numbers.size(); ++k) {
      const auto& [name, number] = persistence_numbers[k];
      csv += fmt::format("{},{},{},{},{},{},{},{},{},{}\n", at.prediction.width,
                         at.prediction.neurons, at.prediction.samples, at.numbers[k].networks, name,
                         persistence_field(at.numbers[k].mean),
                         persistence_field(at.numbers[k].standard_error),
                         persistence_field(at.prediction.predicted.*number),
                         persistence_field(at.prediction.error.*number),
                         persistence_field(at.prediction.independent.*number));
    }
  return csv;
}

Json persistence_json(const std::vector<PersistenceMeans>& means) {
  if (means.empty()) return nullptr;
  Json all = Json::array();
  for (const PersistenceMeans& at : means) {
    Json json = {{"width", at.prediction.width},
                 {"neurons", at.prediction.neurons},
                 {"samples", at.prediction.samples}};
    for (std::size_t k = 0; k < at.numbers.size(); ++k) {
      const auto& [name, number] = persistence_numbers[k];
      json[std::string(name)] = {{"predicted", at.prediction.predicted.*number},
                                 {"predicted_error", at.prediction.error.*number},
                                 {"independent", at.prediction.independent.*number},
                                 {"mean", at.numbers[k].mean},
                                 {"standard_error", at.numbers[k].standard_error}};
    }
    all.push_back(std::move(json));
  }
  return all;
}

void add_persistence(HtmlPage& page, const std::vector<PersistenceMeans>& means) {
  if (means.empty()) return;
  page.section("Persistence before training");
  HtmlTable table{
      fmt::format("Correlations ρ of all hidden neurons and outputs over the first {} training "
                  "inputs, before training: T1 and T2 of the minimum spanning tree of 1 − |ρ|, and "
                  "the mean of |ρ|, ± standard errors",
                  means.front().prediction.samples),
      {{"width n"},
       {"neurons N"},
       {"number", "", false},
       {"networks"},
       {"predicted", "neurons of the limit"},
       {"null", "independent neurons"}},
      {}};
  for (const PersistenceMeans& at : means)
    for (std::size_t k = 0; k < at.numbers.size(); ++k) {
      const auto number = persistence_numbers[k].number;
      table.rows.push_back(
          {compare::with_commas(at.prediction.width), compare::with_commas(at.prediction.neurons),
           persistence_symbols[k],
           persistence_text(at.numbers[k].mean, at.numbers[k].standard_error),
           persistence_text(at.prediction.predicted.*number, at.prediction.error.*number),
           number_or_dash(at.prediction.independent.*number, "{:.5g}")});
    }
  page.table(table);
  page.paragraph(
      "Predicted are the numbers of as many independent neurons, drawn from the limit's kernels: "
      "networks of width n differ from them by a part of about 1/n, which grows with depth. "
      "Independent neurons have no inputs in common at all.");
}

}  // namespace wideproof::report
