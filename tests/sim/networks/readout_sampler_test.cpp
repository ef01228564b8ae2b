// SPDX-License-Identifier: MIT
#include <wideproof/sim/networks/readout_sampler.hpp>

#include <limits>

#include <gtest/gtest.h>
#include <torch/types.h>
#include <torch/utils.h>
#include <Eigen/Dense>

#include <wideproof/model/input_error.hpp>
#include <wideproof/sim/layers/neuron_gram.hpp>
#include <wideproof/sim/numeric/single_threaded_blas.hpp>
#include <wideproof/sim/numeric/to_tensor.hpp>

#include "tensors.hpp"

namespace wideproof::sim {
namespace {

using model::DType;
using model::Engine;
using model::LateralFilter;

SampledLaw some_law(const LateralFilter& presynaptic = {}, std::int64_t depth = 3) {
  return {
      .network = model::Network(
          {.depth = depth, .active_fraction = .3, .bias_variance = .1, .presynaptic = presynaptic}),
      .weight_variance = 2.5};
}

Eigen::MatrixXd some_vectors(std::int64_t count, std::int64_t dimension) {
  return to_matrix(testing::some_inputs(count, dimension));
}

Eigen::MatrixXd last_gram_of(const NetworkSampler& sampler) {
  Eigen::MatrixXd gram;
  sampler.sample(3, 7, 1, [&](const LayerSummary& summary) { gram = summary.gram; });
  return gram;
}

double relative_difference(const Eigen::MatrixXd& a, const Eigen::MatrixXd& b) {
  return (a - b).cwiseAbs().maxCoeff() / b.cwiseAbs().maxCoeff();
}

Eigen::Index rank_of(const Eigen::MatrixXd& gram) {
  const Eigen::VectorXd values = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(gram).eigenvalues();
  const double least =
      static_cast<double>(gram.rows()) * std::numeric_limits<double>::epsilon() * values.maxCoeff();
  return (values.array() > least).count();
}

TEST(ReadoutSampler, HasTheLastGramOfTheSamplerBelow) {
  const std::int64_t width = 2000;
  const Eigen::MatrixXd inputs = some_vectors(30, 9);
  for (const auto dtype : {DType::float32, DType::float64}) {
    for (const auto& law : {some_law(), some_law(LateralFilter::box(5))}) {
      // Sums of float32 squares in float32 err by the roundings of as many terms at most.
      const double rounding = static_cast<double>(width) * testing::epsilon(scalar_type(dtype));
      const ReadoutSampler::Options options{
          .law = law, .width = width, .gram_scale = 0.5, .dtype = dtype};
      auto direct = options;
      direct.engine = Engine::direct;
      const DirectSampler every_weight(law, width, to_tensor(inputs, scalar_type(dtype)));
      EXPECT_LE(relative_difference(ReadoutSampler(direct, inputs).gram(3, 7),
                                    last_gram_of(every_weight) / 0.5),
                rounding);
      auto collapsed = options;
      collapsed.engine = Engine::collapsed;
      const CollapsedSampler seen(law, width, inputs * inputs.transpose(), scalar_type(dtype));
      EXPECT_LE(relative_difference(ReadoutSampler(collapsed, inputs).gram(3, 7),
                                    last_gram_of(seen) / 0.5),
                rounding);
    }
  }
}

TEST(ReadoutSampler, ShowsTheRankOfTheLayer) {
  const std::int64_t width = 20;
  const Eigen::MatrixXd inputs = some_vectors(60, 300);
  for (const std::int64_t depth : {1, 3}) {
    for (const auto engine : {Engine::direct, Engine::collapsed}) {
      const ReadoutSampler sampler({.law = some_law({}, depth), .width = width, .engine = engine},
                                   inputs);
      EXPECT_EQ(sampler.engine(), engine);
      EXPECT_LE(rank_of(sampler.gram(3, 7)), width) << name_of(engine);
    }
  }
  // Sums in float32 hide it.
  const CollapsedSampler in_float(some_law({}, 1), width, inputs * inputs.transpose(),
                                  torch::kFloat32);
  EXPECT_GT(rank_of(last_gram_of(in_float)), width);
}

TEST(ReadoutSampler, GivesTheSameBitsOnAnyNumberOfThreads) {
  const SingleThreadedBlas single_threaded_blas;
  const int threads_before = torch::get_num_threads();
  torch::set_num_threads(1);
  const Eigen::MatrixXd inputs = some_vectors(600, 9);
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    const ReadoutSampler sampler({.law = some_law(), .width = 1500, .engine = engine}, inputs);
    const Eigen::MatrixXd gram = sampler.gram(3, 7, 1);
    EXPECT_TRUE(gram == sampler.gram(3, 7, 3)) << name_of(engine);
    EXPECT_TRUE(gram == gram.transpose()) << name_of(engine);
    EXPECT_FALSE(gram == sampler.gram(3, 8, 1)) << name_of(engine);
  }
  torch::set_num_threads(threads_before);
}

TEST(ReadoutSampler, TakesTheEngineOfLessWork) {
  const auto work = [](Engine engine, std::int64_t width, const Eigen::MatrixXd& inputs) {
    return ReadoutSampler::work({.law = some_law(), .width = width, .engine = engine},
                                inputs.rows(), inputs.cols());
  };
  const Eigen::MatrixXd few = some_vectors(10, 9);
  const Eigen::MatrixXd many = some_vectors(500, 9);
  const auto chosen = [](std::int64_t width, const Eigen::MatrixXd& inputs) {
    return ReadoutSampler({.law = some_law(), .width = width}, inputs).engine();
  };
  EXPECT_EQ(chosen(5000, few), Engine::collapsed);
  EXPECT_LT(work(Engine::collapsed, 5000, few), work(Engine::direct, 5000, few));
  EXPECT_EQ(chosen(200, many), Engine::direct);
  EXPECT_LT(work(Engine::direct, 200, many), work(Engine::collapsed, 200, many));
  // 2¹⁷ squared weights a layer are more than a stream of normals holds.
  EXPECT_EQ(chosen(1 << 17, few), Engine::collapsed);
}

TEST(ReadoutSampler, CountsTheMemoryOfItsResult) {
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    EXPECT_GT(ReadoutSampler::memory({.law = some_law(), .width = 200, .engine = engine}, 500, 9),
              8.0 * 500 * 500);
  }
}

TEST(ReadoutSampler, RefusesAFilterThatDoesNotFit) {
  const Eigen::MatrixXd inputs = some_vectors(5, 9);
  for (const auto engine : {Engine::direct, Engine::collapsed}) {
    EXPECT_THROW(
        ReadoutSampler({.law = some_law(LateralFilter::box(99)), .width = 20, .engine = engine},
                       inputs),
        model::InputError);
  }
}

TEST(NeuronGram, IsTheProductInDouble) {
  for (const std::int64_t inputs : {1, 511, 513, 1100}) {
    const auto z = testing::some_field(inputs, 1030, torch::kFloat32);
    const auto wide = z.to(torch::kFloat64);
    const Eigen::MatrixXd expected = to_matrix(wide.mm(wide.t()) / 1030);
    const Eigen::MatrixXd gram = neuron_gram(z, 2);
    // 1030 roundings of terms whose sum is at most the diagonal, about 1.
    EXPECT_LE((gram - expected).cwiseAbs().maxCoeff(),
              2 * 1030 * testing::epsilon(torch::kFloat64));
    EXPECT_TRUE(gram == gram.transpose());
  }
}

}  // namespace
}  // namespace wideproof::sim
