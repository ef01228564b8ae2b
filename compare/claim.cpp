// SPDX-License-Identifier: MIT
#include <wideproof/compare/claim.hpp>

namespace wideproof::compare {

std::vector<std::string> exact_claims(const std::vector<Claim>& claims) {
  std::vector<std::string> sentences;
  for (const Claim& claim : claims)
    if (!claim.exactness.empty())
      sentences.push_back(claim.name + ": " + claim.where + " is " + claim.exactness);
  return sentences;
}

}  // namespace wideproof::compare
