// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>

namespace wideproof::report {

/// How every report ends: the command that repeats the run, what the run was made by, and the files
/// beside the page.
void add_ending(HtmlPage& page, const std::vector<HtmlDefinition>& provenance,
                const std::vector<HtmlDefinition>& files);

/// What the folder `figures` is, for the list of files.
HtmlDefinition figures_folder();

/// The folder of a run that is no sweep.
struct RunFiles {
  std::string summary;  ///< what summary.json holds
  std::string results;  ///< what results.h5 holds
  const std::vector<RunTable>& tables;
  bool has_figures = false;
};
std::vector<HtmlDefinition> files_of_run(const RunFiles& run);

}  // namespace wideproof::report
