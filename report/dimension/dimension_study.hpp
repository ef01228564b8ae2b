// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include <wideproof/compare/dimension/assessment.hpp>
#include <wideproof/model/dimension/layer_spectrum.hpp>
#include <wideproof/report/page/html_page.hpp>
#include <wideproof/report/page/run_table.hpp>

namespace wideproof::report {

/// All that the page and the figures of a study of dimension are made of. It refers to what it was
/// made from.
struct DimensionStudy {
  std::string name;                     ///< the study's
  std::vector<std::string> experiment;  ///< paragraphs: networks, synapses, inputs
  const compare::DimensionAssessment& assessment;
  /// Covariance spectra of layers of single networks; may be empty.
  const std::vector<model::LayerSpectrum>& spectra;
  std::vector<RunTable> tables;            ///< the CSV files of the run's folder
  std::vector<HtmlDefinition> provenance;  ///< version, commit, …
};

}  // namespace wideproof::report
