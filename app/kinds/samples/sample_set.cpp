// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/sample_set.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include <fmt/ranges.h>

#include <wideproof/app/kinds/samples/sampled_gram.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/measure/network_observables.hpp>
#include <wideproof/sim/measure/stopping_rule.hpp>
#include <wideproof/sim/measure/width_sample.hpp>

namespace wideproof::app {
namespace {

using sim::ObservableLayout;
using sim::WidthSample;

std::string name_of(const SampleFile& file) {
  return file.member.empty() ? file.file : fmt::format("{}/{}", file.file, file.member);
}

/// The class means of each layer's matrix, layer by layer.
Eigen::VectorXd class_means(const ObservableLayout& layout, const model::EntryClasses& classes,
                            const Eigen::VectorXd& values, ObservableLayout::Part part) {
  Eigen::VectorXd means(layout.depth() * classes.count());
  for (std::int64_t layer = 1; layer <= layout.depth(); ++layer)
    means.segment((layer - 1) * classes.count(), classes.count()) =
        classes.means(layout.matrix(values, layer, part));
  return means;
}

}  // namespace

SampleSet::SampleSet(std::string key, const std::string& path, bool activations)
    : key_(std::move(key)), activations_(activations) {
  for (const auto& file : find_samples(key_, path)) widths_.push_back(check(file));
}

SampleSet::Width SampleSet::check(const SampleFile& file) {
  const auto refuse = [&](const std::string& reason) {
    throw model::InputError(key_, model::in_quotes(name_of(file)), reason);
  };
  const auto stream = open_samples(key_, file);
  const auto& shape = stream->shape();
  const auto text =
      shape.empty() ? "is a single number" : fmt::format("has shape {}", fmt::join(shape, " x "));
  const char* const meant = activations_ ? "networks x [layers x] neurons x inputs"
                                         : "networks x [layers x] inputs x inputs";
  if (shape.size() != 3 && shape.size() != 4) refuse(fmt::format("{}, must be {}", text, meant));
  const std::int64_t rows = shape[shape.size() - 2];
  const std::int64_t inputs = shape.back();
  const std::int64_t layers = shape.size() == 4 ? shape[1] : 1;
  if (std::any_of(shape.begin(), shape.end(), [](const auto axis) { return axis < 1; }))
    refuse(text + ": every axis must be at least 1");
  if (!activations_ && rows != inputs)
    refuse(fmt::format("{}, must be {}; of raw activations --activations makes Gram matrices", text,
                       meant));
  if (activations_ && rows != file.width)
    refuse(fmt::format("{}: holds {} neurons of each layer, its name says {}", text, rows,
                       file.width));
  if (shape[0] < 2)
    refuse(fmt::format("{}: holds 1 network, at least 2 are needed to tell how they vary", text));
  if (widths_.empty()) {
    layers_ = layers;
    inputs_ = inputs;
    first_ = name_of(file);
  } else if (layers != layers_ || inputs != inputs_) {
    refuse(fmt::format("{}: {} layers and {} inputs, where {} has {} and {}", text, layers, inputs,
                       model::in_quotes(first_), layers_, inputs_));
  }
  return {file, shape[0], rows};
}

std::vector<std::int64_t> SampleSet::widths() const {
  std::vector<std::int64_t> widths;
  for (const auto& width : widths_) widths.push_back(width.file.width);
  return widths;
}

double SampleSet::memory() const {
  double networks = 0.0;
  double largest = 0.0;
  for (const auto& width : widths_) {
    const double of_one = static_cast<double>(layers_ * width.neurons * inputs_);
    networks += static_cast<double>(width.networks);
    // Of an archive all numbers are held at a time, and as they were packed.
    const bool is_whole = !width.file.member.empty();
    largest =
        std::max(largest, of_one * (is_whole ? 2.0 * static_cast<double>(width.networks) : 4));
  }
  const double entries = static_cast<double>(layers_ * inputs_ * (inputs_ + 1) / 2);
  const double series = networks * static_cast<double>(layers_) * 9.0 * 4.0;
  return sizeof(double) * (largest + series) +
         2000.0 * entries * static_cast<double>(widths_.size());
}

double SampleSet::size_of_results() const {
  const double matrices = 16.0 + 8.0 * static_cast<double>(widths_.size());
  return sizeof(double) * static_cast<double>(layers_ * inputs_ * inputs_) * matrices;
}

MeasuredSamples SampleSet::measure(const model::EntryClasses& classes, double scale,
                                   model::ReadLog& log, const OnWidth& on_width,
                                   model::PredictionKind judged_as) const {
  constexpr auto block_size = sim::StoppingRule::replicates_per_block;
  using Part = ObservableLayout::Part;
  // Nothing says that all inputs have one norm, by whose mean Grams could be divided.
  const Part means =
      judged_as == model::PredictionKind::correlation ? Part::correlation : Part::gram;
  const ObservableLayout layout(inputs_, layers_, false, 0);
  const WidthSample::Shape shape{.observables = layout.size(),
                                 .columns = layers_ * classes.count(),
                                 .reduces = false,
                                 .sparsity = 0};
  MeasuredSamples all{{}, {classes, {}}, 0.0};
  for (std::size_t w = 0; w < widths_.size(); ++w) {
    if (on_width) on_width(w, widths_.size());
    const auto& width = widths_[w];
    const auto stream = open_samples(key_, width.file);
    const GramMaker maker(key_, name_of(width.file), activations_, stream->rounding());
    WidthSample sample(shape);
    Eigen::VectorXd observables(layout.size());
    std::vector<double> values;
    for (std::int64_t first = 0; first < width.networks; first += block_size) {
      WidthSample block(shape);
      for (std::int64_t r = first; r < std::min(first + block_size, width.networks); ++r) {
        for (std::int64_t layer = 1; layer <= layers_; ++layer) {
          values.clear();
          stream->append(width.neurons * inputs_, values);
          const SampledGram gram = maker.make(values, width.neurons, inputs_, r, layer);
          layout.write(layer, gram.gram / scale, {}, gram.active_fraction, observables);
        }
        block.add(observables, class_means(layout, classes, observables, means), {}, {}, {});
      }
      if (block.count() >= 2) {
        const Eigen::VectorXd variance = layout.variances(block.moments());
        block.add_block(class_means(layout, classes, variance, Part::gram),
                        class_means(layout, classes, variance, Part::correlation));
      }
      sample.merge(block);
    }
    auto read = stream->finish();
    read.key = fmt::format("{}[{}]", key_, width.file.width);
    log.add(std::move(read));
    all.rounding = std::max(all.rounding, stream->rounding());
    for (std::int64_t layer = 1; layer <= layers_; ++layer) {
      all.measurement.push_back(layout.read(width.file.width, layer, sample.moments()));
    }
    const auto matrix = [&](WidthSample::Series which) { return sample.series(which).matrix(); };
    all.series.widths.push_back(
        {.width = width.file.width,
         .means = matrix(WidthSample::means),
         .reduced = {},
         .gram_variances = matrix(WidthSample::gram_variances),
         .correlation_variances = matrix(WidthSample::correlation_variances)});
  }
  return all;
}

}  // namespace wideproof::app
