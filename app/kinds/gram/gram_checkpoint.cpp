// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/gram/gram_checkpoint.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/checksum.hpp>
#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/app/folders/checkpoint_header.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

constexpr const char* checkpoint_schema = "wideproof.checkpoint/8";

constexpr auto& series_names = sim::WidthSample::series_names;

std::string width_group(std::size_t i) {
  return fmt::format("/widths/{}", i);
}

std::string series_path(std::size_t width, std::size_t series) {
  return fmt::format("{}/{}", width_group(width), series_names[series]);
}

std::int64_t checksum_of(const sim::MonteCarlo::State& state, const std::string& experiment) {
  Checksum checksum;
  checksum.add(experiment);
  for (const auto& sample : state) {
    checksum.add(sample.count());
    checksum.add(sample.moments().mean());
    checksum.add(sample.moments().squares());
    for (const auto& table : sample.series()) checksum.add(table.numbers());
  }
  return checksum.value();
}

}  // namespace

std::string to_checkpoint(const sim::MonteCarlo::State& state, const std::string& experiment,
                          const std::vector<model::ReadFile>& files) {
  Hdf5Writer file;
  write_checkpoint_header(file,
                          {checkpoint_schema, experiment, files, checksum_of(state, experiment)});
  file.attribute("/widths", "count", static_cast<std::int64_t>(state.size()));
  for (std::size_t i = 0; i < state.size(); ++i) {
    const auto group = width_group(i);
    const auto& moments = state[i].moments();
    file.attribute(group, "replicates", moments.count());
    file.matrix(group + "/mean", moments.mean(), "mean over replicates", "1");
    file.matrix(group + "/squares", moments.squares(), "sum of squared deviations", "1");
    for (std::size_t k = 0; k < series_names.size(); ++k) {
      file.matrix(series_path(i, k), state[i].series()[k].matrix(), "rows of model::WidthSeries",
                  "1");
    }
  }
  return file.bytes();
}

sim::MonteCarlo::State read_checkpoint(const std::string& path, const std::string& experiment,
                                       const std::vector<model::ReadFile>& files,
                                       const sim::MonteCarlo& simulation) {
  const Hdf5Reader file("checkpoint", path);
  const auto refuse = [&](const std::string& reason) {
    throw model::InputError("checkpoint", model::in_quotes(path), reason);
  };
  require_checkpoint_of(file, path, {checkpoint_schema, experiment, files});
  const std::string damaged = "is damaged: its sizes do not fit the experiment";
  const auto column = [&](const std::string& name) -> Eigen::VectorXd {
    const auto matrix = file.matrix(name);
    if (matrix.cols() != 1) refuse(damaged);
    return matrix.col(0);
  };
  const auto table = [&](const std::string& name) -> sim::RowTable {
    const auto shape = file.shape(name);
    if (shape.size() != 2 || shape[0] < 0 || shape[1] < 0) refuse(damaged);
    return {shape[1], file.numbers(name)};
  };
  sim::MonteCarlo::State state;
  for (std::size_t i = 0; static_cast<std::int64_t>(i) < file.integer("/widths", "count"); ++i) {
    const auto group = width_group(i);
    sim::MomentAccumulator moments(file.integer(group, "replicates"), column(group + "/mean"),
                                   column(group + "/squares"));
    sim::WidthSample::AllSeries series;
    for (std::size_t k = 0; k < series_names.size(); ++k) {
      series[k] = table(series_path(i, k));
    }
    state.emplace_back(std::move(moments), std::move(series));
  }
  if (!simulation.accepts(state)) refuse(damaged);
  require_checkpoint_checksum(file, path, checksum_of(state, experiment));
  return state;
}

}  // namespace wideproof::app
