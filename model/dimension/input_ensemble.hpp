// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::model {

/// The ensemble of inputs x whose covariance a network carries from layer to layer: the [ensemble]
/// table.
///
///   white           x ~ N(0, I_N)
///   correlated      x ~ N(0, C⁰), C⁰ = F Fᵀ/p, F of N × p standard normals, p = N/strength:
///                   N · 2/(N(N−1)) Σ_{i<j} (C⁰_ij)² is `strength` in the mean (Zhou & Huang, arXiv
///                   2006.11569)
///   idx, csv, npy   rows of a file, of unit norm: the `samples` rows are the whole ensemble
///
/// Zero and empty mean "not given".
struct InputEnsemble {
  enum class Source { white, correlated, idx, csv, npy };

  /// Of white and correlated ensembles: what covariances are estimated from without bias, with
  /// standard errors of their ratio.
  static constexpr std::int64_t least_samples = 16;
  static constexpr std::int64_t most_samples = std::int64_t{1} << 20;

  Source source = Source::white;
  std::int64_t samples = 1000;  ///< M, both halves together; of a file, rows to take
  double strength = 0.0;        ///< correlated: NΣ of the inputs, in [0.01, N]
  std::string file = {};        ///< csv, npy: one input a row
  std::string images = {};      ///< idx
  std::uint64_t seed = 0;       ///< idx, csv, npy: which rows are taken, where not all are

  /// Whether the inputs are read from a file.
  bool is_data() const { return source != Source::white && source != Source::correlated; }

  /// p of a correlated ensemble at width N, N/strength rounded.
  std::int64_t factors(std::int64_t width) const;

  /// Throws InputError naming `ensemble.<key>` for a key that is missing, out of range or not read
  /// by the source, and for a strength that exceeds one of `widths`.
  void validate(const std::vector<std::int64_t>& widths = {}) const;
};

std::string_view name_of(InputEnsemble::Source source);

/// Throws InputError naming `key` and every known name.
InputEnsemble::Source ensemble_source_from_name(std::string_view key, std::string_view name);

/// Reads the rows of an ensemble whose source is a file: `samples` of them, drawn without
/// replacement and in the order of the file. `log` is told what was read. Throws InputError naming
/// `ensemble.<key>` for an ensemble that validate() refuses, a file that cannot be used or has
/// fewer rows, a row that is zero, or rows of one direction alone.
Inputs load_ensemble(const InputEnsemble& ensemble, ReadLog& log);

}  // namespace wideproof::model
