// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/read_keys.hpp>

#include <algorithm>
#include <initializer_list>

namespace wideproof::app {

bool reads(const model::ActivationChoice& choice, std::string_view key) {
  const auto activation = choice.activation;
  for (const auto own : {"frequency", "slope", "rate", "order", "expression", "kinks"})
    if (key == own) return is_pointwise(activation) && reads(choice.function, key);
  if (key == "active_fraction" || key == "threshold") return is_thresholded(activation);
  if (key == "sparseness" || key == "signed")
    return activation == model::Activation::sparse_projection;
  return true;
}

bool reads(model::LateralFilter::Kind kind, std::string_view key) {
  using Kind = model::LateralFilter::Kind;
  const bool is_local = kind != Kind::none && kind != Kind::uniform;
  if (key == "taps" || key == "sheet") return is_local;
  if (key == "scale") return is_local && kind != Kind::box;
  if (key == "surround_scale" || key == "surround_strength") return kind == Kind::mexican_hat;
  if (key == "degree") return kind == Kind::uniform;
  return true;
}

bool reads(model::InputSpec::Source source, std::string_view key) {
  using Source = model::InputSpec::Source;
  const auto is = [source](std::initializer_list<Source> readers) {
    return std::find(readers.begin(), readers.end(), source) != readers.end();
  };
  if (key == "count") return is({Source::circle, Source::gaussian, Source::mixture, Source::idx});
  if (key == "endpoint") return is({Source::circle});
  if (key == "dimension") return is({Source::gaussian, Source::mixture});
  if (key == "clusters" || key == "separation") return is({Source::mixture});
  if (key == "cosines") return is({Source::cosines});
  if (key == "file") return is({Source::csv, Source::npy});
  if (key == "images" || key == "labels" || key == "classes" || key == "per_class")
    return is({Source::idx});
  if (key == "seed") return is({Source::gaussian, Source::mixture, Source::idx});
  return true;
}

}  // namespace wideproof::app
