// SPDX-License-Identifier: MIT
#include <wideproof/model/training/auto_encoder_options.hpp>

#include <cmath>

#include <wideproof/model/input_error.hpp>
#include <wideproof/model/names.hpp>
#include <wideproof/model/require_between.hpp>

namespace wideproof::model {
namespace {

constexpr auto starts =
    name_table<ColumnStart>({{ColumnStart::samples, "samples"}, {ColumnStart::normal, "normal"}});

}  // namespace

std::string_view name_of(ColumnStart start) {
  return starts[start];
}

ColumnStart column_start_from_name(std::string_view key, std::string_view name) {
  return starts.value(key, name);
}

double AutoEncoderOptions::blend(std::int64_t epoch) const {
  if (blend_epochs == 0) return 1;
  return -std::expm1(-static_cast<double>(epoch) / blend_epochs);
}

void AutoEncoderOptions::validate() const {
  require_between("training.auto_encoder.samples", samples, 1, std::int64_t{100'000'000});
  require_between("training.auto_encoder.blend_epochs", blend_epochs, 0.0, 1e9);
  if (connectivity && !(*connectivity > 0 && *connectivity < 1))
    throw InputError("training.auto_encoder.connectivity", *connectivity, "must lie in (0, 1)");
  if (kept) require_between("training.auto_encoder.kept", *kept, 1, std::int64_t{10'000'000});
  if (!(rate_decay > 0 && rate_decay <= 1))
    throw InputError("training.auto_encoder.rate_decay", rate_decay, "must lie in (0, 1]");
  if (!(start_deviation > 0) || !std::isfinite(start_deviation))
    throw InputError("training.auto_encoder.start_deviation", start_deviation,
                     "must be positive and finite");
}

}  // namespace wideproof::model
