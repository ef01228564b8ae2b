// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/inputs/inputs.hpp>
#include <wideproof/model/read_log.hpp>

namespace wideproof::model {

/// Where the inputs of an experiment come from: the [inputs] table, checked but not yet loaded.
/// Zero and empty mean "not given".
struct InputSpec {
  enum class Source { circle, cosines, gaussian, mixture, csv, npy, idx };

  Source source = Source::circle;
  /// circle, gaussian, mixture; idx: images to draw (0: all, or per_class)
  std::int64_t count = 0;
  bool endpoint = false;                   ///< circle: whether the angle 2π is among them beside 0
  std::int64_t dimension = 0;              ///< gaussian, mixture
  std::int64_t clusters = 0;               ///< mixture: its classes
  double separation = 0.0;                 ///< mixture: of the clusters' centres
  std::vector<double> cosines = {};        ///< cosines
  std::string file = {};                   ///< csv, npy: one input a row
  std::string images = {};                 ///< idx
  std::string labels = {};                 ///< idx; needed by classes and per_class
  std::vector<std::int64_t> classes = {};  ///< idx: labels to choose from; empty: all
  std::int64_t per_class = 0;              ///< idx: images to draw of each class; excludes count
  /// gaussian, mixture: the draw; idx: which images are drawn
  std::uint64_t seed = 0;
  bool normalize = true;  ///< whether inputs are scaled to unit norm, those of both sets
  /// More inputs, numbered on; without a second set of their own. nullptr: none.
  std::shared_ptr<const InputSpec> second = nullptr;

  /// Throws InputError naming `inputs.<key>` for a key that is missing, out of range or not read
  /// by the source.
  void validate() const;
};

std::string_view name_of(InputSpec::Source source);

/// Throws InputError naming `key` and every known name.
InputSpec::Source input_source_from_name(std::string_view key, std::string_view name);

/// Reads or makes the inputs. Paths are taken relative to the working directory; files may be
/// plain or gzip. An array of more than two axes is flattened to one row an item of the first axis.
///
/// idx: with `per_class`, that many images drawn without replacement from each class, ordered by
/// class (as `classes` lists them, else ascending) and then as in the file; with `count`, images
/// drawn from all classes alike, ordered as in the file; with neither, every image of the classes.
///
/// Of two sets the second's rows stand below the first's, and have as many numbers; its keys are
/// named `inputs.second.<key>`.
///
/// `source()` is the source's name, with a colon and the file's name, folders left out, if there
/// is a file: "circle", "idx:t10k-images-idx3-ubyte.gz". `log` is told which files were read, and
/// what looked odd in them. Throws InputError for a spec that validate() refuses, and naming the
/// file and what is wrong with it.
Inputs load_inputs(const InputSpec& spec, ReadLog& log);
Inputs load_inputs(const InputSpec& spec);

/// Whether load_labels() has any, of both sets where there are two.
bool has_labels(const InputSpec& spec);

/// The labels of what load_inputs(spec) gives, in its order; of a mixture its clusters. `spec`
/// has_labels(); of source idx, `labels` alone is read. Throws as load_inputs does.
std::vector<std::int64_t> load_labels(const InputSpec& spec, ReadLog& log);
std::vector<std::int64_t> load_labels(const InputSpec& spec);

}  // namespace wideproof::model
