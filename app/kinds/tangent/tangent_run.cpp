// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/tangent/tangent_run.hpp>

#include <utility>

#include <wideproof/app/kinds/tangent/judged_tangent.hpp>

namespace wideproof::app {

TangentRun::TangentRun(const PreparedTangent& tangent)
    : GramRun(tangent.study, tangent_simulation(tangent, tangent.study.experiment.study().seed, 1)),
      matrices_a_layer_(static_cast<double>(tangent.study.prediction.size()) /
                        static_cast<double>(tangent.theory.network.layers.size())),
      to_report_(memory_to_report(tangent.study)) {}

double TangentRun::memory() const {
  return GramRun::memory() + (matrices_a_layer_ - 1) * to_report_;
}

double TangentRun::size_of_results() const {
  return matrices_a_layer_ * GramRun::size_of_results();
}

JudgedGram TangentRun::judge(const model::Experiment& experiment,
                             const report::InputSummary& inputs,
                             std::shared_ptr<const compare::GramResults> results,
                             const OnStage& on_stage) const {
  return judge_tangent(experiment, inputs, std::move(results), on_stage);
}

}  // namespace wideproof::app
