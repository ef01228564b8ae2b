// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/input_spec.hpp>
#include <wideproof/model/network.hpp>
#include <wideproof/model/regression_spec.hpp>
#include <wideproof/model/target_spec.hpp>

namespace wideproof::model {

/// What a study is about:
///   gram            Gram matrices layer by layer
///   generalization  error of kernel regression, and of finite networks with a trained readout
///   dimension, training   not run by this version
enum class StudyKind { gram, generalization, dimension, training };

std::string_view name_of(StudyKind kind);
/// Throws InputError naming `key` and every known name.
StudyKind study_kind_from_name(std::string_view key, std::string_view name);

enum class DType { float32, float64 };

/// How networks are sampled: `collapsed` draws what the inputs see, exact for Gaussian weights;
/// `direct` draws every weight; `automatic` takes collapsed.
enum class Engine { automatic, collapsed, direct };

std::string_view name_of(DType dtype);
/// Throws InputError naming `key` and every known name.
DType dtype_from_name(std::string_view key, std::string_view name);

std::string_view name_of(Engine engine);
/// Throws InputError naming `key` and every known name.
Engine engine_from_name(std::string_view key, std::string_view name);

/// Throws InputError naming simulation.variance_reduction where a network's layers have no means
/// that control variates could be made of: for activations other than ReLUs with or without a
/// threshold, and for networks of the direct engine.
void require_control_variates(const Network& network, Engine engine);

/// Everything that fixes a run: the experiment file, resolved and checked.
///
/// The constructor throws InputError, naming the key, for a value out of range or values that do
/// not go together (a filter that does not fit a width, fewer than two replicates, …); an
/// Experiment that exists can be run.
class Experiment {
 public:
  struct Study {
    std::string name = "study";
    StudyKind kind = StudyKind::gram;
    std::uint64_t seed = 20240108;
  };
  struct Simulation {
    /// Strictly ascending. A study of generalization may have none.
    std::vector<std::int64_t> widths = {256, 1024, 4096, 16384, 65536};
    /// Sampled networks a width, ≥ 2; the most where `precision`. generalization: for each draw of
    /// data, ≥ 1.
    std::int64_t replicates = 600;
    /// Relative standard error of the Gram at which a width has enough networks, in [1e-6, 0.5].
    std::optional<double> precision = std::nullopt;
    /// Whether control variates are taken off the Gram matrices.
    bool variance_reduction = false;
    DType dtype = DType::float32;
    Engine engine = Engine::automatic;
    double checkpoint_seconds = 60.0;  ///< between checkpoints, in [1, 86400]
    /// Memory that a run may take, in GiB, ≥ 0.01; nullopt: what the machine has free.
    std::optional<double> memory_gib = std::nullopt;
  };
  struct Compare {
    double family_error = 0.01;  ///< chance that a true prediction is called wrong
    /// What counts as equal, in units of √(gram_aa gram_bb); generalization: of the error.
    double equivalence_margin = 0.02;
    /// generalization: chance that a false claim is called true; nullopt: family_error.
    std::optional<double> agreement_error = std::nullopt;
    std::string prediction = "theory";  ///< or a .csv, .npy or .h5 file of the user's
  };
  struct Options {
    Study study;
    Network network;
    InputSpec inputs;
    Simulation simulation;
    Compare compare;
    RegressionSpec regression;  ///< read by studies of generalization
    TargetSpec targets;         ///< likewise

    /// The defaults of a kind of study: of generalization no finite networks, one for each draw
    /// where there are widths, float64 (small eigenvalues drown in float32), and a margin of 10%.
    static Options of(StudyKind kind);
  };

  explicit Experiment(Options options);

  const Study& study() const { return options_.study; }
  const Network& network() const { return options_.network; }
  const InputSpec& inputs() const { return options_.inputs; }
  const Simulation& simulation() const { return options_.simulation; }
  const Compare& compare() const { return options_.compare; }
  const RegressionSpec& regression() const { return options_.regression; }
  const TargetSpec& targets() const { return options_.targets; }
  const Options& options() const { return options_; }

 private:
  Options options_;
};

}  // namespace wideproof::model
