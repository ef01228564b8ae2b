// SPDX-License-Identifier: MIT
// Selectivity for classes of inputs with labels, from the experiment to the run's folder.
#include <set>
#include <string>
#include <vector>

#include <wideproof/app/kinds/gram/gram_results.hpp>
#include <wideproof/app/kinds/gram/prepared_gram.hpp>
#include <wideproof/model/input_error.hpp>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using testing::HasSubstr;

const std::vector<std::string> index_names = {"ccmas", "class_selectivity", "eta_squared"};

class GramSelectivity : public Runs {
 protected:
  static std::vector<std::string> with(std::vector<std::string> further = {}) {
    std::vector<std::string> settings = {
        "inputs={source=\"mixture\", count=6, dimension=8, clusters=3, separation=2.0}"};
    settings.insert(settings.end(), further.begin(), further.end());
    return settings;
  }
  std::string images_with(const std::string& images, const std::string& labels) const {
    return "inputs={source=\"idx\", images=\"" + write("images.idx", images) + "\", labels=\"" +
           write("labels.idx", labels) + "\"}";
  }
  void run(const std::string& out, const std::vector<std::string>& settings) const {
    EXPECT_NE(validate(command(out, settings)), 2);
  }
};

TEST_F(GramSelectivity, StandsBesideItsLimitAndItsNull) {
  run("run", with());
  const auto json = summary("run");
  EXPECT_TRUE(json.at("selectivity_missing").is_null());
  ASSERT_EQ(json.at("selectivity").size(), 4U);  // two widths of two layers
  for (const auto& at : json.at("selectivity")) {
    for (const auto& name : index_names) {
      const auto& own = at.at(name);
      for (const char* key : {"mean", "standard_error", "predicted", "predicted_standard_error"}) {
        EXPECT_TRUE(own.at(key).is_number()) << name << " " << key;
        EXPECT_EQ(at.at("untrained").at(name).at(key), own.at(key));
        EXPECT_TRUE(at.at("null").at(name).at(key).is_number()) << name << " " << key;
      }
      // At width 32 and up, a mean over 8 networks.
      EXPECT_NEAR(own.at("mean"), own.at("predicted").get<double>(), .25);
    }
    EXPECT_NEAR(at.at("null").at("eta_squared").at("predicted"), 2. / 5, 1e-12);
    EXPECT_GT(at.at("eta_squared").at("mean"), at.at("null").at("eta_squared").at("mean"));
    EXPECT_TRUE(at.at("eta_squared").at("limit").is_number());
    EXPECT_TRUE(at.at("eta_squared").at("predicted_variance_times_width").is_number());
    EXPECT_EQ(at.at("networks"), 8);
  }
  const auto& predicted = json.at("prediction").at(1).at("selectivity");
  EXPECT_EQ(predicted.at("eta_squared").at("value"),
            json.at("selectivity").at(1).at("eta_squared").at("predicted"));
  EXPECT_THAT(run_file("run", "report.html"), HasSubstr("Selectivity at width 64"));
  EXPECT_THAT(run_file("run", "selectivity.csv"), HasSubstr("\n32,1,ccmas,8,"));
  EXPECT_EQ(program({"report", "run"}).status, 0);
  EXPECT_EQ(summary("run").at("selectivity"), json.at("selectivity"));
}

/// A script that reads the one reads the other.
TEST_F(GramSelectivity, HasTheKeysOfTrainingStudies) {
  run("run", with());
  run("trained", with({"study.kind=\"training\"", "network.presynaptic={filter=\"none\"}",
                       "test={source=\"mixture\", count=6, dimension=8, clusters=3, "
                       "separation=2.0, seed=1}",
                       "targets={source=\"labels\"}",
                       "training={loss=\"cross-entropy\", optimizer=\"adam\", "
                       "learning_rate=0.01, batch_size=3, epochs=1, record=[0]}"}));
  const auto trained = summary("trained").at("selectivity").at(0);
  const auto own = summary("run").at("selectivity").at(0);
  const auto expect_keys = [](const nlohmann::json& of, const nlohmann::json& in) {
    for (const auto& [key, value] : of.items())
      EXPECT_TRUE(key == "step" || in.contains(key)) << key;
  };
  expect_keys(trained, own);
  for (const char* part : {"untrained", "null"}) {
    expect_keys(trained.at(part), own.at(part));
    for (const auto& name : index_names)
      expect_keys(trained.at(part).at(name), own.at(part).at(name));
  }
}

TEST_F(GramSelectivity, IsJudgedWhereAsked) {
  const auto claims_of = [&](const std::string& out) {
    std::set<std::string> names;
    const auto json = summary(out);
    for (const auto& claim : json.at("claims")) names.insert(claim.at("name"));
    return names;
  };
  run("plain", with());
  EXPECT_EQ(claims_of("plain").count("selectivity-limit"), 0U);
  run("judged", with({"compare.selectivity=true"}));
  for (const char* claim : {"selectivity-limit", "selectivity-numbers", "selectivity-equivalence"})
    EXPECT_EQ(claims_of("judged").count(claim), 1U) << claim;
  EXPECT_THAT(run_file("judged", "experiment.toml"), HasSubstr("selectivity = true"));
}

TEST_F(GramSelectivity, OfInputsWithoutTwoClassesIsNotThereAndSaysSo) {
  run("circle", {});
  auto json = summary("circle");
  EXPECT_TRUE(json.at("selectivity").is_null());
  EXPECT_THAT(json.at("selectivity_missing").get<std::string>(), HasSubstr("no labels"));
  EXPECT_TRUE(json.at("prediction").at(0).at("selectivity").is_null());
  EXPECT_EQ(run_file("circle", "selectivity.csv"), "");
  EXPECT_TRUE(read_results(path("circle/results.h5")).selectivity.empty());
  const std::string one_class =
      "inputs={source=\"mixture\", count=2, dimension=8, clusters=3, separation=2.0}";
  run("some", {one_class});  // of three clusters two have an input
  EXPECT_EQ(summary("some").at("selectivity").size(), 4U);
  const std::string alike = images_with(model::small_images(3), model::small_labels({5, 5, 5}));
  run("alike", {alike});
  json = summary("alike");
  EXPECT_TRUE(json.at("selectivity").is_null());
  EXPECT_THAT(json.at("selectivity_missing").get<std::string>(), HasSubstr("of one class"));
  for (const auto& settings : {std::vector<std::string>{alike}, std::vector<std::string>{}}) {
    auto asked = settings;
    asked.emplace_back("compare.selectivity=true");
    try {
      prepare_gram(experiment_of(command("refused", asked)));
      FAIL() << "was not refused";
    } catch (const model::InputError& error) {
      EXPECT_THAT(error.what(), HasSubstr("compare.selectivity = true: needs inputs with labels"));
    }
  }
}

TEST_F(GramSelectivity, TakesLabelsOfImages) {
  run("run", {images_with(model::small_images(6), model::small_labels({3, 5, 3, 5, 3, 7}))});
  const auto json = summary("run");
  EXPECT_NEAR(json.at("selectivity").at(0).at("null").at("eta_squared").at("predicted"), 2. / 5,
              1e-12);
}

TEST_F(GramSelectivity, OfActivitiesOfBothSignsIsTheShareOfTheVariance) {
  run("signed", with({"network.activation=\"tanh\""}));
  const auto json = summary("signed");
  EXPECT_THAT(json.at("selectivity_missing").get<std::string>(), HasSubstr("can be negative"));
  const auto& at = json.at("selectivity").at(0);
  EXPECT_TRUE(at.at("ccmas").at("mean").is_null());
  EXPECT_TRUE(at.at("ccmas").at("predicted").is_null());
  EXPECT_NEAR(at.at("eta_squared").at("mean"), at.at("eta_squared").at("predicted").get<double>(),
              .1);
}

TEST_F(GramSelectivity, IsTheSameOnAnyNumberOfThreads) {
  auto one = command("one", with());
  one.options.threads = 1;
  auto three = command("three", with());
  three.options.threads = 3;
  validate(one);
  validate(three);
  const auto of = [&](const std::string& out) {
    return read_results(path(out + "/results.h5")).selectivity.at(1).networks;
  };
  EXPECT_EQ(of("one"), of("three"));
  EXPECT_EQ(of("one").rows(), 8);
}

}  // namespace
}  // namespace wideproof::app
