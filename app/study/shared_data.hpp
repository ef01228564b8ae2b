// SPDX-License-Identifier: MIT
#pragma once

#include <any>
#include <map>
#include <memory>
#include <string>

namespace wideproof::app {

/// What the runs of one sweep load once for all of them that read the same.
class SharedData {
 public:
  /// What was made under this name, or else what `make` returns now. A name stands for one type.
  template <class Data, class Make>
  std::shared_ptr<const Data> get(const std::string& name, const Make& make) {
    auto& kept = kept_[name];
    if (!kept.has_value()) kept = std::shared_ptr<const Data>(make());
    return std::any_cast<std::shared_ptr<const Data>>(kept);
  }

 private:
  std::map<std::string, std::any> kept_;
};

}  // namespace wideproof::app
