// SPDX-License-Identifier: MIT
#include <wideproof/model/files/sha256.hpp>

#include <array>
#include <new>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace wideproof::model {
namespace {

void require(int done) {
  if (done != 1) throw std::runtime_error("OpenSSL cannot compute SHA-256");
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_) throw std::bad_alloc();
  require(EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr));
}

void Sha256::add(std::span<const unsigned char> bytes) {
  require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

std::string Sha256::hex() const {
  Sha256 until_now;
  require(EVP_MD_CTX_copy_ex(until_now.context_.get(), context_.get()));
  std::array<unsigned char, 32> digest{};
  require(EVP_DigestFinal_ex(until_now.context_.get(), digest.data(), nullptr));
  return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace wideproof::model
