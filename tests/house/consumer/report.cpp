// SPDX-License-Identifier: MIT
#include <string>

#include <wideproof/report.hpp>

int main() {
  wideproof::report::HtmlPage page("Mine", "and nobody else's");
  page.paragraph("1 < 2");
  return page.text().find("1 &lt; 2") != std::string::npos ? 0 : 1;
}
