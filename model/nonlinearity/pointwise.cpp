// SPDX-License-Identifier: MIT
#include <wideproof/model/nonlinearity/pointwise.hpp>

#include <algorithm>
#include <cmath>
#include <initializer_list>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/nonlinearity/named_functions.hpp>
#include <wideproof/model/nonlinearity/piecewise_function.hpp>

namespace wideproof::model {
namespace {

constexpr std::int64_t most_order = 50;

constexpr auto functions = name_table<Function>({
    {Function::gelu, "gelu"},
    {Function::sin, "sin"},
    {Function::cos, "cos"},
    {Function::leaky_relu, "leaky-relu"},
    {Function::abs, "abs"},
    {Function::sign, "sign"},
    {Function::elu, "elu"},
    {Function::exp, "exp"},
    {Function::gauss, "gauss"},
    {Function::rbf, "rbf"},
    {Function::gabor, "gabor"},
    {Function::monomial, "monomial"},
    {Function::rectified_power, "rectified-power"},
    {Function::hermite, "hermite"},
    {Function::sigmoid_like, "sigmoid-like"},
    {Function::softplus, "softplus"},
    {Function::silu, "silu"},
    {Function::mish, "mish"},
    {Function::sigmoid, "sigmoid"},
    {Function::hard_tanh, "hard-tanh"},
    {Function::hard_sigmoid, "hard-sigmoid"},
    {Function::hard_swish, "hard-swish"},
    {Function::tanh, "tanh"},
    {Function::erf, "erf"},
    {Function::linear, "linear"},
    {Function::expression, "expression"},
    {Function::callable, "callable"},
});

void require_parameters(const PointwiseOptions& options) {
  const auto function = options.function;
  if (reads(function, "frequency") && !(std::isfinite(options.frequency) && options.frequency != 0))
    throw InputError("network.frequency", options.frequency, "must be finite and not 0");
  if (reads(function, "slope") && !std::isfinite(options.slope))
    throw InputError("network.slope", options.slope, "must be finite");
  if (function == Function::exp && !(std::isfinite(options.rate) && options.rate != 0))
    throw InputError("network.rate", options.rate, "must be finite and not 0");
  if ((function == Function::gauss || function == Function::rbf) &&
      !(std::isfinite(options.rate) && options.rate > 0))
    throw InputError("network.rate", options.rate, "must be positive and finite");
  if (reads(function, "order") && (options.order < 0 || options.order > most_order))
    throw InputError("network.order", options.order,
                     fmt::format("must lie in [0, {}]", most_order));
  if (reads(function, "kinks") && options.kinks)
    for (const double kink : *options.kinks)
      if (!std::isfinite(kink))
        throw InputError("network.kinks", fmt::format("[{}]", fmt::join(*options.kinks, ", ")),
                         "must be finite numbers");
}

}  // namespace

std::string_view name_of(Function function) {
  return functions[function];
}

Function function_from_name(std::string_view key, std::string_view name) {
  return functions.value(key, name);
}

bool reads(Function function, std::string_view key) {
  const auto is = [function](std::initializer_list<Function> readers) {
    return std::find(readers.begin(), readers.end(), function) != readers.end();
  };
  if (key == "frequency") return is({Function::sin, Function::cos});
  if (key == "slope") return is({Function::leaky_relu});
  if (key == "rate") return is({Function::exp, Function::gauss, Function::rbf});
  if (key == "order") return is({Function::monomial, Function::rectified_power, Function::hermite});
  if (key == "expression" || key == "kinks") return is({Function::expression});
  return false;
}

std::shared_ptr<const Nonlinearity> make_nonlinearity(const PointwiseOptions& options) {
  require_parameters(options);
  if (options.function == Function::callable) {
    if (options.callable == nullptr)
      throw InputError("network.activation", "\"callable\"", "has no function");
    return options.callable;
  }
  if (options.function == Function::expression)
    return std::make_shared<PiecewiseFunction>(expression_values(options.expression),
                                               options.expression, options.kinks);
  return named_function(options);
}

}  // namespace wideproof::model
