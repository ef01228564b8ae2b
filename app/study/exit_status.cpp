// SPDX-License-Identifier: MIT
#include <wideproof/app/study/exit_status.hpp>

namespace wideproof::app {

int exit_status(const compare::Verdict& verdict) {
  switch (verdict.outcome) {
    case compare::Outcome::agree:
      return 0;
    case compare::Outcome::disagree:
      return 1;
    case compare::Outcome::inconclusive:
      return 3;
  }
  return 3;
}

}  // namespace wideproof::app
