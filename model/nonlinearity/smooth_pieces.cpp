// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/smooth_pieces.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::model {
namespace {

using Piece = PolynomialPiece;
using Seen = PolynomialPiece::Seen;

constexpr double widest_piece = 2.0;
constexpr double first_piece = 0.7548776662466927;
/// What is as narrow holds a kink, or something as sharp.
constexpr double narrow_piece = 0x1p-8;
constexpr double narrowest_piece = 0x1p-36;
constexpr std::int64_t most_fits = 200'000;
/// Of the last three coefficients over the largest value near by.
constexpr double smooth_enough = 2e-14;
/// Likewise of what may be rounding, over the largest value of those that are more probable.
constexpr double most_rounding = 1e-9;
/// Where polynomials are held against values, between the nodes: on a grid off round numbers, as
/// fine as this where a normal variable of variance 1 comes, and close to a piece's ends.
constexpr double fine_grid = 0x1p-9;
constexpr double coarse_grid = 0x1p-5;
constexpr double end_of_fine_grid = 9.0;
constexpr std::array<double, 3> from_ends = {0x1p-10, 0x1p-14, 0x1p-18};

/// Not in the middle, where numbers that people write would be edges.
double cut_of(double low, double high) {
  return low + 0.4877665 * (high - low);
}

/// In units of what narrow is near 0.
double size_of(double x) {
  return std::max(1.0, std::abs(x) / SmoothPieces::reach);
}

}  // namespace

/// Cuts [−reach, reach] into pieces and finds places where that takes narrow ones.
class SmoothPieces::Search {
 public:
  Search(const BulkFunction& function, const std::string& text) : function_(function), text_(text) {
    for (double x = -reach + 0.4837 * coarse_grid; x < reach;
         x += std::abs(x) < end_of_fine_grid ? fine_grid : coarse_grid)
      grid_.push_back(x);
    values_.resize(grid_.size());
    function_(grid_.data(), static_cast<std::int64_t>(grid_.size()), values_.data());
    for (std::size_t i = 0; i < grid_.size(); ++i) require_finite(grid_[i], values_[i]);
  }

  struct Place {
    double low, high;
  };

  /// At `edges`, ascending.
  void cut(const std::vector<double>& edges) {
    pieces.clear();
    places.clear();
    is_in_place_ = false;
    std::vector<double> scales;
    for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
      Piece whole{edges[k], edges[k + 1], {}};
      double largest = fit(whole).largest;
      for (std::size_t i = first_in(whole); i < grid_.size() && grid_[i] < whole.high; ++i)
        largest = std::max(largest, std::abs(values_[i]));
      scales.push_back(largest);
    }
    for (std::size_t k = 0; k < scales.size(); ++k) {
      const double end = std::max(std::abs(edges[k]), std::abs(edges[k + 1]));
      double inside = 0;
      for (std::size_t j = 0; j < scales.size(); ++j)
        if (edges[j] < end && edges[j + 1] > -end) inside = std::max(inside, scales[j]);
      cut(edges[k], edges[k + 1], {scales[k], inside});
    }
  }

  /// The kink of a place, told from pieces beside it.
  Kink kink_of(const Place& place) const {
    // A piece that happens to be smooth may be narrower than the one beside it that is not.
    const double width = 3 * (place.high - place.low);
    double low = place.low - width;
    double high = place.high + width;
    const Piece left = piece_beside(low, -1);
    const Piece right = piece_beside(high, 1);
    const double middle = 0.5 * (low + high);
    const double apart = right.value(middle) - left.value(middle);
    const double slopes = right.slope(middle) - left.slope(middle);
    const double curvatures = right.curvature(high) - left.curvature(low);
    const double size = size_beside(left, right, middle);
    double at = middle;
    if (std::abs(apart) > 1e-7 * size) {
      for (double next = middle; next > low && next < high; next = 0.5 * (low + high)) {
        const double y = value(next);
        (std::abs(y - left.value(next)) < std::abs(y - right.value(next)) ? low : high) = next;
      }
      at = low;
    } else if (std::abs(slopes) > 1e-7 * size &&
               std::abs(slopes) > 4 * std::abs(curvatures) * width) {
      at = std::clamp(middle - apart / slopes, low, high);
    } else if (std::abs(curvatures) > 1e-4 * size) {
      at = std::clamp(middle - slopes / curvatures, low, high);
    }
    // A number of a few digits that is as near is meant.
    const double round = std::round(at * 1e4) / 1e4;
    return kink_at(std::abs(at - round) <= 1e-11 * (1 + std::abs(at)) ? round : at);
  }

  Kink kink_at(double at) const {
    const Piece left = piece_beside(at, -1);
    const Piece right = piece_beside(at, 1);
    const double jump = right.value(at) - left.value(at);
    const double bend = right.slope(at) - left.slope(at);
    const double size = size_beside(left, right, at);
    const double rise = std::abs(right.value(right.high) - right.value(at)) / (right.high - at) +
                        std::abs(left.value(left.low) - left.value(at)) / (at - left.low);
    const double steepness =
        std::max({std::abs(left.slope(at)), std::abs(right.slope(at)), rise, 1e-3 * size});
    return {at, std::abs(jump) > 1e-9 * size ? jump : 0,
            std::abs(bend) > 1e-7 * steepness ? bend : 0};
  }

  std::vector<Piece> pieces = {};
  std::vector<Place> places = {};

 private:
  double value(double x) const {
    double out = x;
    function_(&x, 1, &out);
    return out;
  }

  /// The largest |φ| of the piece between two edges, and of those that reach nearer to 0, which
  /// count for more.
  struct Scales {
    double near, inside;
  };

  void cut(double low, double high, const Scales& around) {
    if (++fits_ > most_fits)
      refuse(fmt::format("is not smooth near x = {:.10g}, or changes too fast there", low));
    Piece piece{low, high, {}};
    const Seen seen = fit(piece);
    const double size = std::max(1.0, std::abs(low));
    const bool is_narrowest = high - low <= narrowest_piece * size;
    const bool is_resolved = is_smooth(piece, seen, around) || is_rounding(piece, around);
    if (is_narrowest || (is_resolved && holds(piece, seen, around))) {
      // A power that is not square integrable has grown by more on the way to a narrowest piece.
      if (around.near > 0 && seen.largest > 0x1p17 * around.near)
        refuse(fmt::format("grows without bound near x = {:.3g}, so that it has no second moment",
                           low));
      pieces.push_back(piece);
      const bool is_narrow = high - low <= narrow_piece;
      if (is_narrow) add_place(low, high);
      is_in_place_ = is_narrow;
      return;
    }
    const double between = cut_of(low, high);
    cut(low, between, around);
    cut(between, high, around);
  }

  static bool is_smooth(const Piece& piece, const Seen& seen, const Scales& around) {
    // What x itself is rounded by moves values that are small for what is around them, and where
    // they are what large parts leave of each other, as 1 + erf(x) is, they are rounding.
    return piece.is_smooth(
        seen, std::max(smooth_enough * (seen.largest + 0.05 * around.near), 4e-15 * around.inside));
  }

  /// What halving lessens in neither half is rounding, too; a kink leaves one of them smooth.
  bool is_rounding(const Piece& piece, const Scales& around) {
    constexpr std::size_t count = 6;
    const double whole = piece.tail(count);
    if (!(whole <= most_rounding * std::max(around.near, around.inside))) return false;
    const double between = cut_of(piece.low, piece.high);
    Piece below{piece.low, between, {}}, above{between, piece.high, {}};
    fit(below);
    fit(above);
    return std::min(below.tail(count), above.tail(count)) > 0.25 * whole;
  }

  std::size_t first_in(const Piece& piece) const {
    return static_cast<std::size_t>(std::lower_bound(grid_.begin(), grid_.end(), piece.low) -
                                    grid_.begin());
  }

  /// Whether the polynomial is near the values between the nodes, too, where what is narrow hides.
  bool holds(const Piece& piece, const Seen& seen, const Scales& around) const {
    const double allowed = most_rounding * std::max({seen.largest, around.near, around.inside});
    const auto is_near = [&](double x, double y) {
      return std::abs(piece.value(x) - y) <= allowed;
    };
    for (std::size_t i = first_in(piece); i < grid_.size() && grid_[i] < piece.high; ++i)
      if (!is_near(grid_[i], values_[i])) return false;
    for (const double part : from_ends) {
      const double away = part * (piece.high - piece.low);
      for (const double x : {piece.low + away, piece.high - away})
        if (!is_near(x, value(x))) return false;
    }
    return true;
  }

  /// The widest that is smooth, from `edge` to one side.
  Piece piece_beside(double edge, double side) const {
    Piece piece;
    const double size = size_of(edge);
    for (double width = 0x1p-4 * size; width > narrowest_piece * size; width /= 4) {
      piece = side < 0 ? Piece{edge - width, edge, {}} : Piece{edge, edge + width, {}};
      const Seen seen = piece.fit(function_);
      if (!seen.not_finite && is_smooth(piece, seen, {seen.largest, 0})) break;
    }
    return piece;
  }

  /// The size of φ at a place, small where it begins or ends.
  static double size_beside(const Piece& left, const Piece& right, double at) {
    return std::max({std::abs(left.value(at)), std::abs(right.value(at)),
                     0.1 * std::abs(left.value(left.low)),
                     0.1 * std::abs(right.value(right.high))});
  }

  Seen fit(Piece& piece) const {
    Seen seen = piece.fit(function_);
    if (seen.not_finite) require_finite(*seen.not_finite, value(*seen.not_finite));
    return seen;
  }

  void require_finite(double x, double y) const {
    if (!std::isfinite(y))
      refuse(fmt::format("is {} at x = {:.10g}; it must be finite on [{}, {}]",
                         std::isnan(y) ? "not a number" : "infinite", x, -reach, reach));
  }

  /// Of narrow pieces side by side the narrowest.
  void add_place(double low, double high) {
    if (is_in_place_) {
      if (high - low < places.back().high - places.back().low) places.back() = {low, high};
      return;
    }
    if (places.size() == most_kinks)
      refuse(fmt::format("is not smooth at more than {} places of [{}, {}]", most_kinks, -reach,
                         reach));
    places.push_back({low, high});
  }

  [[noreturn]] void refuse(const std::string& reason) const {
    throw InputError("network.expression", in_quotes(text_), reason);
  }

  const BulkFunction& function_;
  const std::string& text_;
  std::vector<double> grid_, values_;
  std::int64_t fits_ = 0;
  bool is_in_place_ = false;
};

SmoothPieces::SmoothPieces(const BulkFunction& function, const std::string& text,
                           const std::optional<std::vector<double>>& given) {
  std::vector<double> edges = {-reach};
  for (double edge = -reach + first_piece; edge < reach; edge += widest_piece)
    edges.push_back(edge);
  edges.push_back(reach);
  const auto add_edge = [&](double edge) {
    const auto at = std::lower_bound(edges.begin(), edges.end(), edge);
    if (at == edges.end() || *at != edge) edges.insert(at, edge);
  };
  Search search(function, text);
  const auto is_known = [&](const Search::Place& place) {
    const double room = 0x1p-30 * std::max(1.0, std::abs(place.low)) + 2 * (place.high - place.low);
    return std::any_of(kinks_.begin(), kinks_.end(), [&](const Kink& kink) {
      return kink.at >= place.low - room && kink.at <= place.high + room;
    });
  };
  if (given)
    for (const double kink : *given) {
      if (std::abs(kink) < reach) add_edge(kink);
      kinks_.push_back(search.kink_at(kink));
    }
  // Kinks that lie close together are found one after the other.
  for (bool is_new = true; is_new;) {
    is_new = false;
    search.cut(edges);
    for (const auto& place : search.places) {
      if (is_known(place)) continue;
      const Kink kink = search.kink_of(place);
      if (given)
        throw InputError("network.kinks", fmt::format("[{}]", fmt::join(*given, ", ")),
                         fmt::format("leaves out x = {:.10g}, where {} is not smooth", kink.at,
                                     in_quotes(text)));
      is_new = true;
      add_edge(kink.at);
      kinks_.push_back(kink);
    }
  }
  pieces_ = std::move(search.pieces);
  std::sort(kinks_.begin(), kinks_.end(),
            [](const Kink& one, const Kink& other) { return one.at < other.at; });
}

std::vector<double> SmoothPieces::narrow_stretches() const {
  constexpr std::size_t most = 64;  // what is narrow everywhere is not missed
  std::vector<double> all;
  for (const double width : {0x1p-1, 0x1p-3, 0x1p-5, 0x1p-7}) {
    std::vector<double> ends;
    for (const Piece& piece : pieces_) {
      if (piece.high - piece.low >= width) continue;
      if (!ends.empty() && ends.back() == piece.low) {
        ends.back() = piece.high;
      } else {
        ends.insert(ends.end(), {piece.low, piece.high});
      }
    }
    if (ends.size() <= most) all.insert(all.end(), ends.begin(), ends.end());
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

double SmoothPieces::slope(double x) const {
  const auto at = std::lower_bound(pieces_.begin(), pieces_.end(), x,
                                   [](const Piece& piece, double to) { return piece.high < to; });
  if (at == pieces_.end()) return pieces_.back().slope(x);
  const bool is_edge = x == at->high && std::next(at) != pieces_.end();
  return is_edge ? 0.5 * (at->slope(x) + std::next(at)->slope(x)) : at->slope(x);
}

double SmoothPieces::slope_beyond(const BulkFunction& function, double x) const {
  constexpr std::size_t count = 6;
  double low = -std::numeric_limits<double>::infinity(), high = -low;
  for (const Kink& kink : kinks_)
    if (kink.at <= x) {
      low = std::max(low, kink.at);
    } else {
      high = std::min(high, kink.at);
    }
  double slope = std::numeric_limits<double>::quiet_NaN();
  double before = std::numeric_limits<double>::infinity();
  for (double width = std::abs(x) / 8; width > 1e-9 * std::abs(x); width /= 4) {
    Piece piece{std::max(low, x - width), std::min(high, x + width), {}};
    const Seen seen = piece.fit(function);
    if (seen.not_finite) continue;
    const double tail = piece.tail(count);
    const bool is_rounding = tail <= most_rounding * seen.largest && tail > 0.25 * before;
    if (is_rounding) break;
    slope = piece.slope(x);
    before = tail;
    if (piece.is_smooth(seen, smooth_enough * seen.largest)) break;
  }
  return slope;
}

}  // namespace wideproof::model
