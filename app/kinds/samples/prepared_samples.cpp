// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/prepared_samples.hpp>

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/ranges.h>

#include <wideproof/app/experiment/experiment_file.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/app/kinds/gram/user_prediction.hpp>
#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/samples/samples_spec.hpp>

namespace wideproof::app {
namespace {

constexpr const char* experiment_key = "samples.experiment";

/// The experiment whose theory predicts the samples, with this one's own prediction in its place.
model::Experiment theirs(const model::Experiment& experiment) {
  const auto& file = model::samples_of(experiment).experiment_file;
  auto options = read_experiment(file, {}).options();
  if (options.kind->name() != "gram")
    throw model::InputError(experiment_key, model::in_quotes(file),
                            fmt::format("is of study.kind = {}: one of kind \"gram\" predicts Gram "
                                        "matrices",
                                        model::in_quotes(options.kind->name())));
  options.compare = experiment.compare();
  options.compare.sparsity = options.compare.selectivity = false;
  return model::Experiment(std::move(options));
}

void log_experiment(const std::string& file, model::ReadLog& log) {
  model::ByteReader bytes(experiment_key, file);
  std::vector<unsigned char> buffer(std::size_t{1} << 16U);
  while (bytes.read(buffer) == buffer.size()) continue;
  log.add(bytes.so_far());
}

void require_shape(const std::string& file, const PreparedGram& study, const SampleSet& samples) {
  const auto layers = static_cast<std::int64_t>(study.theory.layers.size());
  if (layers == samples.layers() && study.inputs.count() == samples.inputs()) return;
  throw model::InputError(
      experiment_key, model::in_quotes(file),
      fmt::format("predicts {} layer{} and {} inputs, the samples have {} and {}", layers,
                  layers == 1 ? "" : "s", study.inputs.count(), samples.layers(),
                  samples.inputs()));
}

void require_alike(const SampleSet& one, const SampleSet& other, const std::string& path) {
  const auto refuse = [&](const std::string& reason) {
    throw model::InputError(other.key(), model::in_quotes(path), reason);
  };
  if (one.layers() != other.layers() || one.inputs() != other.inputs())
    refuse(fmt::format("holds {} layers and {} inputs, samples.path {} and {}", other.layers(),
                       other.inputs(), one.layers(), one.inputs()));
  const auto widths = one.widths();
  const auto others = other.widths();
  if (std::find_first_of(widths.begin(), widths.end(), others.begin(), others.end()) ==
      widths.end())
    refuse(fmt::format("has widths {}, samples.path {}: none is common", fmt::join(others, ", "),
                       fmt::join(widths, ", ")));
}

}  // namespace

model::Prediction said_by(const std::vector<compare::PredictedLayer>& layers) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  model::Prediction prediction;
  prediction.weight_variance = nan;
  prediction.degree_of_correlation = nan;
  for (const auto& layer : layers) {
    auto& said = prediction.layers.emplace_back();
    said.gram = layer.gram;
    said.correlation = layer.correlation;
    said.deficit = 1 - layer.correlation.array();
    said.active_fraction = nan;
  }
  prediction.fluctuation.not_derived = "The prediction is a file of matrices.";
  prediction.fluctuation.bias_not_derived = prediction.fluctuation.not_derived;
  return prediction;
}

PreparedSamples prepare_samples(const model::Experiment& experiment) {
  const auto& spec = model::samples_of(experiment);
  SampleSet samples("samples.path", spec.path, spec.activations);
  if (!spec.experiment_file.empty()) {
    auto study = prepare_gram(theirs(experiment));
    require_shape(spec.experiment_file, study, samples);
    log_experiment(spec.experiment_file, study.log);
    const auto inputs = study.input_summary();
    return {experiment,
            std::move(samples),
            std::move(study.theory),
            study.prediction,
            model::EntryClasses(study.inputs.deficits()),
            study.log,
            inputs};
  }
  if (!spec.against.empty()) {
    report::InputSummary inputs{"elsewhere", samples.inputs(), 0};
    SampleSet against("samples.against", spec.against, spec.activations);
    require_alike(samples, against, spec.against);
    return {experiment, std::move(samples), {}, {}, {}, {}, std::move(inputs), std::move(against)};
  }
  model::ReadLog log;
  auto prediction = user_prediction(experiment.compare(), samples.layers(), samples.inputs(), log);
  auto theory = said_by(prediction);
  const model::EntryClasses classes{prediction.front().correlation};
  report::InputSummary inputs{"elsewhere", samples.inputs(), 0};
  return {experiment, std::move(samples), std::move(theory), std::move(prediction),
          classes,    std::move(log),     std::move(inputs)};
}

}  // namespace wideproof::app
