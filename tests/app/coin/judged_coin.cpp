// SPDX-License-Identifier: MIT
#include "judged_coin.hpp"

#include <cmath>
#include <iterator>
#include <string>

#include <fmt/format.h>
#include <Eigen/Core>

#include <wideproof/compare/statistics/distributions.hpp>
#include <wideproof/report/json/common_parts.hpp>
#include <wideproof/report/page/claims_table.hpp>

#include "coin_spec.hpp"

namespace wideproof::coin {
namespace {

std::string draws_table(const std::vector<double>& heads) {
  std::string table = "draw,heads\n";
  for (std::size_t draw = 0; draw < heads.size(); ++draw)
    fmt::format_to(std::back_inserter(table), "{},{}\n", draw, heads[draw]);
  return table;
}

}  // namespace

compare::SharedQuantity heads_quantity() {
  static const auto quantity = std::make_shared<const compare::SweepQuantity>(
      compare::SweepQuantity{.name = "heads",
                             .plural = "fractions of heads",
                             .indefinite = "a fraction of heads",
                             .label = "fraction of heads",
                             .map_label = "heads",
                             .meaning = "How often the coin showed heads.",
                             .has_draws = true});
  return quantity;
}

app::JudgedStudy judge_coin(const model::Experiment& experiment, const std::vector<double>& heads) {
  const double predicted = coin_of(experiment).predicted;
  const auto& options = experiment.compare();
  const Eigen::Map<const Eigen::ArrayXd> draws(heads.data(),
                                               static_cast<Eigen::Index>(heads.size()));
  const auto count = static_cast<double>(heads.size());
  const double mean = draws.mean();
  const double error = std::sqrt((draws - mean).square().sum() / (count - 1) / count);
  const auto reach = [&](double level) {
    return error * compare::student_upper_quantile(level / 2.0, count - 1);
  };

  compare::Claim claim;
  claim.name = "heads";
  claim.statement = "The coin shows heads as often as predicted.";
  claim.p_value = claim.p_adjusted =
      compare::student_two_sided((mean - predicted) / error, count - 1);
  claim.prediction = predicted;
  claim.measurement = mean;
  claim.low = mean - reach(0.05);
  claim.high = mean + reach(0.05);
  const double margin = options.equivalence_margin * predicted;
  if (*claim.p_value < options.family_error) {
    claim.outcome = compare::Outcome::disagree;
  } else if (std::abs(mean - predicted) + reach(options.family_error) < margin) {
    claim.outcome = compare::Outcome::agree;
  }

  app::JudgedStudy judged;
  judged.claims = {claim};
  judged.outcome.verdict = {
      claim.outcome,
      options.family_error,
      *claim.p_value,
      {fmt::format("heads in {:.4g} of all tosses, predicted {:.4g}", mean, predicted)}};
  judged.headline = fmt::format("{}: a coin, {} series of {} tosses\n\n", experiment.study().name,
                                heads.size(), coin_of(experiment).tosses);
  judged.table = fmt::format("heads {:.6g} ± {:.2g}, predicted {:.6g}\nverdict: {}\n", mean, error,
                             predicted, compare::name_of(claim.outcome));
  judged.tables = {{"claims.csv", "the claim", [claim] { return report::claims_table({claim}); }},
                   {"draws.csv", "heads in each series", [heads] { return draws_table(heads); }}};
  judged.summary = [mean, claim] {
    return report::Json{{"heads", mean}, {"claims", report::claims_json({claim})}};
  };
  judged.outcome.numbers = {{.quantity = heads_quantity(),
                             .value = mean,
                             .low = *claim.low,
                             .high = *claim.high,
                             .predicted = predicted,
                             .draws = heads}};
  return judged;
}

}  // namespace wideproof::coin
