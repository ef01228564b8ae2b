// SPDX-License-Identifier: MIT
#include <string>
#include <vector>

#include <H5Cpp.h>

#include "runs.hpp"

namespace wideproof::app {
namespace {

using model::big_endian;
using model::idx_header;
using model::npy;
using model::small_images;
using model::small_labels;

/// A gram of 2 GiB of which the file holds a kilobyte.
void write_sparse_h5(const std::string& file) {
  const hsize_t shape[] = {32, 4096, 2048};
  const hsize_t chunk[] = {1, 8, 16};
  H5::DSetCreatPropList chunked;
  chunked.setChunk(3, chunk);
  const H5::DataSpace all(3, shape);
  H5::DataSpace corner(3, shape);
  const hsize_t start[] = {0, 0, 0};
  corner.selectHyperslab(H5S_SELECT_SET, chunk, start);
  const std::vector<double> values(128, 1.);
  H5::H5File(file, H5F_ACC_TRUNC)
      .createDataSet("/gram", H5::PredType::IEEE_F64LE, all, chunked)
      .write(values.data(), H5::PredType::NATIVE_DOUBLE, H5::DataSpace(3, chunk), corner);
}

struct BadFile {
  std::string name;
  std::vector<std::string> arguments;  ///< after `validate … --out run`
  std::vector<std::string> says;       ///< key, file and what is wrong
};

class BadFiles : public Runs, public testing::WithParamInterface<BadFile> {
 protected:
  BadFiles() {
    const std::string images = idx_header(8, {4, 2, 2});
    write("images.idx", small_images(4));
    write("short.idx", small_images(4).substr(0, images.size() + 15));
    write("corrupt.idx", "\x01\x02\x03\x04" + small_images(4));
    write("three.idx", small_labels({0, 1, 0}));
    write("huge.idx", idx_header(8, {65536, 64, 64}) + "few");
    write_gzip("whole.gz", small_images(400));
    const auto whole = contents(path("whole.gz"));
    write("short.gz", whole.substr(0, whole.size() / 2));
    auto flipped = whole;
    flipped[whole.size() / 2] = static_cast<char>(~flipped[whole.size() / 2]);
    flipped[whole.size() - 6] = static_cast<char>(~flipped[whole.size() - 6]);  // checksum
    write("corrupt.gz", flipped);
    const std::string f8 = "{'descr': '<f8', 'fortran_order': False, 'shape': ";
    write("short.npy", npy(f8 + "(2, 2), }", std::string(31, 'x')));
    write("corrupt.npy", "NUMPY" + npy(f8 + "(2, 2), }", std::string(32, 'x')));
    write("huge.npy", npy(f8 + "(131072, 2048), }", std::string(32, 'x')));
    write("word.csv", "1,2\n3,four\n");
    write("ragged.csv", "1,2\n3\n");
    write("plain.toml", "[simulation]\nwidths = [32, 64]\nreplicates = 8\n");
    write("broken.toml", "[network\ndepth = 2\n");
    write_sparse_h5(path("huge.h5"));
  }
};

TEST_P(BadFiles, AreRefusedInOneLineUnallocatedAndNothingIsWritten) {
  std::vector<std::string> arguments = {"validate", "--out", "run"};
  arguments.insert(arguments.end(), GetParam().arguments.begin(), GetParam().arguments.end());
  const auto before = everything();
  const auto outcome = program(arguments);
  expect_refusal(outcome, GetParam().says);
  EXPECT_EQ(everything(), before);
  EXPECT_LT(outcome.peak_kilobytes, 1 << 20);  // the huge ones promise 2 GiB of doubles
}

std::vector<std::string> input(const std::string& source, const std::string& key,
                               const std::string& file) {
  return {"plain.toml", "--set", "inputs.source=" + source, "--set", "inputs." + key + "=" + file};
}

std::vector<std::string> labelled(const std::string& labels) {
  auto arguments = input("idx", "images", "images.idx");
  arguments.insert(arguments.end(), {"--set", "inputs.labels=" + labels});
  return arguments;
}

const BadFile bad_files[] = {
    {"MissingExperiment", {"nowhere.toml"}, {"\"nowhere.toml\": no such file"}},
    {"ExperimentThatIsNoToml", {"broken.toml"}, {"\"broken.toml\": line 1, column "}},
    {"MissingImages",
     input("idx", "images", "nowhere.idx"),
     {"inputs.images = \"nowhere.idx\": cannot be opened: No such file"}},
    {"TruncatedIdx",
     input("idx", "images", "short.idx"),
     {"inputs.images = \"short.idx\": truncated: its header promises 16 bytes", "holds 15"}},
    {"CorruptIdx",
     input("idx", "images", "corrupt.idx"),
     {"inputs.images = \"corrupt.idx\": is no IDX file: it begins with bytes 01 02 03 04"}},
    {"IdxThatPromisesTooMuch",
     input("idx", "images", "huge.idx"),
     {"inputs.images = \"huge.idx\": ", "promises 268435456 bytes", "the file holds 3"}},
    {"LabelsOfAnotherCount",
     labelled("three.idx"),
     {"inputs.labels = \"three.idx\": holds 3 labels, but inputs.images = \"images.idx\" holds 4"}},
    {"TruncatedGzip",
     input("idx", "images", "short.gz"),
     {"inputs.images = \"short.gz\": truncated: its gzip data are cut off"}},
    {"CorruptGzip",
     input("idx", "images", "corrupt.gz"),
     {"inputs.images = \"corrupt.gz\": its gzip data are damaged"}},
    {"TruncatedNpy",
     input("npy", "file", "short.npy"),
     {"inputs.file = \"short.npy\": truncated: its header promises 32 bytes", "holds 31"}},
    {"CorruptNpy",
     input("npy", "file", "corrupt.npy"),
     {"inputs.file = \"corrupt.npy\": is no .npy file"}},
    {"NpyThatPromisesTooMuch",
     input("npy", "file", "huge.npy"),
     {"inputs.file = \"huge.npy\": ", "promises 2147483648 bytes", "the file holds 32"}},
    {"CsvWithAWord", input("csv", "file", "word.csv"), {"inputs.file = \"word.csv\": line 2"}},
    {"RaggedCsv", input("csv", "file", "ragged.csv"), {"inputs.file = \"ragged.csv\": line 2"}},
    {"MissingPrediction",
     {"tiny.toml", "--set", "compare.prediction=nowhere.npy"},
     {"compare.prediction = \"nowhere.npy\": cannot be opened: No such file or directory in \"/"}},
    {"Hdf5ThatPromisesTooMuch",
     {"tiny.toml", "--set", "compare.prediction=huge.h5"},
     {"compare.prediction = \"huge.h5\": has shape 32 x 4096 x 2048, must be 2 x 3 x 3"}},
};

INSTANTIATE_TEST_SUITE_P(Program, BadFiles, testing::ValuesIn(bad_files),
                         [](const auto& instance) { return instance.param.name; });

}  // namespace
}  // namespace wideproof::app
