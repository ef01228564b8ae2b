// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/sweep/sweep_result.hpp>
#include <wideproof/report/figure/figure_key.hpp>

namespace wideproof::report {

/// Two swept keys, by their numbers.
struct StyledKeys {
  std::size_t colour = 0;
  std::size_t marker = 0;
};

/// How points of a sweep are told apart where they are laid over each other, in every figure of the
/// same points alike. Where they fill a grid of two keys, the value of one is a colour, that of the
/// other a marker and a dash: of a larger grid at most 16 points, the values evenly spread. Else
/// each point has a colour of its own, and at most eight are drawn, evenly spread.
class PointStyles {
 public:
  /// `points`: those to be told apart, `names` what each is called by itself. `only_discs`: points
  /// with a colour each have no markers of their own, as where these tell another key in figures
  /// beside.
  PointStyles(const compare::SweepResult& sweep, const std::vector<std::size_t>& points,
              const std::vector<CurveName>& names, std::optional<StyledKeys> keys,
              bool only_discs = false);

  /// Which of `points` are drawn, by their places in it.
  const std::vector<std::size_t>& drawn() const { return drawn_; }

  /// Of the i-th that is drawn, gnuplot's style of its line and of its dots.
  std::string line(std::size_t i) const;
  std::string dot(std::size_t i, bool is_hollow = false) const;

  /// The key; `others` are entries besides, to be plotted behind those of entries().
  FigureKey key(const std::vector<std::string>& others = {}) const;
  /// Plots of nothing that fill the key in its order; without dots only lines.
  std::vector<std::string> entries(bool with_dots = true) const;

 private:
  struct Style {
    int colour = 0;  ///< gnuplot's line type, from 1
    int marker = 0;  ///< from 1; 0: that of the line type
  };

  bool take_grid(const compare::SweepResult& sweep, const std::vector<std::size_t>& points,
                 StyledKeys keys);

  std::vector<std::size_t> drawn_;
  std::vector<Style> styles_;       ///< one a drawn point
  std::vector<CurveName> colours_;  ///< what the colours are called
  std::vector<CurveName> markers_;  ///< what the markers are called; none without a grid
  /// For the caption, of names that are too long for the key: there they are values alone.
  std::string meaning_;
};

}  // namespace wideproof::report
