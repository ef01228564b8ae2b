// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/smooth_pieces.hpp>

#include <algorithm>
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

constexpr std::size_t nodes = SmoothPieces::degree + 1;
constexpr double widest_piece = 2.0;
constexpr double first_piece = 0.7548776662466927;
/// What is as narrow holds a kink, or something as sharp.
constexpr double narrow_piece = 0x1p-8;
constexpr double narrowest_piece = 0x1p-36;
constexpr std::int64_t most_fits = 200'000;
constexpr double epsilon = std::numeric_limits<double>::epsilon();
/// Of the last three coefficients over the largest value near by.
constexpr double smooth_enough = 2e-14;

double chebyshev_node(std::size_t k) {
  return std::cos(std::numbers::pi * (static_cast<double>(k) + 0.5) / static_cast<double>(nodes));
}

/// T_j at node k.
double cosine(std::size_t j, std::size_t k) {
  static const auto table = [] {
    std::array<std::array<double, nodes>, nodes> all;
    for (std::size_t row = 0; row < nodes; ++row)
      for (std::size_t column = 0; column < nodes; ++column)
        all[row][column] = std::cos(static_cast<double>(row) * std::acos(chebyshev_node(column)));
    return all;
  }();
  return table[j][k];
}

double in_unit(double x, double low, double high) {
  return (2 * x - low - high) / (high - low);
}

}  // namespace

double SmoothPieces::Piece::value(double x) const {
  const double t = in_unit(x, low, high);
  double next = 0, after = 0;
  for (std::size_t j = degree; j > 0; --j)
    after = std::exchange(next, 2 * t * next - after + coefficients[j]);
  return t * next - after + coefficients[0];
}

double SmoothPieces::Piece::slope(double x) const {
  // T_j' = j U_{j−1}
  const double t = in_unit(x, low, high);
  double next = 0, after = 0;
  for (std::size_t j = degree; j > 1; --j)
    after = std::exchange(next, 2 * t * next - after + static_cast<double>(j) * coefficients[j]);
  return (2 * t * next - after + coefficients[1]) * 2 / (high - low);
}

double SmoothPieces::Piece::curvature(double x) const {
  const double away = 1e-2 * (high - low);
  const double inwards = x > 0.5 * (low + high) ? -away : away;
  return (slope(x + inwards) - slope(x)) / inwards;
}

/// Cuts [−reach, reach] into pieces and finds places where that takes narrow ones.
class SmoothPieces::Search {
 public:
  Search(const BulkFunction& function, const std::string& text)
      : function_(function), text_(text) {}

  struct Place {
    double low, high;
  };

  /// At `edges`, ascending.
  void cut(const std::vector<double>& edges) {
    pieces.clear();
    places.clear();
    is_in_place_ = false;
    for (std::size_t k = 0; k + 1 < edges.size(); ++k) {
      Piece whole{edges[k], edges[k + 1], {}};
      cut(edges[k], edges[k + 1], fit(whole));
    }
  }

  /// The kink of a place, told from pieces beside it.
  Kink kink_of(const Place& place) const {
    // A piece that happens to be smooth may be as narrow as the one beside it that is not.
    const double width = place.high - place.low;
    double low = place.low - width;
    double high = place.high + width;
    const Piece left = piece_beside(low, -1);
    const Piece right = piece_beside(high, 1);
    const double middle = 0.5 * (low + high);
    const double apart = right.value(middle) - left.value(middle);
    const double slopes = right.slope(middle) - left.slope(middle);
    const double curvatures = right.curvature(high) - left.curvature(low);
    const double size =
        std::max({std::abs(right.value(middle)), std::abs(left.value(middle)), 1e-3});
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
    const double size = std::max({std::abs(left.value(at)), std::abs(right.value(at)), 1e-3});
    const double steepness = std::max({std::abs(left.slope(at)), std::abs(right.slope(at)), size});
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

  void cut(double low, double high, double scale_around) {
    if (++fits_ > most_fits) refuse(fmt::format("is not smooth near x = {:.10g}", low));
    Piece piece{low, high, {}};
    const double scale = fit(piece);
    const double size = std::max(1.0, std::abs(low));
    const bool is_narrowest = high - low <= narrowest_piece * size;
    if (is_smooth(piece, scale, scale_around) || is_narrowest) {
      // A power that is not square integrable has grown by more on the way to a narrowest piece.
      if (scale > 0x1p17 * scale_around)
        refuse(fmt::format("grows without bound near x = {:.3g}, so that it has no second moment",
                           low));
      pieces.push_back(piece);
      const bool is_narrow = high - low <= narrow_piece * size;
      if (is_narrow) add_place(low, high);
      is_in_place_ = is_narrow;
      return;
    }
    // Not in the middle, where numbers that people write would be edges.
    const double between = low + 0.4877665 * (high - low);
    cut(low, between, scale_around);
    cut(between, high, scale_around);
  }

  static bool is_smooth(const Piece& piece, double scale, double scale_around) {
    const auto& c = piece.coefficients;
    const double tail = std::abs(c[degree]) + std::abs(c[degree - 1]) + std::abs(c[degree - 2]);
    // What x itself is rounded by moves values that are small for what is around them.
    return tail <= smooth_enough * (scale + 0.05 * scale_around);
  }

  /// The widest that is smooth, from `edge` to one side.
  Piece piece_beside(double edge, double side) const {
    Piece piece;
    for (double width = 0x1p-4; width > narrowest_piece; width /= 4) {
      piece = side < 0 ? Piece{edge - width, edge, {}} : Piece{edge, edge + width, {}};
      const double scale = fit(piece);
      if (is_smooth(piece, scale, scale)) break;
    }
    return piece;
  }

  /// Returns the largest |value|.
  double fit(Piece& piece) const {
    std::array<double, nodes> x, y;
    for (std::size_t k = 0; k < nodes; ++k)
      x[k] = 0.5 * (piece.low + piece.high) + 0.5 * (piece.high - piece.low) * chebyshev_node(k);
    function_(x.data(), static_cast<std::int64_t>(nodes), y.data());
    double largest = 0;
    for (std::size_t k = 0; k < nodes; ++k) {
      if (!std::isfinite(y[k]))
        refuse(fmt::format("is {} at x = {:.10g}; it must be finite on [{}, {}]",
                           std::isnan(y[k]) ? "not a number" : "infinite", x[k], -reach, reach));
      largest = std::max(largest, std::abs(y[k]));
    }
    for (std::size_t j = 0; j < nodes; ++j) {
      double sum = 0;
      for (std::size_t k = 0; k < nodes; ++k) sum += y[k] * cosine(j, k);
      const double coefficient = (j == 0 ? 1 : 2) * sum / static_cast<double>(nodes);
      // Rounding, which slopes would multiply.
      const bool is_noise = std::abs(coefficient) <= 2 * epsilon * largest;
      piece.coefficients[j] = is_noise ? 0 : coefficient;
    }
    return largest;
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
      kinks_.push_back(std::abs(kink) < reach ? search.kink_at(kink) : Kink{kink, 0, 0});
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

double SmoothPieces::slope(double x) const {
  const auto at = std::lower_bound(pieces_.begin(), pieces_.end(), x,
                                   [](const Piece& piece, double to) { return piece.high < to; });
  if (at == pieces_.end()) return pieces_.back().slope(x);
  const bool is_edge = x == at->high && std::next(at) != pieces_.end();
  return is_edge ? 0.5 * (at->slope(x) + std::next(at)->slope(x)) : at->slope(x);
}

}  // namespace wideproof::model
