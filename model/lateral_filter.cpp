// SPDX-License-Identifier: MIT
#include <wideproof/model/lateral_filter.hpp>

#include <cmath>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

using Kind = LateralFilter::Kind;

constexpr auto kinds = name_table<Kind>({
    {Kind::none, "none"},
    {Kind::box, "box"},
    {Kind::gaussian, "gaussian"},
    {Kind::exponential, "exponential"},
    {Kind::mexican_hat, "mexican-hat"},
    {Kind::uniform, "uniform"},
});

/// Per axis; on a torus the taps, and the autocorrelation's cost, go with its square and fourth
/// power.
std::int64_t largest_support(Sheet sheet) {
  return sheet == Sheet::ring ? 4095 : 127;
}

std::string join(std::string_view key, std::string_view leaf) {
  return fmt::format("{}.{}", key, leaf);
}

void require_scale(std::string_view key, std::string_view leaf, double scale, double lower) {
  if (!(scale > lower && scale <= 1000.0)) {
    throw InputError(join(key, leaf), scale, fmt::format("must lie in ({}, 1000] neurons", lower));
  }
}

/// Profile over the distance from the centre, on one axis or two.
template <class Profile>
Eigen::ArrayXXd sampled(std::int64_t taps, Sheet sheet, Profile profile) {
  const std::int64_t reach = taps / 2;
  const std::int64_t row_reach = sheet == Sheet::torus ? reach : 0;
  Eigen::ArrayXXd w(2 * row_reach + 1, 2 * reach + 1);
  for (std::int64_t y = -row_reach; y <= row_reach; ++y) {
    for (std::int64_t x = -reach; x <= reach; ++x) {
      w(y + row_reach, x + reach) =
          profile(std::hypot(static_cast<double>(x), static_cast<double>(y)));
    }
  }
  return w;
}

Eigen::ArrayXXd gaussian_taps(std::int64_t taps, Sheet sheet, double scale) {
  return sampled(taps, sheet, [=](double a) { return std::exp(-std::pow(a / scale, 2) / 2); });
}

/// Taps that leave out tails below about 1e-8 of the centre.
std::int64_t default_taps(const LateralFilter::Options& o) {
  switch (o.kind) {
    case Kind::gaussian:
      return 2 * static_cast<std::int64_t>(std::ceil(6 * o.scale)) + 1;
    case Kind::exponential:
      return 2 * static_cast<std::int64_t>(std::ceil(18 * o.scale)) + 1;
    case Kind::mexican_hat:
      return 2 * static_cast<std::int64_t>(std::ceil(6 * o.surround_scale)) + 1;
    default:
      return 0;
  }
}

}  // namespace

LateralFilter::LateralFilter(std::string_view key, const Options& options) : options_(options) {
  auto& o = options_;
  if (o.kind == Kind::none) return;
  if (o.kind == Kind::uniform) {
    if (!(o.degree >= -1 && std::isfinite(o.degree))) {
      throw InputError(join(key, "degree"), o.degree, "must be finite and at least -1");
    }
    return;
  }
  if (o.kind != Kind::box) require_scale(key, "scale", o.scale, 0.0);
  if (o.kind == Kind::mexican_hat) {
    require_scale(key, "surround_scale", o.surround_scale, o.scale);
    if (!(o.surround_strength > 0 && o.surround_strength <= 1)) {
      throw InputError(join(key, "surround_strength"), o.surround_strength,
                       "must lie in (0, 1]; 1 makes the taps sum to zero");
    }
  }
  const bool taps_follow_from_scale = o.taps == 0 && o.kind != Kind::box;
  if (taps_follow_from_scale) o.taps = default_taps(o);
  const std::int64_t largest = largest_support(o.sheet);
  if (taps_follow_from_scale && o.taps > largest) {
    const auto leaf = o.kind == Kind::mexican_hat ? "surround_scale" : "scale";
    throw InputError(join(key, leaf), o.kind == Kind::mexican_hat ? o.surround_scale : o.scale,
                     fmt::format("asks for {} taps; at most {} on a {}: give taps as well", o.taps,
                                 largest, name_of(o.sheet)));
  }
  if (o.taps < 1 || o.taps > largest) {
    throw InputError(join(key, "taps"), o.taps,
                     fmt::format("must lie in [1, {}] on a {}", largest, name_of(o.sheet)));
  }
  if (o.kind != Kind::box && o.taps % 2 == 0) {
    throw InputError(join(key, "taps"), o.taps, "must be odd, so that the filter has a centre");
  }
  switch (o.kind) {
    case Kind::box:
      taps_ = Eigen::ArrayXXd::Ones(o.sheet == Sheet::torus ? o.taps : 1, o.taps);
      break;
    case Kind::gaussian:
      taps_ = gaussian_taps(o.taps, o.sheet, o.scale);
      break;
    case Kind::exponential:
      taps_ = sampled(o.taps, o.sheet, [s = o.scale](double a) { return std::exp(-a / s); });
      break;
    case Kind::mexican_hat: {
      const Eigen::ArrayXXd centre = gaussian_taps(o.taps, o.sheet, o.scale);
      const Eigen::ArrayXXd surround = gaussian_taps(o.taps, o.sheet, o.surround_scale);
      taps_ = centre / centre.sum() - o.surround_strength * surround / surround.sum();
      if (!(taps_.square().sum() > 0)) {
        throw InputError(join(key, "taps"), o.taps,
                         "leaves no filter: centre and surround cancel; give more taps");
      }
      break;
    }
    default:
      break;
  }
}

LateralFilter LateralFilter::box(std::int64_t taps, Sheet sheet) {
  return LateralFilter("filter", {.kind = Kind::box, .sheet = sheet, .taps = taps});
}

LateralFilter LateralFilter::uniform(double degree) {
  return LateralFilter("filter", {.kind = Kind::uniform, .degree = degree});
}

bool LateralFilter::is_local() const {
  return kind() != Kind::none && kind() != Kind::uniform;
}

void LateralFilter::check_fits(std::string_view key, std::int64_t width) const {
  if (kind() == Kind::uniform && !(options_.degree < static_cast<double>(width))) {
    throw InputError(join(key, "degree"), options_.degree,
                     fmt::format("must be below every width (the pairwise correlation is "
                                 "degree / width); the smallest width is {}",
                                 width));
  }
  if (!is_local()) return;
  const SheetShape shape = shape_of(sheet(), width);
  const std::int64_t room = sheet() == Sheet::ring ? width : shape.rows;
  if (options_.taps > room) {
    throw InputError(
        join(key, "taps"), options_.taps,
        sheet() == Sheet::ring
            ? fmt::format("must not exceed the width {}", width)
            : fmt::format("must not exceed {}: width {} makes a torus of {} x {} neurons", room,
                          width, shape.rows, shape.columns));
  }
}

std::string_view name_of(Kind kind) {
  return kinds[kind];
}

Kind filter_kind_from_name(std::string_view key, std::string_view name) {
  return kinds.value(key, name);
}

}  // namespace wideproof::model
