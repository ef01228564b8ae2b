// SPDX-License-Identifier: MIT
#include <wideproof/report/page/page_ending.hpp>

namespace wideproof::report {

void add_ending(HtmlPage& page, const std::vector<HtmlDefinition>& provenance,
                const std::vector<HtmlDefinition>& files) {
  page.section("To repeat it");
  page.paragraph("In the folder of this page:");
  page.command("wideproof validate experiment.toml --out again");
  page.definitions(provenance);
  page.section("Files beside this page");
  page.files(files);
}

HtmlDefinition figures_folder() {
  return {"figures/", "each figure as SVG and PDF, with the CSV that it was drawn from"};
}

std::vector<HtmlDefinition> files_of_run(const RunFiles& run) {
  std::vector<HtmlDefinition> files = {
      {"experiment.toml", "the experiment, complete; running it repeats the run"},
      {"summary.json", run.summary},
      {"results.h5", run.results}};
  for (const auto& table : run.tables) files.push_back({table.name, table.meaning});
  if (run.has_figures) files.push_back(figures_folder());
  return files;
}

}  // namespace wideproof::report
