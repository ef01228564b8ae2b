// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace wideproof::compare {

/// What a number of a sweep measures, and the words in which claims, tables, figures and pages
/// speak of it. A kind of study defines its own; its name tells it from the others of a sweep.
/// Words that may be empty are left out where they are.
struct SweepQuantity {
  enum class Scale { linear, logarithmic };

  std::string name;          ///< "error": in tables, in the names of figures, and before a number
  std::string plural;        ///< "errors"
  std::string indefinite;    ///< "an error"
  std::string label;         ///< of an axis: "mean squared error"
  std::string map_label;     ///< beside the colours of a map, where there is less room for it
  std::string meaning = {};  ///< a sentence below its figures; may be empty
  std::string table_note = {};   ///< a sentence below the table of points; may be empty
  std::string column_unit = {};  ///< below the head of that table's column: "squared targets"

  /// What a number of width 0 was measured of; empty where widths mean nothing to the quantity.
  struct WithoutWidth {
    std::string brief = {};     ///< beside a number or a curve: "kernel", "n → ∞"
    std::string in_words = {};  ///< in a sentence: "the kernel", "the limit n → ∞"
    std::string column = {};    ///< below the head of a table's column: "kernel regression"
  };
  WithoutWidth without_width = {};

  /// Of the axes of figures. A logarithmic one is made linear where a number is not positive.
  Scale scale = Scale::linear;
  bool is_mapped = true;       ///< whether maps over two swept keys are drawn
  bool is_in_short = true;     ///< whether short tables show it beside others
  bool is_least_best = false;  ///< whether less is better: then the least numbers are pointed out
  /// Whether its numbers have a value for each draw of data. Claims are tested on those, as ratios.
  bool has_draws = false;
};

/// One quantity is shared by all numbers that measure it.
using SharedQuantity = std::shared_ptr<const SweepQuantity>;

/// The name of a quantity of hidden layer `layer`, from 1; 0: of the last, the quantity as it is.
inline std::string name_at_layer(const std::string& quantity, std::int64_t layer) {
  return layer == 0 ? quantity : quantity + ", layer " + std::to_string(layer);
}

}  // namespace wideproof::compare
