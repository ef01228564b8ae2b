// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <wideproof/compare/widths/convergence.hpp>
#include <wideproof/report/figure/figure_key.hpp>
#include <wideproof/report/figure/normal_interval.hpp>
#include <wideproof/report/gram/gram_study.hpp>

namespace wideproof::report {

/// What a figure draws at one width: a value with its 95% interval, and what is predicted of it.
/// A number that does not exist is NaN.
struct WidthPoint {
  static constexpr double none = std::numeric_limits<double>::quiet_NaN();

  std::int64_t width = 0;
  double value = none;
  double low = none;
  double high = none;
  double predicted = none;
};

/// The points of one matrix. A line without a value is not drawn, whatever is predicted.
struct WidthLine {
  std::size_t matrix = 0;    ///< its place, from 0
  compare::MatrixName name;  ///< of it
  std::vector<WidthPoint> points;
};

/// Of matrix number `matrix`, from 0.
WidthLine width_line(const GramStudy& study, std::size_t matrix,
                     std::vector<WidthPoint> points = {});

/// Layers that get a line each at most.
inline constexpr std::size_t most_width_lines = 4;

/// Of such a figure, over its width.
inline constexpr double height_without_key = 0.8;

/// Whether some point of some line has a value; a prediction.
bool any_measured(const std::vector<WidthLine>& lines);
bool any_predicted(const std::vector<WidthLine>& lines);

/// Every number of a line drawn that an axis has to hold: values, upper ends and predictions.
std::vector<double> numbers_of(const std::vector<WidthLine>& lines);

/// layer,width,<quantity>,low,high,predicted; fields empty where there is none.
std::string table_of(const std::vector<WidthLine>& lines, const char* quantity);

/// The key of the lines that are drawn and of `others`.
FigureKey key_of(const std::vector<WidthLine>& lines, const std::vector<std::string>& others = {});

/// gnuplot's items for the figure `name` with that table and key: points with bars, and dashed
/// lines for what is predicted. `side_by_side` points of one width do not hide each other.
enum class Placing { exact, side_by_side };
std::vector<std::string> items_of(const std::vector<WidthLine>& lines, const std::string& name,
                                  Placing placing = Placing::side_by_side);

/// " Dots of one width stand side by side around it.", where there is more than one line.
std::string beside_text(const std::vector<WidthLine>& lines);

/// "G", of entry "aa" "G_aa"; "c" where correlations are compared; "G, Θ" beside other matrices.
std::string symbols_of(const GramStudy& study, const std::string& entry = {});

/// The axis of widths.
std::string width_axis(const GramStudy& study);

/// An axis that holds all values, intervals and predictions: linear with a margin, however near to
/// each other they are, or logarithmic where they are positive and span more than a factor of 30.
std::string y_axis(const std::vector<WidthLine>& lines);

/// " Fitted exponents with 95% intervals: layer 1: …; predicted −1/2." of the layers drawn; empty
/// where there is none.
std::string exponents_text(const GramStudy& study,
                           std::optional<compare::Exponent> compare::LayerConvergence::*member,
                           const std::vector<WidthLine>& lines, const char* predicted);

}  // namespace wideproof::report
