// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/claim.hpp>
#include <wideproof/compare/matrices/layer_comparison.hpp>
#include <wideproof/compare/matrices/options.hpp>
#include <wideproof/compare/verdict.hpp>
#include <wideproof/compare/widths/class_limit.hpp>
#include <wideproof/model/class_series.hpp>
#include <wideproof/model/measurement.hpp>

namespace wideproof::compare {

/// Networks of several widths, of which moments and series tell. It refers to both.
struct NetworkSet {
  const model::Measurement& measurement;
  const model::ClassSeries& series;
};

/// One layer at one width in both sets. The comparison's "prediction" is M = (A + B)/2 and its
/// estimate M + (A − B), with the standard error of the difference and Welch's degrees of freedom:
/// z, p and equivalence are those of A − B, in units of the norms in M.
struct AlikeLayer {
  std::int64_t width = 0;
  LayerComparison comparison;
  std::int64_t replicates = 0;        ///< of the first set
  std::int64_t other_replicates = 0;  ///< of the second
};

/// Whether two independent sets of networks follow one law, at the widths that both have.
struct Alike {
  Options options;
  std::vector<std::int64_t> widths;
  std::int64_t layers = 0;
  std::vector<AlikeLayer> at;        ///< by width, then layer
  std::optional<ClassLimit> limits;  ///< of A − B, by class means; with two widths or more
  double largest_difference = 0.0;   ///< of two means, in units of the norms
  bool are_same_bits = false;        ///< all means and variances, to the last bit
  std::vector<Claim> claims;
  Verdict verdict;
};

/// The claims, Holm over all of them at `family_error`:
///
///   means        every entry of Gram and correlation has one mean in both sets at every width:
///                Welch's test of each, Holm over entries, layers and widths
///   class-means  the same of all class means of a width together: test_jointly() of their
///                difference, the covariances of both its parts; Bonferroni over widths
///   limit        the differences of class means tend to 0: see ClassLimit; four widths convict
///   variances    n·Var of one network, as class means, is the same in both: logarithms of the
///                blocks' variances, Student's test of each with 3/5 (B − 1) degrees of freedom a
///                set, Holm over classes, layers and widths; 40 networks or more
///   independence of either set, where the options ask for it: see independence_claim()
///   equivalence  at the largest common width every entry of one lies within the margin of the
///                other's
///
/// agree where none is rejected and equivalence holds, disagree where one is rejected, else
/// inconclusive. The sets are to have as many layers and inputs and the same classes; throws
/// model::InputError where they have not, or share no width.
Alike compare_sets(const NetworkSet& first, const NetworkSet& second, const Options& options);

}  // namespace wideproof::compare
