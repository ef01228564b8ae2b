// SPDX-License-Identifier: MIT
#include <wideproof/compare/claim.hpp>

namespace wideproof::compare {

std::vector<std::string> exact_claims(const std::vector<Claim>& claims) {
  std::vector<std::string> sentences;
  for (const Claim& claim : claims)
    if (!claim.exactness.empty())
      sentences.push_back(claim.name + ": the number shown, of " + claim.where + ", is " +
                          claim.exactness + ", so that it has no error and no interval");
  return sentences;
}

}  // namespace wideproof::compare
