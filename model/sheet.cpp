// SPDX-License-Identifier: MIT
#include <wideproof/model/sheet.hpp>

#include <wideproof/model/names.hpp>

namespace wideproof::model {
namespace {

constexpr auto sheets = name_table<Sheet>({{Sheet::ring, "ring"}, {Sheet::torus, "torus"}});

}  // namespace

std::string_view name_of(Sheet sheet) {
  return sheets[sheet];
}

Sheet sheet_from_name(std::string_view key, std::string_view name) {
  return sheets.value(key, name);
}

SheetShape shape_of(Sheet sheet, std::int64_t width) {
  SheetShape shape{1, width};
  if (sheet == Sheet::ring) return shape;
  for (std::int64_t rows = 1; rows * rows <= width; ++rows) {
    if (width % rows == 0) shape = {rows, width / rows};
  }
  return shape;
}

}  // namespace wideproof::model
