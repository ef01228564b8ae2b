// SPDX-License-Identifier: MIT
#include <wideproof/model/training/regularizer_options.hpp>

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

constexpr auto regularizers =
    name_table<Regularizer>({{Regularizer::none, "none"},
                             {Regularizer::l1, "l1"},
                             {Regularizer::l2, "l2"},
                             {Regularizer::mean_correlation, "mean-correlation"},
                             {Regularizer::t1, "t1"},
                             {Regularizer::t2, "t2"}});

}  // namespace

std::string_view name_of(Regularizer regularizer) {
  return regularizers[regularizer];
}
Regularizer regularizer_from_name(std::string_view key, std::string_view name) {
  return regularizers.value(key, name);
}

std::int64_t RegularizerOptions::neurons_of(std::int64_t width) const {
  if (neurons) return *neurons;
  return std::max<std::int64_t>(1, std::llround(share * static_cast<double>(width)));
}

void RegularizerOptions::validate() const {
  if (!(strength >= 0) || !std::isfinite(strength))
    throw InputError("training.regularizer.strength", strength, "must be at least 0 and finite");
  if (!(a >= 0 && a <= 1)) throw InputError("training.regularizer.a", a, "must lie in [0, 1]");
  if (neurons && *neurons < 1)
    throw InputError("training.regularizer.neurons", *neurons,
                     "must be at least 1 as a number of neurons of each hidden layer");
  if (!(share > 0 && share <= 1))
    throw InputError("training.regularizer.neurons", share,
                     "must lie in (0, 1] as a share of each hidden layer");
}

void RegularizerOptions::check_fits(const std::vector<std::int64_t>& widths) const {
  if (!is_of_correlations() || !neurons || widths.empty()) return;
  const auto narrowest = *std::min_element(widths.begin(), widths.end());
  if (*neurons > narrowest)
    throw InputError(
        "training.regularizer.neurons", *neurons,
        fmt::format("must not exceed the {} neurons of the narrowest hidden layer", narrowest));
}

void RegularizerOptions::check_batches(std::int64_t batch, std::int64_t inputs) const {
  if (!is_of_correlations()) return;
  if (batch > 1 && inputs % batch != 1) return;
  throw InputError("training.regularizer.kind", in_quotes(name_of(kind)),
                   "needs batches of at least 2 inputs, since one has no correlations; " +
                       (batch == 1 ? std::string("batches are of 1")
                                   : fmt::format("{} inputs in batches of {} leave 1 to the last",
                                                 inputs, batch)));
}

}  // namespace wideproof::model
