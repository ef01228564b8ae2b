// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/likeness_words.hpp>

#include <fmt/format.h>

namespace wideproof::report {

std::string in_words(const compare::Likeness& likeness) {
  using Kind = compare::Likeness::Kind;
  switch (likeness.kind) {
    case Kind::undivided:
      return fmt::format(
          "this looks like a matter of scale: every entry of your prediction is {:.4g} times the "
          "theory's, which is divided by k_τ(1), the gram_scale of summary.json",
          likeness.factor);
    case Kind::divided_twice:
      return fmt::format(
          "this looks like a matter of scale: every entry of your prediction is {:.4g} times the "
          "theory's, as if it were divided by k_τ(1), the gram_scale of summary.json, once too "
          "often",
          likeness.factor);
    case Kind::own_kernel:
      return "this looks like a matter of layers: your prediction holds the kernel that each layer "
             "sees, in place of that of its activations";
    case Kind::next_kernel:
      return "this looks like a matter of layers: your prediction holds the kernel that the layer "
             "after each one sees; compare.prediction_kind = \"kernel\" says so";
    case Kind::next_layer:
      return "this looks like a matter of layers: your prediction has in each layer the "
             "matrix of the layer after it";
    case Kind::none:
      break;
  }
  return {};
}

}  // namespace wideproof::report
