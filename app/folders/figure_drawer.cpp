// SPDX-License-Identifier: MIT
#include <wideproof/app/folders/figure_drawer.hpp>

#include <array>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/gnuplot.hpp>
#include <wideproof/app/files/read_text.hpp>

namespace wideproof::app {
namespace {

constexpr const char* missing =
    "no figures were drawn: install gnuplot (Debian: gnuplot-nox), then `wideproof report DIR`";

/// Colours of every figure, which `reset` leaves as they are. Lines: Okabe & Ito, "Color Universal
/// Design" (2008). Palettes: viridis (van der Walt & Smith 2015), and ColorBrewer's RdBu reversed.
constexpr const char* colours = R"gp(set encoding utf8
set linetype 1 lc rgb '#0072B2' lw 2 pt 7 ps 0.6
set linetype 2 lc rgb '#D55E00' lw 2 pt 5 ps 0.6
set linetype 3 lc rgb '#009E73' lw 2 pt 9 ps 0.7
set linetype 4 lc rgb '#CC79A7' lw 2 pt 13 ps 0.7
set linetype 5 lc rgb '#E69F00' lw 2 pt 11 ps 0.7
set linetype 6 lc rgb '#56B4E9' lw 2 pt 7 ps 0.6
set linetype 7 lc rgb '#000000' lw 2 pt 5 ps 0.6
set linetype 8 lc rgb '#777777' lw 2 pt 9 ps 0.7
set linetype cycle 8
sequential = "set palette defined (0 '#440154', 1 '#472c7a', 2 '#3b518b', 3 '#2c718e', 4 '#21908d', 5 '#27ad81', 6 '#5cc863', 7 '#aadc32', 8 '#fde725')"
diverging = "set palette defined (0 '#053061', 1 '#2166ac', 2 '#4393c3', 3 '#92c5de', 4 '#d1e5f0', 5 '#f7f7f7', 6 '#fddbc7', 7 '#f4a582', 8 '#d6604d', 9 '#b2182b', 10 '#67001f')"
)gp";

/// What each figure starts from: no frame but two axes, no caps on error bars.
constexpr const char* preamble = R"(reset
reset errors
set datafile separator ','
set datafile columnheaders
set border 3 linecolor rgb '#333333' linewidth 1
set tics out nomirror scale 0.6
set key samplen 1.4 spacing 1.15
set minussign
set errorbars 0
set xlabel offset 0,0.4
set style fill solid 1.0 noborder
)";

constexpr const char* began = "wideproof-figure ";
constexpr const char* ended = "wideproof-drawn ";

struct Format {
  const char* extension;
  const char* last_line;  ///< of a whole file
};
constexpr std::array<Format, 2> formats = {{{"svg", "</svg>"}, {"pdf", "%%EOF"}}};
constexpr const Format& svg = formats[0];

std::string terminal(const Format& format, double height_over_width) {
  if (&format == &svg)
    return fmt::format("set terminal svg enhanced size 480,{:.0f} font 'sans-serif,18'\n",
                       480 * height_over_width);
  return fmt::format(
      "set terminal pdfcairo enhanced color size 8.8cm,{:.3f}cm font 'Helvetica,8' fontscale 1 "
      "linewidth 0.75\n",
      8.8 * height_over_width);
}

std::string unfinished(const report::Figure& figure, const Format& format) {
  return figure.name + "." + format.extension + ".new";
}

/// Each figure in each format, with lines on stderr that tell which figure a message belongs to.
std::string script_of(const std::vector<report::Figure>& figures) {
  std::string script = colours;
  for (const auto& figure : figures) {
    for (const auto& format : formats) {
      script += fmt::format("print '{}{}'\n{}", began, figure.name, preamble);
      script += terminal(format, figure.height_over_width);
      script += fmt::format("set output '{}'\n{}\n", unfinished(figure, format), figure.plot);
      script += fmt::format("unset multiplot\nset output\nprint '{}', GPVAL_ERRNO\n", ended);
    }
  }
  return script;
}

struct Said {
  std::string first;      ///< of what gnuplot said, without the line number of the script
  std::size_t drawn = 0;  ///< formats that ended without an error
};

/// What gnuplot said of each figure.
std::map<std::string, Said> said_by_figure(const std::string& messages) {
  std::map<std::string, Said> said;
  Said* current = nullptr;
  std::istringstream lines(messages);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(began)) {
      current = &said[line.substr(std::string_view(began).size())];
    } else if (current == nullptr) {
      continue;
    } else if (line.starts_with(ended)) {
      if (line.ends_with(" 0")) ++current->drawn;
    } else if (current->first.empty()) {
      const auto start = line.find_first_not_of(" \t^");  // it points at what it quotes
      if (start == std::string::npos || line.starts_with("gnuplot>")) continue;
      const auto colon = line.find(": ", start);
      const bool numbered = line.compare(start, 5, "line ") == 0 && colon != std::string::npos;
      current->first = line.substr(numbered ? colon + 2 : start);
    }
  }
  return said;
}

/// The file's content, or nothing unless it is there as a whole. Without the time in it at which
/// cairo made it, so that a figure of the same numbers has the same bytes.
std::optional<std::string> content_of(const std::filesystem::path& file, const Format& format) {
  std::error_code error;
  if (!std::filesystem::is_regular_file(file, error)) return std::nullopt;
  auto text = read_text(file.string());
  const auto end = text.find_last_not_of(" \n");
  if (end == std::string::npos ||
      !std::string_view(text).substr(0, end + 1).ends_with(format.last_line))
    return std::nullopt;
  constexpr std::string_view date = "/CreationDate (D:";
  constexpr std::string_view some_time = "20000101000000";
  const auto found = text.find(date);
  if (found != std::string::npos) text.replace(found + date.size(), some_time.size(), some_time);
  return text;
}

/// What gnuplot left, taken away from there.
std::optional<std::string> taken_away(const std::filesystem::path& beside, const Format& format,
                                      bool is_good) {
  auto content = is_good ? content_of(beside, format) : std::nullopt;
  std::error_code error;
  std::filesystem::remove(beside, error);
  return content;
}

/// The file as a whole, or no file.
void write_or_remove(const RunFolder& folder, const std::string& file,
                     const std::optional<std::string>& content) {
  if (content) {
    folder.write(file, *content);
  } else {
    folder.remove(file);
  }
}

}  // namespace

Drawing draw_figures(const RunFolder& run, const std::vector<report::Figure>& figures) {
  Drawing drawing;
  if (figures.empty()) return drawing;
  const auto folder = run.file("figures");
  const auto in_folder = [](const std::string& name) { return "figures/" + name; };
  for (const auto& figure : figures) run.write(in_folder(figure.name + ".csv"), figure.csv);
  GnuplotOutcome outcome;
  try {
    outcome = run_gnuplot(script_of(figures), folder);
    if (!outcome.is_installed) drawing.complaints.emplace_back(missing);
  } catch (const std::system_error& failure) {
    outcome.is_installed = false;
    drawing.complaints.push_back(fmt::format("no figures were drawn: {}", failure.what()));
  }
  const bool is_silent = outcome.is_installed && outcome.messages.empty();
  if (is_silent) {
    drawing.complaints.emplace_back("no figures were drawn: gnuplot ended without a word");
  }
  const auto said = said_by_figure(outcome.messages);
  std::map<std::string, std::optional<std::string>> pictures;  // by file
  for (const auto& figure : figures) {
    const auto found = said.find(figure.name);
    const bool without_error = found != said.end() && found->second.drawn == formats.size();
    bool drawn = true;
    for (const auto& format : formats) {
      auto& picture = pictures[figure.name + "." + format.extension];
      picture = taken_away(folder / unfinished(figure, format), format, without_error);
      drawn = drawn && picture;
      if (picture && &format == &svg) drawing.svg[figure.name] = *picture;
    }
    if (!outcome.is_installed || is_silent) continue;
    const std::string first = found == said.end() ? "" : found->second.first;
    if (!drawn) {
      drawing.complaints.push_back(
          fmt::format("figure {} was not drawn: gnuplot {}", figure.name,
                      first.empty() ? "ended without a word" : "says: " + first));
    } else if (!first.empty()) {
      drawing.complaints.push_back(fmt::format("figure {}: gnuplot says: {}", figure.name, first));
    }
  }
  for (const auto& [file, picture] : pictures) write_or_remove(run, in_folder(file), picture);
  return drawing;
}

}  // namespace wideproof::app
