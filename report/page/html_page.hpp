// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <wideproof/compare/outcome.hpp>
#include <wideproof/report/figure/figure.hpp>

namespace wideproof::report {

/// A table of a page: a head that names quantities and units, and rows of as many cells.
struct HtmlTable {
  struct Column {
    std::string name;
    std::string unit = {};  ///< below the name; empty where there is none to name
    bool is_number = true;  ///< set flush right
  };
  std::string caption;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  /// What each row's first cell is a link to; empty where it is none, and no list where none is.
  std::vector<std::string> links = {};
  /// Whether on a narrow screen each row is a list of its cells, each beside its column's name, in
  /// place of a line to be scrolled sideways.
  bool stacks = false;
};

/// A name and what it stands for.
struct HtmlDefinition {
  std::string name;
  std::string text;
};

/// `text` with & < > " ' as HTML writes them.
std::string html_escaped(std::string_view text);

/// One HTML file that needs nothing but itself: style inside, figures as data, no scripts. It reads
/// on a phone 400 pixels wide, in light and in dark, and on paper. Parts come in the order of the
/// calls; every text is plain and is escaped here.
class HtmlPage {
 public:
  /// `title` is the heading; `subtitle` stands below it.
  HtmlPage(std::string title, std::string_view subtitle);

  void section(std::string_view heading);
  void subsection(std::string_view heading);
  void paragraph(std::string_view text);
  void list(const std::vector<std::string>& items);
  /// The box that a reader sees first: `sentence` large, the `reasons` below it.
  void verdict(compare::Outcome outcome, std::string_view sentence,
               const std::vector<std::string>& reasons);
  void definitions(const std::vector<HtmlDefinition>& definitions);
  /// In a box of its own that scrolls where the screen is narrower than the table. A long one is
  /// folded away until it is asked for.
  void table(const HtmlTable& table);
  /// Side by side where there is room, else below each other, with links to the files beside the
  /// page. `svg` holds the pictures by name (app's Drawing); a figure without one says how to get
  /// it.
  void figures(const std::vector<Figure>& figures, const std::map<std::string, std::string>& svg);
  /// A command to type.
  void command(std::string_view text);
  /// Links to files beside the page.
  void files(const std::vector<HtmlDefinition>& files);

  /// The whole file.
  std::string text() const;

 private:
  std::string title_;
  std::string body_;
};

}  // namespace wideproof::report
