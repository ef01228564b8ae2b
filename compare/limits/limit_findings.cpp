// SPDX-License-Identifier: MIT
#include <wideproof/compare/limits/limit_findings.hpp>

#include <algorithm>

namespace wideproof::compare {

bool LimitFindings::is_equivalent() const {
  return std::all_of(estimates().begin(), estimates().end(), [this](const auto& at) {
    return !at.number.is_judged || at.is_equal(options.family_error);
  });
}

LimitFindings find_limits(const std::vector<NetworkNumbers>& measured,
                          const std::vector<LimitNumber>& numbers,
                          const std::vector<std::size_t>& joint_numbers,
                          const LimitOptions& options) {
  LimitFindings found{.options = options};
  found.fewest_networks = measured.front().rows.rows();
  for (const NetworkNumbers& at : measured) {
    found.widths.push_back(at.width);
    found.fewest_networks = std::min<std::int64_t>(found.fewest_networks, at.rows.rows());
  }
  const auto widths = static_cast<Eigen::Index>(measured.size());
  if (measured.size() > 1) {
    found.limits = fit_number_limits(measured, numbers, joint_numbers, options);
    const ClassLimit& joint = found.limits->joint;
    found.heavy = heavy_numbers(measured, numbers, joint.influence, joint.guard_influence, options);
  } else {
    found.means = means_at_largest_width(measured, numbers, options);
    found.heavy =
        heavy_numbers(measured, numbers, Eigen::VectorXd::Unit(widths, widths - 1), {}, options);
  }
  return found;
}

}  // namespace wideproof::compare
