// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <Eigen/Core>

#include <wideproof/model/inputs/input_spec.hpp>

namespace wideproof::model {

/// What is to be learnt: the [targets] table. On the circle θ is an input's angle in [0, 2π).
///
///   labels       inputs with labels: one output a class, 1 for the input's own class, else 0
///   half-circle  inputs of source circle: +1 for θ in [0, π], −1 in (π, 2π]
///   step         inputs of source circle: +1 in the first half of each of `periods` equal arcs,
///                −1 in the second
///   teacher      y(x) = √(2/H) Σ_k a_k max(0, w_k·x), H = `hidden`, a and w normal: of mean 0 and
///                variance 1 for inputs of unit norm
///   csv, npy     a file with one line of outputs an input
struct TargetSpec {
  enum class Source { labels, half_circle, step, teacher, csv, npy };

  Source source = Source::labels;
  std::string file = {};       ///< csv, npy
  std::string test_file = {};  ///< csv, npy: of inputs that do not train
  bool center = false;         ///< whether each output's mean over all inputs is taken off
  std::int64_t periods = 1;    ///< step
  std::int64_t hidden = 16;    ///< teacher
  std::uint64_t seed = 0;      ///< teacher

  /// Throws InputError naming `targets.<key>` for what does not go together with `inputs`.
  void validate(const InputSpec& inputs) const;
  /// The same of inputs that do not train, whose own keys are named `test.<key>`.
  void validate_test(const InputSpec& inputs) const;
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

/// Inputs that were loaded from a spec.
struct LoadedInputs {
  const InputSpec& spec;
  const Inputs& inputs;
};

/// Targets of inputs that train and, below them, of others; both have the same outputs, and
/// `center` takes off the mean over those that train. Throws as load_targets does, and naming
/// targets.source for a label that no input that trains has, or targets.test_file for a file with
/// another number of outputs.
Eigen::MatrixXd load_targets(const TargetSpec& spec, const LoadedInputs& training,
                             const LoadedInputs& test, ReadLog& log);

/// Whether targets are classes: of several outputs one 1 in each row and else 0, of a single one
/// −1 and +1.
bool are_classes(const Eigen::MatrixXd& targets);

}  // namespace wideproof::model
