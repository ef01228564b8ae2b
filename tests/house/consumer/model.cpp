// SPDX-License-Identifier: MIT
#include <wideproof/model.hpp>

int main() {
  const auto inputs = wideproof::model::circle_inputs(4);
  return inputs.cosines()(0, 2) == -1.0 ? 0 : 1;
}
