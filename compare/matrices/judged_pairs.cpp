// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/judged_pairs.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/ranges.h>

namespace wideproof::compare {
namespace {

constexpr double largest_skewness = 0.2;
constexpr double least_replicates = 30.0;
constexpr double infinity = std::numeric_limits<double>::infinity();

/// What one width shows of a pair's 1 − c.
struct Seen {
  double replicates = 0.0;
  double mean = 0.0;
  double variance = 0.0;  ///< of one network
};

/// Of a pair whose 1 − c is positive in the limit.
bool varies_too_much(const Seen& seen) {
  if (seen.variance == 0.0) return seen.mean == 0.0;
  const double r = seen.variance / (seen.mean * seen.mean);
  const double w = 1.0 + r;
  const double skewness = (w + 2.0) * std::sqrt(r / seen.replicates);
  const double effective_replicates =
      2.0 * seen.replicates / (std::pow(w, 4) + 2.0 * std::pow(w, 3) + 3.0 * w * w - 4.0);
  return !(r <= 1.0 && skewness <= largest_skewness && effective_replicates >= least_replicates);
}

/// 1 − c of a pair at the layers so far.
struct Nearness {
  double least = infinity;       ///< the least 1 − K_ab/K_aa
  double most = -infinity;       ///< the largest
  double separating = infinity;  ///< the least share of separating neurons
  bool has_spread = false;       ///< at some layer
};

PairStatus status_of(const Nearness& pair, std::int64_t narrowest, bool is_silent,
                     double resolved_deficit) {
  if (is_silent) return PairStatus::silent;
  const double from_opposite = 2.0 - pair.most;
  if ((pair.least > 0.0 && pair.least < resolved_deficit) ||
      (from_opposite > 0.0 && from_opposite < resolved_deficit))
    return PairStatus::unresolved;
  if (pair.least > 0.0 && pair.least < JudgedPairs::near &&
      static_cast<double>(narrowest) * pair.separating < JudgedPairs::fewest_separating)
    return PairStatus::few_separating;
  return pair.has_spread ? PairStatus::spread : PairStatus::judged;
}

/// 1 − c of a pair at every width.
std::vector<Seen> seen_at(const LayerSeries& series, Eigen::Index a, Eigen::Index b) {
  std::vector<Seen> seen;
  for (const model::LayerMeasurement& at : series.at) {
    const model::SampleMoments& own = at.own_correlation();
    seen.push_back({static_cast<double>(at.replicates), 1.0 - own.mean(a, b), own.variance(a, b)});
  }
  return seen;
}

/// An entry of a matrix that may not be known: then `otherwise`.
double entry_of(const Eigen::MatrixXd& matrix, Eigen::Index a, Eigen::Index b, double otherwise) {
  return matrix.size() > 0 ? matrix(a, b) : otherwise;
}

std::string why(PairStatus status, std::int64_t narrowest, double resolved_deficit) {
  switch (status) {
    case PairStatus::silent:
      return "in some networks an input activates no neuron, so that they have no correlation";
    case PairStatus::unresolved:
      return fmt::format(
          "1 − c or 1 + c there, or at a layer before, is below {:.0e}, the precision of the "
          "sampler",
          resolved_deficit);
    case PairStatus::few_separating:
      return fmt::format(
          "at width {} fewer than {} neurons lie between the thresholds of the two inputs, too few "
          "for a series in 1/n",
          narrowest, JudgedPairs::fewest_separating);
    case PairStatus::spread:
      return "1 − c of one network varies too much from network to network, there or at a layer "
             "before";
    case PairStatus::no_limit:
      return "they have no limit";
    case PairStatus::judged:
      break;
  }
  return {};
}

/// "layer 2 and 2 more"
std::string named_text(const std::vector<MatrixName>& names,
                       const std::vector<std::size_t>& layers) {
  constexpr std::size_t most_named = 1;
  std::vector<std::string> named;
  for (const std::size_t layer : layers)
    if (named.size() < most_named) named.push_back(matrix_name(names, layer - 1).name);
  const std::size_t others = layers.size() - named.size();
  return fmt::format("{}{}", fmt::join(named, others > 0 ? ", " : " and "),
                     others > 0 ? fmt::format(" and {} more", others) : "");
}

/// "layer 2", "layers 2 to 5", "layers 1, 3": of the layers, from 0, where `is_meant` holds.
template <typename IsMeant>
std::string layers_text(const std::vector<MatrixName>& names, std::size_t count,
                        const IsMeant& is_meant) {
  std::vector<std::size_t> layers;
  for (std::size_t layer = 0; layer < count; ++layer)
    if (is_meant(layer)) layers.push_back(layer + 1);
  if (layers.empty()) return {};
  if (!names.empty()) return named_text(names, layers);
  if (layers.size() == 1) return fmt::format("layer {}", layers.front());
  if (layers.back() - layers.front() + 1 == layers.size())
    return fmt::format("layers {} to {}", layers.front(), layers.back());
  return fmt::format("layers {}", fmt::join(layers, ", "));
}

/// "correlation(1,2) at layers 1 to 5, correlation(1,3) at layer 1 and 7 more pairs": those whose
/// entry of a layer's matrix is `value`. Empty where there is none.
std::string entries_text(const std::vector<MatrixName>& names, Quantity quantity,
                         const std::vector<Eigen::MatrixXi>& by_layer, int value) {
  constexpr std::size_t most_named = 3;
  std::vector<std::string> named;
  std::size_t others = 0;
  for (const Entry& at : distinct_entries(quantity, by_layer.front().rows())) {
    std::size_t last = 0;
    const std::string layers = layers_text(names, by_layer.size(), [&](std::size_t layer) {
      const bool is_meant = by_layer[layer](at.row, at.column) == value;
      if (is_meant) last = layer;
      return is_meant;
    });
    if (layers.empty()) continue;
    if (named.size() < most_named)
      named.push_back(fmt::format("{} at {}", matrix_name(names, last).entry(at), layers));
    else
      ++others;
  }
  std::string text = fmt::format("{}", fmt::join(named, ", "));
  if (others > 0)
    text += fmt::format(" and {} more {}", others,
                        quantity == Quantity::gram ? (others == 1 ? "entry" : "entries")
                                                   : (others == 1 ? "pair" : "pairs"));
  return text;
}

std::string pairs_text(const std::vector<MatrixName>& names,
                       const std::vector<Eigen::MatrixXi>& by_layer, int value) {
  return entries_text(names, Quantity::correlation, by_layer, value);
}

}  // namespace

JudgedPairs::JudgedPairs(const std::vector<LayerSeries>& series,
                         const std::vector<PredictedLayer>& predicted,
                         const model::EntryClasses& classes, const Options& options)
    : classes_(Eigen::MatrixXi::Zero(classes.count(), static_cast<Eigen::Index>(series.size()))),
      narrowest_(series.front().at.front().width),
      resolved_deficit_(options.resolved_deficit *
                        std::max(1.0, static_cast<double>(classes.inputs()) / 2000.0)),
      rounding_(options.rounding),
      names_(options.names) {
  const Eigen::Index inputs = classes.inputs();
  const Eigen::MatrixXi none = Eigen::MatrixXi::Zero(inputs, inputs);
  std::vector<Nearness> pairs(static_cast<std::size_t>(inputs * inputs));
  for (std::size_t layer = 0; layer < series.size(); ++layer) {
    const auto& widths = series[layer].at;
    const bool is_silent = std::any_of(widths.begin(), widths.end(),
                                       [](const auto& at) { return at.silent_networks > 0; });
    Eigen::MatrixXi& correlations = correlations_.emplace_back(none);
    Eigen::MatrixXi& grams = grams_.emplace_back(none);
    Eigen::MatrixXi& within_rounding = within_rounding_.emplace_back(none);
    for (Eigen::Index b = 0; b < inputs; ++b) {
      for (Eigen::Index a = 0; a < b; ++a) {
        const PredictedLayer& prediction = predicted[layer];
        Nearness& pair = pairs[static_cast<std::size_t>(b * inputs + a)];
        const double before = entry_of(prediction.preactivation_deficit, a, b, infinity);
        pair.least = std::min(pair.least, before);
        if (std::isfinite(before)) pair.most = std::max(pair.most, before);
        pair.separating =
            std::min(pair.separating, entry_of(prediction.separating_fraction, a, b, infinity));
        const std::vector<Seen> seen = seen_at(series[layer], a, b);
        if (pair.least > 0.0 && seen.back().mean < near &&
            std::any_of(seen.begin(), seen.end(), varies_too_much))
          pair.has_spread = true;
        const PairStatus status = status_of(pair, narrowest_, is_silent, resolved_deficit_);
        correlations(a, b) = correlations(b, a) = static_cast<int>(status);
        const double limit = entry_of(prediction.deficit, a, b, 1.0 - prediction.correlation(a, b));
        const bool is_norm = std::all_of(seen.begin(), seen.end(), [&](const Seen& at) {
          return std::max(limit, at.mean) <= options.rounding;
        });
        if (status != PairStatus::judged && status != PairStatus::silent && !is_norm)
          grams(a, b) = grams(b, a) = static_cast<int>(status);
        if (status == PairStatus::judged && limit > 0.0 && limit < options.rounding)
          within_rounding(a, b) = within_rounding(b, a) = 1;
        if (status != PairStatus::judged)
          classes_(classes.labels()(a, b), static_cast<Eigen::Index>(layer)) =
              static_cast<int>(status);
        else if (!has_limit(prediction.without_limit, {Quantity::correlation, a, b}))
          correlations(a, b) = correlations(b, a) = static_cast<int>(PairStatus::no_limit);
      }
    }
    for (Eigen::Index b = 0; b < inputs; ++b) {
      for (Eigen::Index a = 0; a <= b; ++a) {
        if (has_limit(predicted[layer].without_limit, {Quantity::gram, a, b})) continue;
        grams(a, b) = grams(b, a) = static_cast<int>(PairStatus::no_limit);
        classes_(classes.labels()(a, b), static_cast<Eigen::Index>(layer)) =
            static_cast<int>(PairStatus::no_limit);
      }
    }
  }
}

Eigen::MatrixXd JudgedPairs::shares(const model::EntryClasses& classes) const {
  Eigen::MatrixXd shares = (classes_.array() == 0).cast<double>().matrix();
  shares = classes.sizes().cast<double>().asDiagonal() * shares;
  return shares * shares.colwise().sum().cwiseInverse().asDiagonal();
}

std::vector<std::string> JudgedPairs::lines() const {
  std::vector<std::string> lines;
  for (const PairStatus status : {PairStatus::silent, PairStatus::unresolved,
                                  PairStatus::few_separating, PairStatus::spread}) {
    const std::string pairs = pairs_text(names_, correlations_, static_cast<int>(status));
    if (!pairs.empty())
      lines.push_back(fmt::format("not judged: {}, since {}", pairs,
                                  why(status, narrowest_, resolved_deficit_)));
  }
  const std::string without_limit =
      entries_text(names_, Quantity::gram, grams_, static_cast<int>(PairStatus::no_limit));
  if (!without_limit.empty())
    lines.push_back(fmt::format("not judged: {}, nor the correlations that they divide, since {}",
                                without_limit,
                                why(PairStatus::no_limit, narrowest_, resolved_deficit_)));
  const std::string near_one = pairs_text(names_, within_rounding_, 1);
  if (!near_one.empty())
    lines.push_back(fmt::format(
        "told from 1 by their fluctuations alone, not by their means: {}, since 1 − c there is "
        "below {:.0e}, the precision of the means",
        near_one, rounding_));
  return lines;
}

}  // namespace wideproof::compare
