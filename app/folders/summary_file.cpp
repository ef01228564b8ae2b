// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/summary_file.hpp>

#include <cstddef>

#include <nlohmann/json.hpp>

#include <wideproof/app/files/read_text.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

/// Versions before report::MatricesInJson wrote large ones.
constexpr std::size_t largest_summary = std::size_t{1} << 30U;

}  // namespace

void read_summary(const std::string& file, RunRecord& record) {
  try {
    const auto json = nlohmann::json::parse(read_text(file, largest_summary));
    const auto& from = json.at("provenance");
    const auto number_or_zero = [&from](const char* key) {
      return from.at(key).is_null() ? 0.0 : from.at(key).get<double>();
    };
    record.made_by = {.version = from.at("version"),
                      .commit = from.at("commit"),
                      .libtorch = from.at("libtorch"),
                      .compiler = from.at("compiler"),
                      .threads = static_cast<int>(number_or_zero("threads")),
                      .ranks = static_cast<int>(number_or_zero("ranks")),
                      .wall_seconds = number_or_zero("wall_seconds")};
    record.inputs = {.source = json.at("inputs").at("source"),
                     .count = json.at("inputs").at("count"),
                     .dimension = json.at("inputs").at("dimension")};
  } catch (const nlohmann::json::exception& error) {
    throw model::InputError(
        fmt::format("{}: is no summary of this program: {}", model::in_quotes(file), error.what()));
  }
}

}  // namespace wideproof::app
