// SPDX-License-Identifier: MIT
#include <wideproof/app/experiment/unread_keys.hpp>

#include <string>
#include <vector>

#include <wideproof/app/sweep/sweep_spec.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string unread_complaint(const std::string& text,
                             const std::vector<std::string>& settings = {}) {
  return model::refusal([&] { parse_experiment(text, "text", settings); });
}

struct ParsedWithNotes {
  std::string toml;
  std::vector<std::string> notes;
};

ParsedWithNotes parsed_with_notes(const std::string& text,
                                  const std::vector<std::string>& settings) {
  ParsedWithNotes result;
  result.toml = to_toml(parse_experiment(text, "text", settings, {}, result.notes));
  return result;
}

TEST(UnreadKeys, OfTheSameFileAreRefused) {
  EXPECT_EQ(unread_complaint("[network]\nactivation = \"relu\"\nactive_fraction = 0.1\n"),
            "network.active_fraction = 0.1: activation \"relu\" does not read it; remove it");
  EXPECT_EQ(unread_complaint("[network]\nactivation = \"erf\"\nthreshold = \"std\"\n"),
            "network.threshold = \"std\": activation \"erf\" does not read it; remove it");
  EXPECT_EQ(unread_complaint("[inputs]\nsource = \"cosines\"\ncosines = [1, 0.5]\nseed = 0\n"),
            "inputs.seed = 0: source \"cosines\" does not read it; remove it");
  EXPECT_EQ(unread_complaint("[network.postsynaptic]\nfilter = \"none\"\ntaps = 3\n"),
            "network.postsynaptic.taps = 3: filter \"none\" does not read it; remove it");
  EXPECT_EQ(unread_complaint("[network.presynaptic]\ndegree = 12\n"),  // no filter is named
            "network.presynaptic.degree = 12: filter \"none\" does not read it; remove it");
  EXPECT_EQ(
      unread_complaint("[study]\nkind = \"generalization\"\n[targets]\nsource = \"half-circle\"\n"
                       "file = \"y.npy\"\n"),
      "targets.file = \"y.npy\": source \"half-circle\" does not read it; remove it");
}

TEST(UnreadKeys, OfASettingAreRefusedWhereTheFileChose) {
  EXPECT_EQ(unread_complaint("[network]\nactivation = \"relu\"\n", {"network.active_fraction=0.2"}),
            "network.active_fraction = 0.2: activation \"relu\" does not read it; remove it");
  EXPECT_THAT(unread_complaint(tiny, {"network.activation=relu", "network.active_fraction=0.2"}),
              HasSubstr("activation \"relu\" does not read it"));
}

TEST(UnreadKeys, OfTheFileAreDroppedWithANoteWhereASettingChooses) {
  const auto relu = parsed_with_notes(tiny, {"network.activation=relu"});
  EXPECT_THAT(relu.notes, ElementsAre("network.active_fraction is left out: activation \"relu\" "
                                      "does not read it"));
  EXPECT_THAT(relu.toml, Not(HasSubstr("active_fraction")));
  const auto uniform = parsed_with_notes(
      "[network.presynaptic]\nfilter = \"box\"\ntaps = 3\n"
      "sheet = \"torus\"\n",
      {"network.presynaptic.filter=uniform", "network.presynaptic.degree=2"});
  EXPECT_THAT(
      uniform.notes,
      ElementsAre("network.presynaptic.sheet, network.presynaptic.taps are left out: filter "
                  "\"uniform\" does not read them"));
  EXPECT_THAT(parsed_with_notes(tiny, {"inputs.source=cosines", "inputs.cosines=[1, 0.5]"}).notes,
              ElementsAre(HasSubstr("inputs.count is left out: source \"cosines\"")));
  EXPECT_THAT(
      parsed_with_notes(tiny, {"network.activation=thresholded-step", "network.threshold=std"})
          .notes,
      IsEmpty());
  EXPECT_THAT(parsed_with_notes(tiny, {"network.presynaptic={filter=\"none\"}"}).notes, IsEmpty());
}

TEST(UnreadKeys, AreDroppedAtThePointsOfASweepThatChooseSo) {
  const std::string sweep =
      "[sweep]\nnetwork.activation = ['relu', 'thresholded-relu']\n"
      "network.presynaptic.filter = ['none', 'box']\n";
  const auto first = parse_sweep(tiny + sweep, "text", {}).value();
  EXPECT_THAT(
      first.notes,
      ElementsAre("network.active_fraction is left out: activation \"relu\" does not read "
                  "it",
                  "network.presynaptic.taps is left out: filter \"none\" does not read it"));
  EXPECT_EQ(first.points[3].experiment.network().active_fraction(), 0.3);
  EXPECT_EQ(first.points[3].experiment.network().presynaptic().options().taps, 3);
  const auto again = parse_sweep(first.resolved, "again", {}).value();
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(to_toml(again.points[i].experiment), to_toml(first.points[i].experiment));
  EXPECT_THAT(model::refusal([] {
                parse_sweep(std::string(tiny) +
                                "[network.postsynaptic]\nfilter = 'none'\n"
                                "[sweep]\nnetwork.postsynaptic.taps = [1, 3]\n",
                            "text", {});
              }),
              HasSubstr("network.postsynaptic.taps = 1: filter \"none\" does not read it"));
}

class UnreadKeysOfARun : public Runs {};

TEST_F(UnreadKeysOfARun, AreNotedInOneLineUnlessItIsQuiet) {
  const std::string note =
      "wideproof: network.active_fraction is left out: activation \"relu\" does not read it\n";
  EXPECT_EQ(program({"predict", "tiny.toml", "--set", "network.activation=relu"}).err, note);
  EXPECT_EQ(program({"validate", "tiny.toml", "--set", "network.activation=relu"}).err, note);
  EXPECT_EQ(program({"predict", "tiny.toml", "--set", "network.activation=relu", "--quiet"}).err,
            "");
}

}  // namespace
}  // namespace wideproof::app
