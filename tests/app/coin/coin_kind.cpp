// SPDX-License-Identifier: MIT
#include "coin_kind.hpp"

#include <wideproof/app/experiment/toml_values.hpp>

#include "coin_run.hpp"
#include "coin_spec.hpp"
#include "judged_coin.hpp"

namespace wideproof::coin {
namespace {

class CoinKind final : public app::StudyKind {
 public:
  std::string_view name() const override { return CoinSpec().name(); }

  std::string_view experiment_template() const override {
    return R"([study]
name = "coin"
kind = "coin"

[coin]
probability = 0.5              # of heads, in (0, 1)
predicted = 0.5                # what is put to the proof
draws = 20                     # series of tosses, at least 2
tosses = 2000                  # in each
)";
  }

  model::Experiment::Options defaults() const override { return CoinSpec::defaults(); }

  std::vector<std::string_view> tables() const override { return {"coin"}; }

  std::shared_ptr<const model::KindSpec> read(app::TableReader& file) const override {
    auto table = file.table("coin");
    auto coin = std::make_shared<CoinSpec>();
    app::take(table.number("probability"), coin->probability);
    app::take(table.number("predicted"), coin->predicted);
    app::take(table.integer("draws"), coin->draws);
    app::take(table.integer("tosses"), coin->tosses);
    table.finish();
    return coin;
  }

  toml::table write(const model::KindSpec& spec) const override {
    const auto& coin = dynamic_cast<const CoinSpec&>(spec);
    return toml::table{{"coin", toml::table{{"probability", coin.probability},
                                            {"predicted", coin.predicted},
                                            {"draws", coin.draws},
                                            {"tosses", coin.tosses}}}};
  }

  std::unique_ptr<app::StudyRun> prepare(const model::Experiment& experiment,
                                         app::SharedData&) const override {
    return std::make_unique<CoinRun>(experiment);
  }

  app::JudgedStudy recall(const app::FinishedRun& run, const std::string& results,
                          const app::OnStage&) const override {
    const auto state = app::read_task_results(results, tosses_table(run.experiment));
    return judge_coin(run.experiment, heads_of(state));
  }

  Claimable claimable(const model::Experiment&) const override {
    return {.numbers = {{.quantity = heads_quantity()}},
            .needed_for_exact = "a coin that does not fall by chance"};
  }

  report::SweepWords sweep_words(const model::Experiment&) const override {
    return {.compared = "prediction and tosses"};
  }
};

}  // namespace

const app::StudyKind& coin_kind() {
  static const CoinKind kind;
  return kind;
}

}  // namespace wideproof::coin
