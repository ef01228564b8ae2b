// SPDX-License-Identifier: MIT
#include <cmath>
#include <string_view>

#include <fmt/format.h>

#include <wideproof/report/page/csv_field.hpp>
#include <wideproof/report/training/activity_page.hpp>

namespace wideproof::report {
namespace {

std::string mean_fields(const compare::SparsityMean& at) {
  const auto field = [](double x) { return std::isfinite(x) ? csv_number(x) : std::string(); };
  return field(at.mean) + "," + field(at.standard_error);
}

void add_rows(std::string& csv, std::string_view inputs,
              const std::vector<compare::ActivityMeans>& means) {
  for (const compare::ActivityMeans& at : means) {
    const auto place = fmt::format("{},{},{},{}", inputs, at.width, at.layer, at.step);
    for (std::size_t k = 0; k < at.sparsity.size(); ++k)
      csv += fmt::format("{},{},{},{},,,,\n", place, model::sparsity_number_names[k],
                         at.sparsity[k].networks, mean_fields(at.sparsity[k]));
    for (std::size_t k = 0; k < at.selectivity.size(); ++k)
      csv += fmt::format("{},{},{},{},{},{}\n", place, model::selectivity_names[k],
                         at.selectivity[k].networks, mean_fields(at.selectivity[k]),
                         mean_fields(at.untrained[k]), mean_fields(at.null[k]));
  }
}

}  // namespace

std::string activity_table(const ActivityStudy& study) {
  std::string csv =
      "inputs,width,layer,step,quantity,networks,mean,standard_error,untrained,"
      "untrained_standard_error,null,null_standard_error\n";
  add_rows(csv, "training", study.training);
  add_rows(csv, "test", study.test);
  return csv;
}

}  // namespace wideproof::report
