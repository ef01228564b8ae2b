// SPDX-License-Identifier: MIT
#include <wideproof/report/page/html_page.hpp>

#include <cassert>
#include <cstdint>
#include <utility>

#include <fmt/format.h>
#include <wideproof/report/page/html_style.hpp>

namespace wideproof::report {
namespace {

constexpr std::size_t most_rows_unfolded = 20;

std::string base64(std::string_view bytes) {
  constexpr std::string_view digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve(4 * (bytes.size() + 2) / 3);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      text += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63u];
  }
  return text;
}

/// With equations that are not broken at their sign.
std::string with_whole_equations(std::string_view text) {
  constexpr std::string_view no_break = "\u00a0";
  std::string whole(text);
  for (auto at = whole.find(" = "); at != std::string::npos; at = whole.find(" = ", at)) {
    whole.replace(at + 2, 1, no_break);
    whole.replace(at, 1, no_break);
  }
  return whole;
}

/// With the minus signs of numbers as the figures have them: 1e−05, (−0.5 to −0.4). What stands in
/// quotes stays, to be copied.
std::string with_true_minus(std::string_view text) {
  const auto is_digit = [&](std::size_t at) {
    return at < text.size() && text[at] >= '0' && text[at] <= '9';
  };
  std::string with;
  bool is_quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    const bool begins = i == 0 || text[i - 1] == ' ' || text[i - 1] == '(';
    const bool is_exponent = i >= 2 && text[i - 1] == 'e' && is_digit(i - 2);
    if (!is_quoted && text[i] == '-' && is_digit(i + 1) && (begins || is_exponent)) {
      with += "−";
    } else {
      with += text[i];
    }
  }
  return with;
}

/// A caption: text between tags or in an attribute.
std::string shown(std::string_view caption) {
  return html_escaped(with_true_minus(caption));
}

/// `<tag class="style">escaped text</tag>` and a line's end.
std::string element(std::string_view tag, std::string_view text, std::string_view style = "") {
  const std::string attribute = style.empty() ? "" : fmt::format(" class=\"{}\"", style);
  return fmt::format("<{}{}>{}</{}>\n", tag, attribute,
                     html_escaped(with_whole_equations(with_true_minus(text))), tag);
}

std::string link(const std::string& file, std::string_view text) {
  return fmt::format("<a href=\"{}\">{}</a>", html_escaped(file), html_escaped(text));
}

std::string items(const std::vector<std::string>& texts) {
  std::string text = "<ul>\n";
  for (const std::string& item : texts) text += element("li", item);
  return text + "</ul>\n";
}

/// Of row `r`, column `i`. Where rows may be stacked a cell knows what its column is called.
std::string cell(const HtmlTable& table, std::size_t r, std::size_t i) {
  const bool is_first = i == 0;
  const HtmlTable::Column& column = table.columns[i];
  const std::string& text = table.rows[r][i];
  const std::string linked = is_first && !table.links.empty() ? table.links[r] : "";
  const std::string name =
      column.name + (column.unit.empty() ? "" : fmt::format(" ({})", column.unit));
  return fmt::format(
      "<{0}{1}{2}{3}>{4}</{0}>", is_first ? "th" : "td", is_first ? " scope=\"row\"" : "",
      column.is_number ? " class=\"number\"" : "",
      table.stacks && !is_first ? fmt::format(" data-name=\"{}\"", html_escaped(name)) : "",
      linked.empty() ? html_escaped(with_true_minus(text)) : link(linked, text));
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

HtmlPage::HtmlPage(std::string title, std::string_view subtitle) : title_(std::move(title)) {
  body_ = element("h1", title_) + element("p", subtitle, "subtitle");
}

void HtmlPage::section(std::string_view heading) {
  body_ += element("h2", heading);
}

void HtmlPage::subsection(std::string_view heading) {
  body_ += element("h3", heading);
}

void HtmlPage::paragraph(std::string_view text) {
  body_ += element("p", text);
}

void HtmlPage::list(const std::vector<std::string>& texts) {
  body_ += items(texts);
}

void HtmlPage::verdict(compare::Outcome outcome, std::string_view sentence,
                       const std::vector<std::string>& reasons) {
  body_ += fmt::format("<section class=\"verdict {}\">\n", name_of(outcome));
  body_ += element("p", name_of(outcome), "word") + element("p", sentence, "sentence");
  if (!reasons.empty()) body_ += items(reasons);
  body_ += "</section>\n";
}

void HtmlPage::definitions(const std::vector<HtmlDefinition>& definitions) {
  body_ += "<dl>\n";
  for (const auto& [name, text] : definitions) body_ += element("dt", name) + element("dd", text);
  body_ += "</dl>\n";
}

void HtmlPage::table(const HtmlTable& table) {
  const bool is_long = table.rows.size() > most_rows_unfolded;
  if (is_long)
    body_ += fmt::format("<details>\n<summary>{} ({} rows)</summary>\n", shown(table.caption),
                         table.rows.size());
  body_ += fmt::format(
      "<div class=\"scroll{1}\" tabindex=\"0\" role=\"region\" aria-label=\"{0}\">\n<table>\n"
      "<caption><span>{0}</span></caption>\n<thead><tr>",
      shown(table.caption), table.stacks ? " stacks" : "");
  for (const auto& [name, unit, is_number] : table.columns)
    body_ += fmt::format(
        "<th scope=\"col\"{}>{}{}</th>", is_number ? " class=\"number\"" : "", html_escaped(name),
        unit.empty() ? "" : fmt::format("<span class=\"unit\">{}</span>", html_escaped(unit)));
  body_ += "</tr></thead>\n<tbody>\n";
  assert(table.links.empty() || table.links.size() == table.rows.size());
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    assert(table.rows[r].size() == table.columns.size());
    body_ += "<tr>";
    for (std::size_t i = 0; i < table.columns.size(); ++i) body_ += cell(table, r, i);
    body_ += "</tr>\n";
  }
  body_ += "</tbody>\n</table>\n</div>\n";
  if (is_long) body_ += "</details>\n";
}

void HtmlPage::figures(const std::vector<Figure>& figures,
                       const std::map<std::string, std::string>& svg) {
  const char* style = figures.size() == 1 ? " one" : figures.size() == 2 ? " two" : "";
  body_ += fmt::format("<div class=\"figures{}\">\n", style);
  for (const Figure& figure : figures) {
    const std::string stem = "figures/" + figure.name;
    const auto drawn = svg.find(figure.name);
    body_ += "<figure>\n" + element("h3", figure.title);
    if (drawn != svg.end()) {
      body_ += fmt::format(
          "<img{} alt=\"{}. {}\" width=\"480\" height=\"{:.0f}\" "
          "src=\"data:image/svg+xml;base64,{}\">"
          "\n",
          figure.is_map ? " class=\"map\"" : "", html_escaped(figure.title), shown(figure.caption),
          480 * figure.height_over_width, base64(drawn->second));
    } else {
      body_ +=
          element("p",
                  "Not drawn. Install gnuplot (Debian: gnuplot-nox), then run wideproof report "
                  "on this folder.",
                  "missing");
    }
    body_ += fmt::format(
        "<figcaption>{} <span class=\"files\">{}{}</span></figcaption>\n</figure>\n",
        shown(figure.caption), drawn == svg.end() ? "" : link(stem + ".pdf", "PDF") + " · ",
        link(stem + ".csv", "CSV"));
  }
  body_ += "</div>\n";
}

void HtmlPage::command(std::string_view text) {
  body_ += fmt::format("<pre tabindex=\"0\"><code>{}</code></pre>\n", html_escaped(text));
}

void HtmlPage::files(const std::vector<HtmlDefinition>& files) {
  body_ += "<dl>\n";
  for (const auto& [name, text] : files)
    body_ += fmt::format("<dt>{}</dt>\n<dd>{}</dd>\n", link(name, name), html_escaped(text));
  body_ += "</dl>\n";
}

std::string HtmlPage::text() const {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n</head>\n"
      "<body>\n<main>\n{}</main>\n</body>\n</html>\n",
      html_escaped(title_), html_style, body_);
}

}  // namespace wideproof::report
