// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include <wideproof/compare/matrices/entry.hpp>
#include <wideproof/compare/matrices/equivalence.hpp>
#include <wideproof/compare/matrices/judged_pairs.hpp>
#include <wideproof/compare/matrices/matrix_comparison.hpp>
#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/matrices/predicted_layer.hpp>

namespace wideproof::compare {

/// The estimates for one hidden layer, at one width or in the limit, beside its prediction.
struct LayerComparison {
  std::int64_t layer = 0;
  MatrixComparison gram;
  MatrixComparison correlation;
  /// Smallest p of the layer, Holm-adjusted over the family; NaN where nothing is finite.
  double p_value = 1.0;
  bool is_complete = true;        ///< whether every entry has a p, 1 where it is left out
  Equivalence equivalence;        ///< of gram and correlation together
  Eigen::MatrixXd without_limit;  ///< PredictedLayer::without_limit

  /// Whether an entry has a limit that it could be judged by.
  bool has_limit(const Entry& entry) const { return compare::has_limit(without_limit, entry); }
  /// Whether the diagonal has one, and with it the norm.
  bool has_norm() const { return has_limit({Quantity::gram, 0, 0}); }
  const MatrixComparison& matrix(Quantity quantity) const {
    return quantity == Quantity::gram ? gram : correlation;
  }
};

/// One member of a family of tests: a distinct entry of layers[index].
struct FamilyMember {
  std::size_t index = 0;
  Entry entry;
};

/// Every distinct entry of gram and correlation of every layer, layer by layer.
std::vector<FamilyMember> family(std::size_t layers, Eigen::Index inputs);

/// The size, relative to √(G_aa G_bb), below which an entry is rare. With sparse activations two
/// inputs may share so few active neurons that most networks show none: the mean is then a count of
/// rare events, and neither its standard error nor Student's t can be trusted. One neuron that is
/// active for both inputs contributes about √(G_aa G_bb) to the sum over `neurons`, so an entry of
/// rare_neurons / neurons rests on about rare_neurons of them.
double rare_below(const Options& options, double neurons);

/// Compares (`rare`: rare_below of what was sampled), tests equivalence, and leaves p_value and
/// p_adjusted to adjust_as_family. Entries without a limit get z = 0 and p = 1.
LayerComparison compare_layer(std::int64_t layer, MatrixEstimate gram, MatrixEstimate correlation,
                              const PredictedLayer& predicted, const Options& options, double rare);

/// Takes the entries of layer `layer`, from 0, that bear no claim out of the tests for a
/// difference: p = 1.
void leave_out(LayerComparison& comparison, const JudgedPairs& judged, std::size_t layer);

/// Fills p_value and p_adjusted by Holm's adjustment over the distinct entries of gram and
/// correlation of all `layers`. The correlation's diagonal gets 1.
void adjust_as_family(std::vector<LayerComparison>& layers);

/// Smallest p_value of the layers; NaN where none is finite.
double smallest_p(const std::vector<LayerComparison>& layers);

/// Whether every layer is complete.
bool are_complete(const std::vector<LayerComparison>& layers);

/// An entry and how many standard errors it lies from its prediction.
struct EntryAtZ {
  Entry entry;
  double z = 0.0;  ///< |z|
};

/// The entry that is farthest from its prediction in standard errors, among the entries that are
/// tested. Where one of these has no number it is that one, with NaN, for then nothing is known of
/// the largest; nullopt where none is tested (all within rounding, rare, or left out).
std::optional<EntryAtZ> largest_z(const LayerComparison& layer);

/// Whether equivalence holds in every layer.
bool all_equivalent(const std::vector<LayerComparison>& layers);

/// The layer whose equivalence is farthest from holding, of one or more.
const LayerComparison& farthest_from_holding(const std::vector<LayerComparison>& layers);

/// The member of the family for which `p` is smallest, the largest |z| deciding between equals.
FamilyMember most_significant(
    const std::vector<LayerComparison>& layers,
    const std::function<double(const MatrixComparison&, const Entry&)>& p);

}  // namespace wideproof::compare
