// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/activation_choice.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nearest_name.hpp>

namespace wideproof::model {
namespace {

constexpr std::string_view prefix = "thresholded-";

constexpr std::array own_names = {Activation::thresholded_relu,
                                  Activation::thresholded_step,
                                  Activation::relu,
                                  Activation::erf,
                                  Activation::tanh,
                                  Activation::linear,
                                  Activation::sparse_projection};

/// Those that an experiment can name; the last three with the prefix alone.
constexpr std::array selectable_functions = {Function::gelu,
                                             Function::sin,
                                             Function::cos,
                                             Function::leaky_relu,
                                             Function::abs,
                                             Function::sign,
                                             Function::elu,
                                             Function::exp,
                                             Function::gauss,
                                             Function::rbf,
                                             Function::gabor,
                                             Function::monomial,
                                             Function::rectified_power,
                                             Function::hermite,
                                             Function::sigmoid_like,
                                             Function::softplus,
                                             Function::silu,
                                             Function::mish,
                                             Function::sigmoid,
                                             Function::hard_tanh,
                                             Function::hard_sigmoid,
                                             Function::hard_swish,
                                             Function::expression,
                                             Function::tanh,
                                             Function::erf,
                                             Function::linear};

std::optional<Function> function_named(std::string_view name) {
  const auto at = std::find_if(selectable_functions.begin(), selectable_functions.end(),
                               [&](Function function) { return name_of(function) == name; });
  return at == selectable_functions.end() ? std::nullopt : std::optional(*at);
}

std::vector<std::string_view> plain_names() {
  std::vector<std::string_view> names;
  for (const auto activation : own_names) names.push_back(name_of(activation));
  for (const auto function : selectable_functions)
    if (std::find(names.begin(), names.end(), name_of(function)) == names.end())
      names.push_back(name_of(function));
  return names;
}

}  // namespace

std::string name_of(const ActivationChoice& choice) {
  if (choice.activation == Activation::pointwise) return std::string(name_of(choice.function));
  if (choice.activation == Activation::thresholded_pointwise)
    return fmt::format("{}{}", prefix, name_of(choice.function));
  return std::string(name_of(choice.activation));
}

ActivationChoice activation_from_name(std::string_view key, std::string_view name) {
  for (const auto activation : own_names)
    if (name == name_of(activation)) return {activation};
  const bool is_thresholded = name.starts_with(prefix);
  if (const auto function = function_named(is_thresholded ? name.substr(prefix.size()) : name))
    return {is_thresholded ? Activation::thresholded_pointwise : Activation::pointwise, *function};
  const auto names = plain_names();
  throw InputError(key, in_quotes(name, 100),
                   fmt::format("must be one of {}, or one of them after \"{}\"{}",
                               fmt::join(names, ", "), prefix, did_you_mean(names, name)));
}

}  // namespace wideproof::model
