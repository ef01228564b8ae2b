// SPDX-License-Identifier: MIT
#include <wideproof/compare/matrices/layer_comparison.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <wideproof/compare/statistics/holm.hpp>

namespace wideproof::compare {
namespace {

void leave_out_without_limit(LayerComparison& comparison) {
  for (Eigen::Index a = 0; a < comparison.gram.z.rows(); ++a) {
    for (Eigen::Index b = 0; b < comparison.gram.z.cols(); ++b) {
      for (const Quantity quantity : {Quantity::gram, Quantity::correlation}) {
        if (comparison.has_limit({quantity, a, b})) continue;
        MatrixComparison& matrix =
            quantity == Quantity::gram ? comparison.gram : comparison.correlation;
        matrix.z(a, b) = 0.0;
        matrix.p(a, b) = 1.0;
      }
    }
  }
}

}  // namespace

std::vector<FamilyMember> family(std::size_t layers, Eigen::Index inputs) {
  std::vector<FamilyMember> members;
  for (std::size_t index = 0; index < layers; ++index)
    for (const Quantity quantity : {Quantity::gram, Quantity::correlation})
      for (const Entry& entry : distinct_entries(quantity, inputs))
        members.push_back({index, entry});
  return members;
}

double rare_below(const Options& options, double neurons) {
  return options.rare_neurons / neurons;
}

LayerComparison compare_layer(std::int64_t layer, MatrixEstimate gram, MatrixEstimate correlation,
                              const PredictedLayer& predicted, const Options& options,
                              double rare) {
  LayerComparison comparison;
  comparison.layer = layer;
  comparison.gram = set_beside(std::move(gram), predicted.gram, options.rounding, rare);
  comparison.correlation =
      set_beside(std::move(correlation), predicted.correlation, options.rounding, rare);
  comparison.without_limit = predicted.without_limit;
  const auto equivalence = [&](Quantity quantity) {
    std::vector<Entry> entries = distinct_entries(quantity, predicted.gram.rows());
    std::erase_if(entries, [&](const Entry& entry) { return !comparison.has_limit(entry); });
    return test_equivalence(comparison.matrix(quantity), entries, options.equivalence_margin,
                            options.family_error / options.looks);
  };
  comparison.equivalence = equivalence(Quantity::correlation);
  if (options.norms_are_predicted) {
    comparison.equivalence = both(equivalence(Quantity::gram), comparison.equivalence);
  } else {
    comparison.gram.z.setZero();
    comparison.gram.p.setOnes();
  }
  if (comparison.without_limit.size() > 0) leave_out_without_limit(comparison);
  return comparison;
}

void leave_out(LayerComparison& comparison, const JudgedPairs& judged, std::size_t layer) {
  const auto leave = [](MatrixComparison& matrix, const Eigen::MatrixXi& statuses) {
    matrix.p = (statuses.array() == 0).select(matrix.p, 1.0);
  };
  leave(comparison.gram, judged.grams(layer));
  leave(comparison.correlation, judged.correlations(layer));
}

void adjust_as_family(std::vector<LayerComparison>& layers) {
  if (layers.empty()) return;
  const Eigen::Index inputs = layers.front().gram.predicted.rows();
  const std::vector<FamilyMember> members = family(layers.size(), inputs);
  std::vector<double> p_values;
  p_values.reserve(members.size());
  for (const auto& [index, entry] : members)
    p_values.push_back(layers[index].matrix(entry.quantity).p(entry.row, entry.column));
  const std::vector<double> adjusted = holm_adjusted(p_values);

  for (LayerComparison& layer : layers) {
    layer.gram.p_adjusted.setOnes(inputs, inputs);
    layer.correlation.p_adjusted.setOnes(inputs, inputs);
    layer.p_value = std::numeric_limits<double>::quiet_NaN();
  }
  for (std::size_t i = 0; i < members.size(); ++i) {
    const auto& [index, entry] = members[i];
    LayerComparison& layer = layers[index];
    MatrixComparison& comparison =
        entry.quantity == Quantity::gram ? layer.gram : layer.correlation;
    comparison.p_adjusted(entry.row, entry.column) = adjusted[i];
    comparison.p_adjusted(entry.column, entry.row) = adjusted[i];
    layer.p_value = std::fmin(layer.p_value, adjusted[i]);
    layer.is_complete = layer.is_complete && !std::isnan(adjusted[i]);
  }
}

double smallest_p(const std::vector<LayerComparison>& layers) {
  double smallest = std::numeric_limits<double>::quiet_NaN();
  for (const LayerComparison& layer : layers) smallest = std::fmin(smallest, layer.p_value);
  return smallest;
}

bool are_complete(const std::vector<LayerComparison>& layers) {
  return std::all_of(layers.begin(), layers.end(),
                     [](const auto& layer) { return layer.is_complete; });
}

std::optional<EntryAtZ> largest_z(const LayerComparison& layer) {
  std::optional<EntryAtZ> largest;
  for (const Quantity quantity : {Quantity::gram, Quantity::correlation}) {
    const MatrixComparison& matrix = layer.matrix(quantity);
    for (const Entry& entry : distinct_entries(quantity, matrix.predicted.rows())) {
      if (matrix.p(entry.row, entry.column) == 1.0) continue;
      const double z = std::abs(matrix.z(entry.row, entry.column));
      if (std::isnan(z)) return EntryAtZ{entry, z};
      if (!largest || z > largest->z) largest = {entry, z};
    }
  }
  return largest;
}

bool all_equivalent(const std::vector<LayerComparison>& layers) {
  return std::all_of(layers.begin(), layers.end(),
                     [](const LayerComparison& layer) { return layer.equivalence.holds; });
}

const LayerComparison& farthest_from_holding(const std::vector<LayerComparison>& layers) {
  return *std::max_element(layers.begin(), layers.end(), [](const auto& one, const auto& other) {
    return nearer_to_holding(one.equivalence, other.equivalence);
  });
}

FamilyMember most_significant(
    const std::vector<LayerComparison>& layers,
    const std::function<double(const MatrixComparison&, const Entry&)>& p) {
  FamilyMember most;
  double smallest = std::numeric_limits<double>::infinity();
  double loudest = -1.0;
  for (const FamilyMember& member : family(layers.size(), layers.front().gram.predicted.rows())) {
    const MatrixComparison& comparison = layers[member.index].matrix(member.entry.quantity);
    const double candidate = p(comparison, member.entry);
    const double z = std::abs(comparison.z(member.entry.row, member.entry.column));
    if (candidate < smallest || (candidate == smallest && z > loudest)) {
      smallest = candidate;
      loudest = z;
      most = member;
    }
  }
  return most;
}

}  // namespace wideproof::compare
