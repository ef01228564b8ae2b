// SPDX-License-Identifier: MIT
#include <wideproof/compare/sweep/grouped_advice.hpp>

#include <algorithm>
#include <cctype>
#include <cstdlib>

namespace wideproof::compare {
namespace {

/// A text that was cut at its numbers: words[0] numbers[0] words[1] … words[n].
struct CutAdvice {
  std::vector<std::string> words = {""};
  std::vector<std::string> numbers;
};

bool is_digit(const std::string& text, std::size_t at) {
  return at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0;
}

/// Past the number that begins at `at`: digits, points or commas between digits, an exponent.
std::size_t end_of_number(const std::string& text, std::size_t at) {
  while (is_digit(text, at) ||
         (at < text.size() && (text[at] == '.' || text[at] == ',') && is_digit(text, at + 1)))
    ++at;
  if (text.compare(at, 2, "e-") != 0 || !is_digit(text, at + 2)) return at;
  at += 2;
  while (is_digit(text, at)) ++at;
  return at;
}

CutAdvice cut_at_numbers(const std::string& text) {
  CutAdvice cut;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text, at)) {
      cut.words.back() += text[at++];
      continue;
    }
    const std::size_t end = end_of_number(text, at);
    cut.numbers.push_back(text.substr(at, end - at));
    cut.words.emplace_back();
    at = end;
  }
  return cut;
}

double value_of(std::string number) {
  std::erase(number, ',');
  return std::strtod(number.c_str(), nullptr);
}

/// Number i of all of them: "2.2 to 8.5", or one where they are the same.
std::string range_of(const std::vector<CutAdvice>& all, std::size_t i) {
  const auto [least, most] =
      std::minmax_element(all.begin(), all.end(), [i](const CutAdvice& one, const CutAdvice& two) {
        return value_of(one.numbers[i]) < value_of(two.numbers[i]);
      });
  const std::string& low = least->numbers[i];
  const std::string& high = most->numbers[i];
  return low == high ? low : low + " to " + high;
}

}  // namespace

std::vector<AdviceGroup> grouped_advice(const std::vector<std::string>& advice) {
  std::vector<AdviceGroup> groups;
  std::vector<std::vector<CutAdvice>> cuts;  // by group
  for (std::size_t point = 0; point < advice.size(); ++point) {
    CutAdvice cut = cut_at_numbers(advice[point]);
    std::size_t g = 0;
    while (g < groups.size() && cuts[g].front().words != cut.words) ++g;
    if (g == groups.size()) {
      groups.emplace_back();
      cuts.emplace_back();
    }
    groups[g].points.push_back(point);
    cuts[g].push_back(std::move(cut));
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const CutAdvice& first = cuts[g].front();
    groups[g].text = first.words.front();
    for (std::size_t i = 0; i < first.numbers.size(); ++i)
      groups[g].text += range_of(cuts[g], i) + first.words[i + 1];
  }
  return groups;
}

}  // namespace wideproof::compare
