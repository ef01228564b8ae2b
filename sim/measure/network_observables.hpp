// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <utility>

#include <Eigen/Core>

#include <wideproof/model/measurement.hpp>
#include <wideproof/sim/numeric/moment_accumulator.hpp>

namespace wideproof::sim {

/// Where the observables of one network stand in one flat vector, and back: for each layer the
/// upper triangles of gram, correlation, (but for the last layer) next kernel and its correlation
/// and, in a run that reduces variance, gram and correlation less their control variates, then the
/// active fraction averaged over the inputs and whether there are correlations of gram and of next
/// kernel, 1 or 0.
///
/// A matrix with a zero on its diagonal (an input that activates no neuron) has no correlation.
/// What stands in its place is 0, so that over N networks of which M have one, with means x̄ of what
/// stands there and ē = M/N of the last number, and sums of squared deviations S and S_e,
///
///   mean = x̄/ē,     variance = (S − S_e mean²)/(M − 1)
///
/// are those of the M correlations.
class ObservableLayout {
 public:
  enum class Part : std::uint8_t {
    gram,
    correlation,
    next_kernel,
    next_correlation,
    reduced_gram,
    reduced_correlation
  };

  /// `depth`: layers, and what is told of a network as if it were one; `hidden`: layers proper, all
  /// but the last of which have a next kernel; all unless said.
  ObservableLayout(std::int64_t inputs, std::int64_t depth, bool reduces_variance = false,
                   std::optional<std::int64_t> hidden = std::nullopt)
      : inputs_(inputs),
        depth_(depth),
        hidden_(hidden.value_or(depth)),
        reduces_variance_(reduces_variance) {}

  std::int64_t size() const { return depth_ * stride(); }
  std::int64_t depth() const { return depth_; }
  std::int64_t inputs() const { return inputs_; }
  bool reduces_variance() const { return reduces_variance_; }

  /// Writes layer `layer` (from 1) of `sample`. `next_kernel` is 0 × 0 at the last layer.
  void write(std::int64_t layer, const Eigen::MatrixXd& gram, const Eigen::MatrixXd& next_kernel,
             double active_fraction, Eigen::VectorXd& sample) const;

  /// Writes what is left of gram and correlation, which write() wrote, less their controls.
  void write_reduced(std::int64_t layer, const Eigen::MatrixXd& gram_control,
                     const Eigen::MatrixXd& correlation_control, Eigen::VectorXd& sample) const;

  /// P × P, from a vector of observables or of their variances.
  Eigen::MatrixXd matrix(const Eigen::VectorXd& observables, std::int64_t layer, Part part) const;

  /// The variance of one network in each observable; of correlations, over the networks that have
  /// them, and 0 where fewer than two do.
  Eigen::VectorXd variances(const MomentAccumulator& moments) const;

  /// The largest of standard error(gram_ab) / √(gram_aa gram_bb) over layers and entries, of the
  /// reduced Gram where there is one. Entries of inputs that activate no neuron are left out.
  /// Infinite below two samples, where an entry is not finite, and where no input activates a
  /// neuron.
  double relative_standard_error(const MomentAccumulator& moments) const;

  /// Result of all replicates of one width.
  model::LayerMeasurement read(std::int64_t width, std::int64_t layer,
                               const MomentAccumulator& moments) const;

 private:
  std::int64_t triangle() const { return inputs_ * (inputs_ + 1) / 2; }
  std::int64_t parts() const { return reduces_variance_ ? 6 : 4; }
  std::int64_t stride() const { return parts() * triangle() + 3; }
  Part estimate() const { return reduces_variance_ ? Part::reduced_gram : Part::gram; }
  std::int64_t offset(std::int64_t layer) const { return (layer - 1) * stride(); }
  std::int64_t offset(std::int64_t layer, Part part) const {
    return offset(layer) + static_cast<std::int64_t>(part) * triangle();
  }
  std::int64_t active_fraction_at(std::int64_t layer) const {
    return offset(layer) + parts() * triangle();
  }
  /// Whether a network has the correlation that `part` is.
  std::int64_t existence_at(std::int64_t layer, Part part) const {
    return active_fraction_at(layer) + (part == Part::next_correlation ? 2 : 1);
  }
  /// How many networks do.
  std::int64_t networks_with(Part part, std::int64_t layer, const MomentAccumulator& moments) const;
  /// Mean and variance of a part that is a correlation over the networks that have it.
  std::pair<Eigen::VectorXd, Eigen::VectorXd> moments_of_existing(
      std::int64_t layer, Part part, const MomentAccumulator& moments) const;

  std::int64_t inputs_;
  std::int64_t depth_;
  std::int64_t hidden_;
  bool reduces_variance_;
};

}  // namespace wideproof::sim
