// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <wideproof/app/kinds/samples/sample_stream.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::app {

/// What samples showed, as if they had been measured here.
struct MeasuredSamples {
  model::Measurement measurement;
  model::ClassSeries series;
  double rounding = 0.0;  ///< relative, of one number
};

/// Samples of one network's layers at several widths, of which the headers have been read: R × P ×
/// P or R × L × P × P numbers a width, one Gram matrix a network and layer; or with `activations`
/// R × n × P or R × L × n × P, of which (1/n) Σ z zᵀ is made.
class SampleSet {
 public:
  /// Told of each width before it is read; what it throws ends the reading.
  using OnWidth = std::function<void(std::size_t width, std::size_t widths)>;

  /// Throws model::InputError naming `key`, the file and what is wrong: axes, fewer than two
  /// networks, widths that differ in layers or inputs, activations of another width than the
  /// name's.
  SampleSet(std::string key, const std::string& path, bool activations);

  std::vector<std::int64_t> widths() const;
  std::int64_t layers() const { return layers_; }
  std::int64_t inputs() const { return inputs_; }
  bool are_activations() const { return activations_; }
  const std::string& key() const { return key_; }

  /// Bytes that reading them and judging what was read take, about.
  double memory() const;
  /// Bytes of a results.h5 with what was read, about.
  double size_of_results() const;

  /// Reads all of it; every Gram is divided by `scale`. Judged as correlations, the series are of
  /// these. Moments and blocks of four networks as
  /// sim::MonteCarlo makes them. Active fractions are those of activations above 0, NaN where there
  /// are none.
  ///
  /// Throws model::InputError naming file, network, layer and entry where a number is not finite
  /// and where a Gram is not symmetric or indefinite, beyond rounding.
  MeasuredSamples measure(const model::EntryClasses& classes, double scale, model::ReadLog& log,
                          const OnWidth& on_width = {},
                          model::PredictionKind judged_as = model::PredictionKind::gram) const;

 private:
  struct Width {
    SampleFile file;
    std::int64_t networks = 0;
    std::int64_t neurons = 0;  ///< rows of one matrix as it stands in the file
  };

  Width check(const SampleFile& file);

  std::string key_;
  bool activations_;
  std::int64_t layers_ = 0;
  std::int64_t inputs_ = 0;
  std::string first_;  ///< file that said how many
  std::vector<Width> widths_;
};

}  // namespace wideproof::app
