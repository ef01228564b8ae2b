// SPDX-License-Identifier: MIT
#include "coin_run.hpp"

#include <fmt/format.h>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/uniform_01.hpp>

#include "judged_coin.hpp"

namespace wideproof::coin {
namespace {

/// The fraction of heads in one series, which its number and the seed name.
double toss(const model::Experiment& experiment, std::size_t draw) {
  const auto& coin = coin_of(experiment);
  boost::random::mt19937_64 rng(experiment.study().seed * 1'000'003 + draw);
  boost::random::uniform_01<double> uniform;
  std::int64_t heads = 0;
  for (std::int64_t i = 0; i < coin.tosses; ++i)
    if (uniform(rng) < coin.probability) ++heads;
  return static_cast<double>(heads) / static_cast<double>(coin.tosses);
}

}  // namespace

app::TaskTable tosses_table(const model::Experiment& experiment) {
  app::TaskTable table{.schema = "wideproof.tosses/1",
                       .path = "/tosses",
                       .description = "a row for each series of tosses",
                       .units = "1",
                       .task = "series",
                       .name_columns = {"draw"},
                       .result_columns = {"heads"},
                       .names = {}};
  for (std::int64_t draw = 0; draw < coin_of(experiment).draws; ++draw)
    table.names.push_back({static_cast<double>(draw)});
  return table;
}

std::vector<double> heads_of(const app::TaskState& state) {
  std::vector<double> heads;
  for (const auto& result : state) heads.push_back(result.value().front());
  return heads;
}

CoinRun::CoinRun(const model::Experiment& experiment)
    : experiment_(experiment),
      tasks_(
          tosses_table(experiment),
          {.run = [this](std::size_t draw) -> app::TaskResult { return {toss(experiment_, draw)}; },
           .cost = [this](std::size_t) { return static_cast<double>(coin_of(experiment_).tosses); },
           .text = [](std::size_t draw) { return fmt::format("draw {}", draw + 1); },
           .tasks = "series"}) {}

app::StudyRun::Finished CoinRun::finish(const app::RunRecord& record, const app::OnStage&) {
  return {app::to_task_results(tasks_.table(), tasks_.state(), record),
          judge_coin(experiment_, heads_of(tasks_.state()))};
}

}  // namespace wideproof::coin
