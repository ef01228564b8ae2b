// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>

namespace wideproof::compare {

/// A statement about one quantity of a sweep, to be tested on draws of data that its points share.
struct SweepClaim {
  enum class Kind {
    best,   ///< the number at `at` is the least of the points that have the values `over`
    ratio,  ///< number at `at` / number at `over` lies in [low, high]
    value,  ///< the number at `at` is `value`
    /// along the key `along` the number goes in `direction`, at the points `over`: judge_ranks()
    trend,
    /// the number goes with that of the quantity `with` in `direction`, likewise
    association
  };
  enum class Direction { rising, falling, either };
  /// Whether a network's numbers are compared from point to point, or the networks of a point.
  enum class Across { points, networks };
  Kind kind = Kind::best;
  std::string statement;  ///< a plain sentence
  std::string quantity;   ///< its name; empty: the first of the sweep that has draws
  std::int64_t training_points = 0;
  std::int64_t width = 0;  ///< of networks; 0: see SweepQuantity::WithoutWidth
  PointSelector at;
  PointSelector over;          ///< of a ratio one point; of the best any number, empty: all
  std::optional<double> low;   ///< of a ratio; none: any smaller one will do
  std::optional<double> high;  ///< of a ratio; none: any larger one will do
  std::optional<double> value;
  std::string along = {};                   ///< of a trend: a swept key whose values are numbers
  std::string with = {};                    ///< of an association: the name of another quantity
  Direction direction = Direction::rising;  ///< `either` of an association alone
  Across across = Across::points;           ///< of an association
  /// Of a value, relative: |number/value − 1| ≤ tolerance. Of the best, by how much another point's
  /// number may be smaller: number at `at` ≤ (1 + tolerance) · the other's.
  double tolerance = 0.01;
  /// The draws do not differ by chance (a fixed grid, say): what is measured is certain, even with
  /// one draw.
  bool exact = false;

  /// Whether it is about ranks of many points, not about the number at one of them.
  bool is_of_ranks() const { return kind == Kind::trend || kind == Kind::association; }
};

/// Throws model::InputError for claims that cannot be tested on a sweep of these keys, values and
/// numbers, naming `<key>[i].<field>`: a quantity that has no draws, a best of one of which less is
/// not better, a point that is not there or not the only one, a P or width that it does not
/// measure, networks said to be exact, a best point without another, a ratio without bounds or with
/// low > high, a value that is missing, numbers that are not positive and finite, a tolerance
/// outside (0, 1); of ranks a quantity that some point does not have, a key that is not swept or
/// not by numbers, a direction that the kind does not have. Of the sweep's numbers only quantity, P
/// and width are read, so that a file can be refused before it is run: a plan of the numbers to
/// come will do.
void check(const std::vector<SweepClaim>& claims, const SweepResult& sweep,
           const std::string& key = "claims");

/// The quantity that a claim is about; null where the sweep has none of that name with draws.
SharedQuantity quantity_of(const SweepClaim& claim, const SweepResult& sweep);

/// `{network.depth = 2, study.seed = 1}`
std::string text_of(const PointSelector& selector);

/// `P = 128, n = 512`, each where there is one.
std::string place_of(const SweepClaim& claim);

}  // namespace wideproof::compare
