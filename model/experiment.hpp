// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/model/inputs/input_spec.hpp>
#include <wideproof/model/kind_spec.hpp>
#include <wideproof/model/network.hpp>

namespace wideproof::model {

enum class DType { float32, float64 };

/// How networks are sampled: `collapsed` draws what the inputs see, exact for Gaussian weights;
/// `direct` draws every weight; `automatic` takes collapsed.
enum class Engine { automatic, collapsed, direct };

/// What the matrices of the user's own prediction are, one for each hidden layer l:
///
///   gram         LayerPrediction::gram of the layer
///   kernel       K^{l+1}, what the layer after it sees: weight and bias variance and lateral
///                filters included
///   correlation  the Gram normalised to a unit diagonal: nothing is said of norms
///   tangent      the tangent kernel, of studies that measure it
enum class PredictionKind { gram, kernel, correlation, tangent };

std::string_view name_of(DType dtype);
/// Throws InputError naming `key` and every known name.
DType dtype_from_name(std::string_view key, std::string_view name);

std::string_view name_of(Engine engine);
/// Throws InputError naming `key` and every known name.
Engine engine_from_name(std::string_view key, std::string_view name);

std::string_view name_of(PredictionKind kind);
/// Throws InputError naming `key` and every known name.
PredictionKind prediction_kind_from_name(std::string_view key, std::string_view name);

/// Whether simulation.variance_reduction is supported, of inputs of unit norm: see
/// require_control_variates().
bool has_control_variates(const Network& network, Engine engine);

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
    std::uint64_t seed = 20240108;
  };
  struct Simulation {
    /// Strictly ascending; none where the kind of study takes none.
    std::vector<std::int64_t> widths = {256, 1024, 4096, 16384, 65536};
    /// Sampled networks a width, and for each draw of data where the kind of study draws some; the
    /// most where `precision`. At least KindSpec::Takes::least_replicates.
    std::int64_t replicates = 600;
    /// Relative standard error of the Gram at which a width has enough networks, in [1e-6, 0.5].
    std::optional<double> precision = std::nullopt;
    /// Whether control variates are taken off the Gram matrices.
    bool variance_reduction = false;
    DType dtype = DType::float32;
    Engine engine = Engine::automatic;
    double checkpoint_seconds = 60.0;  ///< between checkpoints, in [0.1, 86400]
    /// Memory that a run may take, in GiB, ≥ 0.01; nullopt: what the machine has free.
    std::optional<double> memory_gib = std::nullopt;
  };
  struct Compare {
    double family_error = 0.01;  ///< chance that a true prediction is called wrong
    /// What counts as equal, relative: in units of √(gram_aa gram_bb), or of the error.
    double equivalence_margin = 0.02;
    /// Chance that a false claim is called true; nullopt: family_error.
    std::optional<double> agreement_error = std::nullopt;
    std::string prediction = "theory";  ///< or the user's own: a .csv, .npy or .h5 file
    PredictionKind prediction_kind = PredictionKind::gram;  ///< of the user's own
    bool sparsity = false;     ///< whether claims about sparsity are made; it is measured anyway
    bool selectivity = false;  ///< likewise of selectivity for classes
    bool persistence = false;  ///< whether that of untrained networks' correlations is judged

    bool predicts_theory() const { return prediction == "theory"; }
  };
  struct Options {
    Study study;
    Network network = Network({});
    InputSpec inputs;
    Simulation simulation;
    Compare compare;
    std::shared_ptr<const KindSpec> kind;  ///< never null in an Experiment
  };

  explicit Experiment(Options options);

  const Study& study() const { return options_.study; }
  const Network& network() const { return options_.network; }
  const InputSpec& inputs() const { return options_.inputs; }
  const Simulation& simulation() const { return options_.simulation; }
  const Compare& compare() const { return options_.compare; }
  const KindSpec& kind() const { return *options_.kind; }
  const Options& options() const { return options_; }

 private:
  Options options_;
};

/// Throws InputError naming simulation.<key> for what an Experiment of a kind that `takes` this
/// would refuse: a number out of range, or one that does not go with `network`.
void require_simulation(const Network& network, const Experiment::Simulation& simulation,
                        const KindSpec::Takes& takes);

}  // namespace wideproof::model
