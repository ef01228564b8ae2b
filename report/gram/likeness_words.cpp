// SPDX-License-Identifier: MIT
#include <wideproof/report/gram/likeness_words.hpp>

#include <fmt/format.h>

namespace wideproof::report {

namespace {

/// "every entry of your prediction is 0.0468 times the theory's"
std::string scaled(const compare::Likeness& likeness) {
  return fmt::format(
      "this looks like a matter of scale: every entry of your prediction is {:.4g} times the "
      "theory's",
      likeness.factor);
}

}  // namespace

std::string in_words(const compare::Likeness& likeness) {
  using Kind = compare::Likeness::Kind;
  const bool of_kernels = likeness.of_kernels;
  switch (likeness.kind) {
    case Kind::undivided:
      return scaled(likeness) +
             (of_kernels ? ", which is near k_τ(1), the gram_scale of summary.json: Gram matrices "
                           "are divided by it, kernels are not"
                         : ", which is divided by k_τ(1), the gram_scale of summary.json");
    case Kind::divided_twice:
      return scaled(likeness) +
             (of_kernels ? ", as if it were divided by k_τ(1), the gram_scale of summary.json: "
                           "Gram matrices are, kernels are not"
                         : ", as if it were divided by k_τ(1), the gram_scale of summary.json, "
                           "once too often");
    case Kind::scaled:
      return scaled(likeness);
    case Kind::own_kernel:
      return std::string(
                 "this looks like a matter of layers: your prediction holds the kernel "
                 "that each layer sees, in place of ") +
             (of_kernels ? "the one that the layer after it sees" : "that of its activations");
    case Kind::next_kernel:
      return "this looks like a matter of layers: your prediction holds the kernel that the layer "
             "after each one sees; compare.prediction_kind = \"kernel\" says so";
    case Kind::gram:
      return "your prediction holds the Gram matrices of activations; compare.prediction_kind = "
             "\"gram\" says so";
    case Kind::reordered:
      return "this looks like a matter of layers: your prediction has the theory's matrices in "
             "another order; the first layer's comes first";
    case Kind::next_layer:
      return std::string(
                 "this looks like a matter of layers: your prediction has in each layer "
                 "the ") +
             (of_kernels ? "kernel" : "matrix") + " of the layer after it";
    case Kind::none:
      break;
  }
  return {};
}

}  // namespace wideproof::report
