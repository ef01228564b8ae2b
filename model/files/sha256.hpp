// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <span>
#include <string>

struct evp_md_ctx_st;

namespace wideproof::model {

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece.
class Sha256 {
 public:
  Sha256();

  void add(std::span<const unsigned char> bytes);

  /// Of everything added so far: 64 hexadecimal digits in lower case.
  std::string hex() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };

  std::unique_ptr<evp_md_ctx_st, Free> context_;
};

}  // namespace wideproof::model
