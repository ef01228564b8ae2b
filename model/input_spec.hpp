// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/inputs.hpp>

namespace wideproof::model {

/// Where the inputs of an experiment come from: the [inputs] table, checked but not yet loaded.
struct InputSpec {
  enum class Source { circle, cosines, gaussian, csv, npy, idx };

  Source source = Source::circle;
  std::int64_t count = 0;            ///< circle, gaussian; idx: number of images (0: all, or per_class)
  std::int64_t dimension = 0;        ///< gaussian
  std::vector<double> cosines;       ///< cosines
  std::string file;                  ///< csv, npy: one input a row
  std::string images;                ///< idx, plain or .gz
  std::string labels;                ///< idx, plain or .gz; needed by classes and per_class
  std::vector<std::int64_t> classes; ///< idx: labels to choose from; empty: all
  std::int64_t per_class = 0;        ///< idx: images of each class; excludes count
  std::uint64_t seed = 0;            ///< gaussian: the draw; idx: which images are chosen

  /// Throws InputError naming `inputs.<key>` for a missing, superfluous or out-of-range key.
  void validate() const;
};

std::string_view name_of(InputSpec::Source source);

/// Throws InputError naming `key` and every known name.
InputSpec::Source input_source_from_name(std::string_view key, std::string_view name);

/// Reads or makes the inputs. Paths are taken relative to the working directory. Throws InputError
/// naming the file and what is wrong with it.
Inputs load_inputs(const InputSpec& spec);

}  // namespace wideproof::model
