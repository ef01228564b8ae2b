// SPDX-License-Identifier: MIT
#include <gmock/gmock.h>

#include <wideproof/model/inputs/input_spec.hpp>

#include "input_files.hpp"

namespace wideproof::model {
namespace {

using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
class LoadInputs : public InputFiles {
 protected:
  InputSpec from_file(InputSpec::Source source, const std::string& file) const {
    InputSpec spec;
    spec.source = source;
    spec.file = file;
    return spec;
  }
  InputSpec from_images(const std::string& images, const std::string& labels = "") const {
    InputSpec spec;
    spec.source = InputSpec::Source::idx;
    spec.images = images;
    spec.labels = labels;
    return spec;
  }
};

TEST_F(LoadInputs, MakesTheGeneratedSources) {
  InputSpec spec;
  spec.count = 4;
  EXPECT_EQ(load_inputs(spec).vectors(), circle_inputs(4).vectors());
  EXPECT_EQ(load_inputs(spec).source(), "circle");
  spec.source = InputSpec::Source::gaussian;
  spec.dimension = 3;
  spec.seed = 9;
  EXPECT_EQ(load_inputs(spec).vectors(), gaussian_inputs(4, 3, 9).vectors());
  EXPECT_EQ(load_inputs(spec).source(), "gaussian");
  spec = {};
  spec.source = InputSpec::Source::cosines;
  spec.cosines = {0.5, 0.2};
  EXPECT_NEAR(load_inputs(spec).cosines()(0, 1), 0.1, 1e-15);
  EXPECT_EQ(load_inputs(spec).source(), "cosines");
}

TEST_F(LoadInputs, ReadsCsvAndNpyOneInputARow) {
  const Inputs csv = load_inputs(from_file(InputSpec::Source::csv, write("x.csv", "3,4\n0,2\n")));
  EXPECT_TRUE(csv.vectors().isApprox(Eigen::MatrixXd{{0.6, 0.8}, {0, 1}}));
  EXPECT_EQ(csv.source(), "csv:x.csv");
  const auto bytes = npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2)}",
                         bytes_of<double>({3, 4, 0, 2}));
  const Inputs npy_inputs = load_inputs(from_file(InputSpec::Source::npy, write("x.npy", bytes)));
  EXPECT_EQ(npy_inputs.vectors(), csv.vectors());
  EXPECT_EQ(npy_inputs.source(), "npy:x.npy");
}

TEST_F(LoadInputs, PutsASecondSetBelowTheFirst) {
  InputSpec spec;
  spec.count = 3;
  const auto file = write("x.csv", "3,4\n0,2\n");
  spec.second = std::make_shared<InputSpec>(from_file(InputSpec::Source::csv, file));
  ReadLog log;
  const Inputs inputs = load_inputs(spec, log);
  EXPECT_EQ(inputs.count(), 5);
  EXPECT_EQ(inputs.second_count(), 2);
  EXPECT_EQ(inputs.rows().topRows(3), circle_inputs(3).rows());
  EXPECT_EQ(inputs.rows().bottomRows(2), (Eigen::MatrixXd{{3, 4}, {0, 2}}));
  EXPECT_EQ(inputs.source(), "circle, from input 4 on csv:x.csv");
  ASSERT_EQ(log.files.size(), 1U);
  EXPECT_EQ(log.files[0].key, "inputs.second.file");
  EXPECT_FALSE(has_labels(spec));
}

TEST_F(LoadInputs, TellsRowsOfSeveralNormsApartWhereTheyAreKept) {
  auto spec = from_file(InputSpec::Source::csv, write("x.csv", "3,4\n6,8\n0,0\n3,4\n"));
  spec.normalize = false;
  ReadLog log;
  EXPECT_EQ(load_inputs(spec, log).rows()(2, 1), 0);
  ASSERT_EQ(log.warnings.size(), 1U);
  EXPECT_THAT(log.warnings[0],
              EndsWith("row 4 is the same input as row 1; networks see such inputs as one"));
}

TEST_F(LoadInputs, NamesTheKeysOfASecondSet) {
  const auto refused = [](const InputSpec& second) {
    InputSpec spec;
    spec.count = 3;
    spec.second = std::make_shared<InputSpec>(second);
    return refusal([&] { load_inputs(spec); });
  };
  EXPECT_THAT(refused({.count = -1}), testing::StartsWith("inputs.second.count = -1: "));
  EXPECT_THAT(refused(from_file(InputSpec::Source::csv, path("none.csv"))),
              testing::StartsWith("inputs.second.file = "));
  EXPECT_THAT(refused({.source = InputSpec::Source::gaussian, .count = 2, .dimension = 3}),
              testing::StartsWith("inputs.second.source = inputs of 3 numbers: must have 2"));
  EXPECT_THAT(refused({.count = 2, .second = std::make_shared<InputSpec>()}),
              testing::StartsWith("inputs.second.second: "));
}

TEST_F(LoadInputs, HaveLabelsWhereBothSetsDo) {
  InputSpec spec{.source = InputSpec::Source::mixture,
                 .count = 3,
                 .dimension = 2,
                 .clusters = 2,
                 .separation = 1};
  auto second = std::make_shared<InputSpec>(spec);
  second->count = 2;
  spec.second = second;
  EXPECT_TRUE(has_labels(spec));
  EXPECT_EQ(load_labels(spec), (std::vector<std::int64_t>{0, 1, 0, 0, 1}));
}

TEST_F(LoadInputs, NamesTheFileAndTheRowThatIsZero) {
  const auto file = write("x.csv", "3,4\n0,0\n");
  EXPECT_EQ(refusal([&] { load_inputs(from_file(InputSpec::Source::csv, file)); }),
            "inputs.file = \"" + file + "\": row 2 of 2 is zero: it cannot be scaled to unit norm");
}

TEST_F(LoadInputs, TellsOfRowsThatComeTwice) {
  const auto warnings = [&](std::string_view csv) {
    ReadLog log;
    load_inputs(from_file(InputSpec::Source::csv, write("x.csv", csv)), log);
    return log.warnings;
  };
  EXPECT_THAT(warnings("3,4\n0,2\n3,-4\n"), testing::IsEmpty());
  EXPECT_THAT(warnings("3,4\n0,2\n3,4\n"),
              testing::ElementsAre(EndsWith("x.csv\": row 3 is the same input as row 1, up to its "
                                            "norm; networks see such inputs as one")));
  EXPECT_THAT(warnings("0,2\n3,4\n6,8\n0,1\n3,4\n"),
              testing::ElementsAre(
                  HasSubstr("row 3 is the same input as row 2, up to its norm, and 2 more; ")));
}

TEST_F(LoadInputs, TellsOfWhatLooksLikeLabels) {
  ReadLog log;
  load_inputs(
      from_file(InputSpec::Source::csv, write("x.csv", "0.1,0.2,1\n0.3,0.4,0\n0.5,0.1,1\n")), log);
  EXPECT_THAT(log.warnings, testing::ElementsAre(HasSubstr("its last column holds whole numbers")));
}

TEST_F(LoadInputs, FlattensNpyImages) {
  const auto bytes =
      npy("{'descr': '|u1', 'fortran_order': False, 'shape': (1, 2, 2)}", std::string("\1\2\3\4"));
  EXPECT_EQ(load_inputs(from_file(InputSpec::Source::npy, write("x.npy", bytes))).dimension(), 4);
  const auto with_channels = npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 2, 1, 2)}",
                                 std::string("\1\2\3\4\5\6\7\10"));
  const auto images = load_inputs(from_file(InputSpec::Source::npy, write("x.npy", with_channels)));
  EXPECT_EQ(images.count(), 2);
  EXPECT_EQ(images.dimension(), 4);
}

TEST_F(LoadInputs, RefusesAnArrayOfOneAxis) {
  const auto bytes =
      npy("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", std::string("\1\2"));
  EXPECT_THAT(
      refusal([&] { load_inputs(from_file(InputSpec::Source::npy, write("x.npy", bytes))); }),
      EndsWith("x.npy\": its array has 1 axis; inputs need 2 or more: one input a row"));
}

TEST_F(LoadInputs, ReadsChosenImagesInTheirOrder) {
  auto spec = from_images(write_gzip("images.gz", small_images(6)),
                          write_gzip("labels.gz", small_labels({1, 0, 1, 0, 5, 5})));
  spec.classes = {5, 1};
  spec.per_class = 2;
  const Inputs inputs = load_inputs(spec);
  EXPECT_EQ(inputs.source(), "idx:images.gz");
  ASSERT_EQ(inputs.count(), 4);
  for (const auto& [row, first] : {std::pair{0, 5}, {1, 6}, {2, 1}, {3, 3}}) {
    EXPECT_NEAR(inputs.vectors()(row, 0) / inputs.vectors()(row, 1), first, 1e-14);
  }
}

TEST_F(LoadInputs, LogsEachFileThatItReads) {
  ReadLog log;
  const std::string text = "0,4\n1,2\n";
  const auto csv = write("x.csv", text);
  load_inputs(from_file(InputSpec::Source::csv, csv), log);
  EXPECT_THAT(log.files, ElementsAre(ReadFile{"inputs.file", csv, sha256(text)}));
  EXPECT_THAT(log.warnings, ElementsAre(HasSubstr("first column")));

  log = {};
  auto spec = from_images(write_gzip("images.gz", small_images(3)),
                          write("labels", small_labels({1, 0, 1})));
  spec.classes = {1};
  load_inputs(spec, log);
  load_labels(spec, log);
  EXPECT_THAT(log.files,
              ElementsAre(ReadFile{"inputs.labels", spec.labels, sha256(small_labels({1, 0, 1}))},
                          ReadFile{"inputs.images", spec.images, sha256(small_images(3))}));
  write("labels", small_labels({1, 1, 0}));
  EXPECT_THAT(refusal([&] { load_labels(spec, log); }),
              HasSubstr("labels\": its content changed between two readings"));

  log = {};
  spec = {};
  spec.count = 3;
  load_inputs(spec, log);
  EXPECT_EQ(log.files.size(), 0U);
}

TEST_F(LoadInputs, ReadsImagesWithoutLabels) {
  auto spec = from_images(write("images", small_images(6)));
  EXPECT_EQ(load_inputs(spec).count(), 6);
  spec.count = 2;
  EXPECT_EQ(load_inputs(spec).vectors(), load_inputs(spec).vectors());
  EXPECT_EQ(load_inputs(spec).count(), 2);
}

TEST_F(LoadInputs, NamesBothCountsWhenLabelsDoNotMatch) {
  const auto images = write("images", small_images(3));
  const auto labels = write("labels", small_labels({1, 2}));
  EXPECT_EQ(refusal([&] { load_inputs(from_images(images, labels)); }),
            "inputs.labels = \"" + labels + "\": holds 2 labels, but inputs.images = \"" + images +
                "\" holds 3 images");
}

TEST_F(LoadInputs, NamesABlankImageByItsPlaceInTheFile) {
  auto spec = from_images(write("i", idx_header(8, {3, 1, 2}) + std::string("\1\2\0\0\5\6", 6)),
                          write("l", small_labels({7, 8, 8})));
  spec.classes = {8};
  EXPECT_THAT(refusal([&] { load_inputs(spec); }),
              EndsWith("image 1 (from 0) is all zero: it cannot be scaled to unit norm"));
}

TEST_F(LoadInputs, ChecksTheSpecFirst) {
  EXPECT_THAT(refusal([] { load_inputs({}); }), HasSubstr("inputs.count = 0"));
}

}  // namespace
}  // namespace wideproof::model
