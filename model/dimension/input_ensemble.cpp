// SPDX-License-Identifier: MIT
#include <wideproof/model/dimension/input_ensemble.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>
#include <filesystem>
#include <utility>

#include <wideproof/model/files/csv_file.hpp>
#include <wideproof/model/files/idx_file.hpp>
#include <wideproof/model/files/npy_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/inputs/random_subset.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

using Source = InputEnsemble::Source;

constexpr auto ensemble_sources = name_table<Source>({{Source::white, "white"},
                                                      {Source::correlated, "correlated"},
                                                      {Source::idx, "idx"},
                                                      {Source::csv, "csv"},
                                                      {Source::npy, "npy"}});

constexpr double least_strength = 0.01;

/// Unit vectors of one direction differ by less, if they are of numbers with a few digits.
constexpr double rounding_of_directions = 1e-14;

void require_unread(const InputEnsemble& ensemble, std::string_view key, bool given,
                    const std::string& shown) {
  if (!given) return;
  throw InputError(
      key, shown,
      fmt::format("source \"{}\" does not read it; remove it", name_of(ensemble.source)));
}

void require_file_of(const InputEnsemble& ensemble, std::string_view key, const std::string& path) {
  if (!path.empty()) return;
  throw InputError(key, in_quotes(path),
                   fmt::format("source \"{}\" needs the name of a file", name_of(ensemble.source)));
}

void check_samples(const InputEnsemble& ensemble) {
  const auto samples = ensemble.samples;
  if (ensemble.is_data()) {
    require_between("ensemble.samples", samples, 2, largest_input_count);
    return;
  }
  require_between("ensemble.samples", samples, InputEnsemble::least_samples,
                  InputEnsemble::most_samples);
  if (samples % 2 != 0) {
    throw InputError("ensemble.samples", samples, "must be even: covariances take two halves");
  }
}

void check_strength(const InputEnsemble& ensemble, const std::vector<std::int64_t>& widths) {
  const double strength = ensemble.strength;
  if (ensemble.source != Source::correlated) {
    require_unread(ensemble, "ensemble.strength", strength != 0, fmt::format("{}", strength));
    return;
  }
  require_between("ensemble.strength", strength, least_strength, 1e6);
  for (const auto width : widths) {
    if (strength <= static_cast<double>(width)) continue;
    throw InputError("ensemble.strength", strength,
                     fmt::format("must not exceed the width, {}: inputs need one factor", width));
  }
}

/// Which of `rows` rows of the file are taken.
std::vector<std::int64_t> chosen_rows(const InputEnsemble& ensemble, std::int64_t rows) {
  if (ensemble.samples > rows) {
    throw InputError("ensemble.samples", ensemble.samples,
                     fmt::format("the file holds only {} input{}", rows, rows == 1 ? "" : "s"));
  }
  boost::random::mt19937_64 engine(ensemble.seed);
  return random_subset(engine, rows, ensemble.samples);
}

struct TakenRows {
  std::vector<std::int64_t> places;  ///< in the file, from 0
  Eigen::MatrixXd rows;
};

TakenRows read_images(const InputEnsemble& ensemble, ReadLog& log) {
  IdxFile images("ensemble.images", ensemble.images);
  TakenRows taken{chosen_rows(ensemble, images.shape()[0]), {}};
  taken.rows = images.rows(taken.places);
  log.add(images.so_far());
  return taken;
}

TakenRows read_table(const InputEnsemble& ensemble, ReadLog& log) {
  const std::string_view key = "ensemble.file";
  const NumericArray array = ensemble.source == Source::csv ? read_csv(key, ensemble.file, log)
                                                            : read_npy(key, ensemble.file, log);
  if (array.shape.size() < 2) {
    throw InputError(key, in_quotes(ensemble.file),
                     "its array has 1 axis; inputs need 2 or more: one input a row");
  }
  TakenRows taken{chosen_rows(ensemble, array.shape[0]), {}};
  taken.rows = array.rows()(taken.places, Eigen::all);
  return taken;
}

/// Throws InputError naming `key` where the rows, none of them zero, have one direction.
void require_directions(const TakenRows& taken, std::string_view key, const std::string& path) {
  const auto direction = [&](Eigen::Index k) -> Eigen::RowVectorXd {
    return taken.rows.row(k).stableNormalized();
  };
  const Eigen::RowVectorXd first = direction(0);
  for (Eigen::Index k = 1; k < taken.rows.rows(); ++k) {
    if (!((direction(k) - first).norm() <= rounding_of_directions)) return;
  }
  throw InputError(
      key, in_quotes(path),
      fmt::format("the {} rows taken, from row {} to row {}, are equal or multiples of "
                  "one another: of unit norm they are one input, which has no "
                  "dimensionality",
                  taken.rows.rows(), taken.places.front() + 1, taken.places.back() + 1));
}

}  // namespace

std::int64_t InputEnsemble::factors(std::int64_t width) const {
  return std::max<std::int64_t>(std::llround(static_cast<double>(width) / strength), 1);
}

void InputEnsemble::validate(const std::vector<std::int64_t>& widths) const {
  const bool reads_file = source == Source::csv || source == Source::npy;
  if (!reads_file) require_unread(*this, "ensemble.file", !file.empty(), in_quotes(file));
  if (source != Source::idx) {
    require_unread(*this, "ensemble.images", !images.empty(), in_quotes(images));
  }
  if (!is_data()) require_unread(*this, "ensemble.seed", seed != 0, fmt::format("{}", seed));
  if (reads_file) require_file_of(*this, "ensemble.file", file);
  if (source == Source::idx) require_file_of(*this, "ensemble.images", images);
  check_strength(*this, widths);
  check_samples(*this);
}

std::string_view name_of(Source source) {
  return ensemble_sources[source];
}

Source ensemble_source_from_name(std::string_view key, std::string_view name) {
  return ensemble_sources.value(key, name);
}

Inputs load_ensemble(const InputEnsemble& ensemble, ReadLog& log) {
  assert(ensemble.is_data());
  ensemble.validate();
  const bool images = ensemble.source == Source::idx;
  const std::string_view key = images ? "ensemble.images" : "ensemble.file";
  const std::string& path = images ? ensemble.images : ensemble.file;
  TakenRows taken = images ? read_images(ensemble, log) : read_table(ensemble, log);
  Eigen::MatrixXd& rows = taken.rows;
  for (Eigen::Index k = 0; k < rows.rows(); ++k) {
    if (!rows.row(k).isZero(0)) continue;
    throw InputError(key, in_quotes(path),
                     fmt::format("input {} of the {} taken is all zero: it cannot be scaled to "
                                 "unit norm",
                                 k + 1, rows.rows()));
  }
  require_directions(taken, key, path);
  return Inputs(fmt::format("{}:{}", name_of(ensemble.source),
                            std::filesystem::path(path).filename().string()),
                std::move(rows));
}

}  // namespace wideproof::model
