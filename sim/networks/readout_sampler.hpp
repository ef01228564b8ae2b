// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>

#include <Eigen/Core>

#include <wideproof/model/experiment.hpp>
#include <wideproof/sim/layers/distinct_inputs.hpp>
#include <wideproof/sim/layers/sampled_law.hpp>
#include <wideproof/sim/networks/collapsed_sampler.hpp>
#include <wideproof/sim/networks/direct_sampler.hpp>

namespace wideproof::sim {

/// What a trained readout of a sampled network sees: the Gram of its last hidden layer on N inputs,
///
///   Ĝ_ab = (1/n) Σ_i z_i(x_a) z_i(x_b) / gram_scale,
///
/// summed in double, so that its rank is that of the layer. Networks are those of DirectSampler and
/// CollapsedSampler; Grams of lower layers are computed where the collapsed sampler needs them.
class ReadoutSampler {
 public:
  struct Options {
    SampledLaw law;
    std::int64_t width = 0;
    double gram_scale = 1.0;  ///< model::Prediction::gram_scale
    model::DType dtype = model::DType::float32;
    /// `automatic`: the one of less work, which is direct where inputs outnumber neurons;
    /// collapsed beyond widest_direct.
    model::Engine engine = model::Engine::automatic;
  };

  static constexpr std::int64_t widest_direct = 65536;

  /// `inputs`: N × dimension. Throws what the samplers throw.
  ReadoutSampler(const Options& options, const Eigen::MatrixXd& inputs);

  /// N × N, of the network that `seed` and `replicate` name. The same bits for any number of
  /// threads, where LibTorch and BLAS are set to one thread each.
  /// `active`, if any, becomes the fraction of neurons with z > 0, hidden layers × N.
  Eigen::MatrixXd gram(std::uint64_t seed, std::int64_t replicate, int threads = 1,
                       Eigen::MatrixXd* active = nullptr) const;

  /// direct or collapsed
  model::Engine engine() const {
    return direct_ ? model::Engine::direct : model::Engine::collapsed;
  }

  /// Bytes that gram() holds at most on one thread, its result included, and multiplications in
  /// float32 that take as long, both estimated; of a sampler for so many inputs of that dimension.
  static double memory(const Options& options, Eigen::Index inputs, Eigen::Index dimension);
  /// Bytes that a sampler holds itself.
  static double held(const Options& options, Eigen::Index inputs, Eigen::Index dimension);
  static double work(const Options& options, Eigen::Index inputs, Eigen::Index dimension);

 private:
  std::unique_ptr<DirectSampler> direct_;
  std::unique_ptr<CollapsedSampler> collapsed_;
  std::int64_t depth_;
  double gram_scale_;
  DistinctInputs distinct_;
};

}  // namespace wideproof::sim
