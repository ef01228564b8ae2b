// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include <Eigen/Core>

#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/inputs/inputs.hpp>

namespace wideproof::model {

/// What a regression is to learn: the [targets] table.
///
///   labels       inputs of source idx: one output a class, 1 for the image's own class, else 0
///   half-circle  inputs of source circle: +1 for angles in [0, π], −1 for those in (π, 2π]
///   csv, npy     a file with one line of outputs an input
struct TargetSpec {
  enum class Source { labels, half_circle, csv, npy };

  Source source = Source::labels;
  std::string file = {};  ///< csv, npy
  bool center = false;    ///< whether each output's mean over all inputs is taken off

  /// Throws InputError naming `targets.<key>` for what does not go together with `inputs`.
  void validate(const InputSpec& inputs) const;
};

std::string_view name_of(TargetSpec::Source source);

/// Throws InputError naming `key` and every known name.
TargetSpec::Source target_source_from_name(std::string_view key, std::string_view name);

/// Targets of `inputs`, which were loaded from `input_spec`: inputs × outputs. `log` is told as by
/// load_inputs. Throws InputError for a spec that validate() refuses, for a file that cannot be
/// read or has another number of lines than there are inputs.
Eigen::MatrixXd load_targets(const TargetSpec& spec, const InputSpec& input_spec,
                             const Inputs& inputs, ReadLog& log);
Eigen::MatrixXd load_targets(const TargetSpec& spec, const InputSpec& input_spec,
                             const Inputs& inputs);

}  // namespace wideproof::model
