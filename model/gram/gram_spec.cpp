// SPDX-License-Identifier: MIT
#include <wideproof/model/gram/gram_spec.hpp>

namespace wideproof::model {

Experiment::Options GramSpec::defaults() {
  Experiment::Options options;
  options.kind = std::make_shared<GramSpec>();
  return options;
}

}  // namespace wideproof::model
