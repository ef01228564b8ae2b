// SPDX-License-Identifier: MIT
// Files that others wrote: what HDF5 can read is read, the rest is named.
#include <wideproof/app/files/hdf5_archive.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <H5Cpp.h>
#include <gmock/gmock.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <vector>

#include "../model/input_files.hpp"

namespace {

int flock_error = 0;  ///< what flock answers in this program; 0: what the system answers

}  // namespace

/// Stands in for the C library's, in HDF5 too.
extern "C" int flock(int descriptor, int operation) noexcept {
  if (flock_error == 0) return static_cast<int>(syscall(SYS_flock, descriptor, operation));
  errno = flock_error;
  return -1;
}

namespace wideproof::app {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

const std::vector<double> six = {1, -2, 3, 4, 0, 100};

class Hdf5Foreign : public model::InputFiles {
 protected:
  H5::H5File create(bool latest = false) const {
    H5::FileAccPropList access;
    if (latest) H5Pset_libver_bounds(access.getId(), H5F_LIBVER_LATEST, H5F_LIBVER_LATEST);
    return {path("x.h5"), H5F_ACC_TRUNC, H5::FileCreatPropList::DEFAULT, access};
  }
  static H5::DataSpace space(std::vector<hsize_t> extents) {
    return {static_cast<int>(extents.size()), extents.data()};
  }
  static H5::DSetCreatPropList chunked(std::vector<hsize_t> extents) {
    H5::DSetCreatPropList properties;
    properties.setChunk(static_cast<int>(extents.size()), extents.data());
    return properties;
  }
  /// /gram of 2 × 3, written as `type`.
  static void write_six(H5::H5File file, const H5::DataType& type = H5::PredType::IEEE_F64LE,
                        const H5::DSetCreatPropList& properties = {}) {
    file.createDataSet("/gram", type, space({2, 3}), properties)
        .write(six.data(), H5::PredType::NATIVE_DOUBLE);
  }
  std::vector<double> gram(std::int64_t largest = 1000) const {
    return Hdf5Reader("k", path("x.h5")).numbers("/gram", largest);
  }
  /// What is said of x.h5, less its name.
  std::string complaint(std::int64_t largest = 1000) const {
    const auto message = model::refusal([&] { gram(largest); });
    const auto start = "k = \"" + path("x.h5") + "\": ";
    EXPECT_THAT(message, testing::StartsWith(start));
    return message.substr(std::min(start.size(), message.size()));
  }
};

TEST_F(Hdf5Foreign, ReadsTheLatestFormat) {
  write_six(create(true));
  EXPECT_EQ(gram(), six);
}

TEST_F(Hdf5Foreign, ReadsPackedNumbers) {
  auto packed = chunked({2, 2});
  packed.setShuffle();
  packed.setDeflate(4);
  packed.setFletcher32();
  for (const bool latest : {false, true}) {
    write_six(create(latest), H5::PredType::IEEE_F64LE, packed);
    EXPECT_EQ(gram(), six);
    EXPECT_THAT(complaint(5), EndsWith("/gram promises 6 numbers; at most 5 are taken"));
  }
}

TEST_F(Hdf5Foreign, ReadsNumbersOfAnyType) {
  for (const auto& type :
       {H5::PredType::IEEE_F32LE, H5::PredType::IEEE_F32BE, H5::PredType::IEEE_F64BE,
        H5::PredType::STD_I8LE, H5::PredType::STD_I16BE, H5::PredType::STD_I32LE,
        H5::PredType::STD_I64BE, H5::PredType::NATIVE_LDOUBLE}) {
    write_six(create(), type);
    EXPECT_EQ(gram(), six);
  }
  H5::FloatType half(H5::PredType::IEEE_F32LE);  // NumPy's float16
  half.setFields(15, 10, 5, 0, 10);
  half.setSize(2);
  half.setEbias(15);
  write_six(create(), half);
  EXPECT_EQ(gram(), six);
}

TEST_F(Hdf5Foreign, ReadsTruthValuesAsH5pyWritesThem) {
  H5::EnumType truth(H5::PredType::NATIVE_INT8);
  for (std::int8_t value : {0, 1}) truth.insert(value == 0 ? "FALSE" : "TRUE", &value);
  const std::vector<std::int8_t> values = {0, 1, 1};
  create().createDataSet("/gram", truth, space({3})).write(values.data(), truth);
  EXPECT_THAT(gram(), testing::ElementsAre(0, 1, 1));
}

TEST_F(Hdf5Foreign, NamesAFilterThatIsNotThere) {
  const auto as_it_is = [](unsigned, std::size_t, const unsigned*, std::size_t bytes, std::size_t*,
                           void**) { return bytes; };
  const H5Z_class2_t lzf = {H5Z_CLASS_T_VERS, 32000, 1, 1, "lzf", nullptr, nullptr, as_it_is};
  ASSERT_GE(H5Zregister(&lzf), 0);
  auto packed = chunked({2, 2});
  packed.setFilter(32000, H5Z_FLAG_OPTIONAL);
  write_six(create(), H5::PredType::IEEE_F64LE, packed);
  EXPECT_EQ(gram(), six);
  ASSERT_GE(H5Zunregister(32000), 0);
  EXPECT_EQ(complaint(),
            "/gram is compressed with filter 32000 (\"lzf\"), which this HDF5 cannot "
            "read; write it with gzip or without compression");
}

TEST_F(Hdf5Foreign, NamesFiltersThatTrustWhatTheyRead) {
  auto scaled = chunked({2, 2});
  H5Pset_scaleoffset(scaled.getId(), H5Z_SO_FLOAT_DSCALE, 3);
  write_six(create(), H5::PredType::IEEE_F64LE, scaled);
  EXPECT_THAT(complaint(), HasSubstr("with filter 6 (\"scaleoffset\"), which this HDF5 cannot "
                                     "read safely; write it with gzip"));
  auto few_bits = chunked({2, 2});
  few_bits.setNbit();
  write_six(create(), H5::PredType::IEEE_F64LE, few_bits);
  EXPECT_THAT(complaint(),
              HasSubstr("with filter 5 (\"nbit\"), which this HDF5 cannot read safely"));
  auto packed = chunked({2, 2});
  packed.setShuffle();
  packed.setDeflate(4);
  packed.setFletcher32();
  write_six(create(), H5::PredType::IEEE_F64LE, packed);
  EXPECT_EQ(gram(), six);
}

TEST_F(Hdf5Foreign, NamesNumbersThatWereNeverWritten) {
  auto file = create();
  const std::vector<double> row = {1, -2, 3};
  const auto half =
      file.createDataSet("/gram", H5::PredType::IEEE_F64LE, space({2, 3}), chunked({1, 3}));
  const std::vector<hsize_t> start = {0, 0};
  const std::vector<hsize_t> count = {1, 3};
  auto selected = half.getSpace();
  selected.selectHyperslab(H5S_SELECT_SET, count.data(), start.data());
  half.write(row.data(), H5::PredType::NATIVE_DOUBLE, space({1, 3}), selected);
  file.close();
  EXPECT_THAT(complaint(), HasSubstr("/gram holds 1 of its 2 chunks"));
}

// What the digest of a file vouches for lies in that file.
TEST_F(Hdf5Foreign, NamesNumbersThatLieInOtherFiles) {
  H5::H5File other(path("other.h5"), H5F_ACC_TRUNC);
  write_six(other);
  other.close();
  H5::DSetCreatPropList virtually;
  H5Pset_virtual(virtually.getId(), space({2, 3}).getId(), "other.h5", "/gram",
                 space({2, 3}).getId());
  create(true).createDataSet("/gram", H5::PredType::IEEE_F64LE, space({2, 3}), virtually);
  EXPECT_THAT(complaint(), HasSubstr("/gram is a virtual data set"));

  H5::DSetCreatPropList outside;
  outside.setExternal(path("raw").c_str(), 0, 48);
  write_six(create(), H5::PredType::IEEE_F64LE, outside);
  EXPECT_THAT(complaint(), HasSubstr("/gram keeps its numbers in external files"));

  auto linking = create();
  H5Lcreate_external(path("other.h5").c_str(), "/gram", linking.getId(), "/gram", H5P_DEFAULT,
                     H5P_DEFAULT);
  linking.close();
  EXPECT_THAT(complaint(), HasSubstr("/gram is a link into another file"));
}

TEST_F(Hdf5Foreign, FollowsLinksWithinTheFile) {
  auto file = create();
  write_six(file);
  file.link(H5L_TYPE_SOFT, "/gram", "/soft");
  file.link(H5L_TYPE_SOFT, "/nowhere", "/dangling");
  file.close();
  const Hdf5Reader reader("k", path("x.h5"));
  EXPECT_EQ(reader.numbers("/soft"), six);
  EXPECT_THAT(model::refusal([&] { reader.numbers("/dangling"); }),
              EndsWith("/dangling is a link to \"/nowhere\", which is missing"));
}

TEST_F(Hdf5Foreign, TellsMissingFromOfAnotherTypeAndFromDamaged) {
  create();
  EXPECT_EQ(complaint(), "/gram is missing");
  create().createGroup("/gram");
  EXPECT_EQ(complaint(), "/gram is a group, not a data set");
  create().createDataSet("/gram", H5::StrType(0, 8), space({2}));
  EXPECT_EQ(complaint(), "/gram holds texts, not numbers");
  H5::CompType complex(std::size_t{16});
  complex.insertMember("r", 0, H5::PredType::NATIVE_DOUBLE);
  complex.insertMember("i", 8, H5::PredType::NATIVE_DOUBLE);
  create().createDataSet("/gram", complex, space({2}));
  EXPECT_EQ(complaint(), "/gram holds records, as complex numbers are, not numbers");
  create().createDataSet("/gram", H5::PredType::IEEE_F64LE, space({2, 3}));
  EXPECT_EQ(complaint(), "/gram holds no data");

  auto checked = chunked({2, 3});
  checked.setFletcher32();
  write_six(create(), H5::PredType::IEEE_F64LE, checked);
  auto bytes = contents(path("x.h5"));
  const auto place = bytes.find(model::bytes_of<double>(six));
  ASSERT_NE(place, std::string::npos);
  bytes[place + 1] ^= 1;
  write("x.h5", bytes);
  EXPECT_EQ(complaint(),
            "/gram is damaged: HDF5 says \"data error detected by Fletcher32 checksum\"");
}

// As the files of HDF5 2 with libver='latest' are to HDF5 1.10: a layout message of version 9
// for 3.
TEST_F(Hdf5Foreign, NamesAFormatThatIsNewer) {
  H5::DSetCreatPropList compact;
  compact.setLayout(H5D_COMPACT);
  write_six(create(), H5::PredType::IEEE_F64LE, compact);
  auto bytes = contents(path("x.h5"));
  const auto place = bytes.find(std::string("\3\0\60\0", 4) + model::bytes_of<double>(six));
  ASSERT_NE(place, std::string::npos);
  bytes[place] = 9;
  write("x.h5", bytes);
  EXPECT_THAT(complaint(), testing::AllOf(HasSubstr("/gram is of a newer format than HDF5 1."),
                                          EndsWith("write it with libver='earliest'")));
}

// A few bytes packed, as many as `chunk` numbers promised: all of them wanted, or six.
TEST_F(Hdf5Foreign, RefusesFilesMadeToExhaustMemory) {
  constexpr hsize_t chunk = hsize_t{10} << 20U;
  for (const hsize_t extent : {chunk, hsize_t{6}}) {
    auto packed = chunked({chunk});
    packed.setDeflate(9);
    const hsize_t any = H5S_UNLIMITED;
    const auto set = create().createDataSet("/gram", H5::PredType::IEEE_F64LE,
                                            H5::DataSpace(1, &extent, &any), packed);
    const hsize_t start = 0;
    H5Dwrite_chunk(set.getId(), H5P_DEFAULT, 0, &start, 4, "zip");
    EXPECT_THAT(complaint(chunk), HasSubstr("/gram expands more than 200-fold")) << extent;
  }
}

TEST_F(Hdf5Foreign, RefusesMoreBytesThanNumbersNeed) {
  auto packed = chunked({2, 3});
  packed.setDeflate(9);
  const auto set = create().createDataSet("/gram", H5::PredType::IEEE_F64LE, space({2, 3}), packed);
  const hsize_t start[] = {0, 0};
  const std::string stream(1000, 'x');
  H5Dwrite_chunk(set.getId(), H5P_DEFAULT, 0, start, stream.size(), stream.data());
  EXPECT_EQ(complaint(), "/gram is damaged: 1000 bytes are stored for 6 numbers");
}

TEST_F(Hdf5Foreign, ReadsNoMoreThanOneValueOfAnAttribute) {
  auto file = create();
  file.createAttribute("many", H5::PredType::IEEE_F64LE, space({6}))
      .write(H5::PredType::NATIVE_DOUBLE, six.data());
  file.createAttribute("text", H5::StrType(0, 4), H5::DataSpace(H5S_SCALAR))
      .write(H5::StrType(0, 4), "abc");
  file.close();
  const Hdf5Reader reader("k", path("x.h5"));
  EXPECT_THAT(model::refusal([&] { reader.number("/", "many"); }),
              EndsWith("/.many is no single value"));
  EXPECT_THAT(model::refusal([&] { reader.number("/", "text"); }),
              EndsWith("/.text holds texts, not numbers"));
}

TEST_F(Hdf5Foreign, SaysWhyAFileCannotBeOpened) {
  const std::string start = "cannot be opened as an HDF5 file: ";
  EXPECT_EQ(complaint(), start + "No such file or directory");
  write("x.h5", "");
  EXPECT_EQ(complaint(), start + "is empty");
  write("x.h5", "1,2\n");
  EXPECT_EQ(complaint(), start + "does not begin as one");
  write_six(create());
  const auto bytes = contents(path("x.h5"));
  write("x.h5", bytes.substr(0, bytes.size() - 1));
  EXPECT_THAT(complaint(), HasSubstr("HDF5 says \"truncated file"));
  unlink(path("x.h5").c_str());
  mkdir(path("x.h5").c_str(), 0700);
  EXPECT_EQ(complaint(), start + "is a directory, not a file");
  rmdir(path("x.h5").c_str());
  mkfifo(path("x.h5").c_str(), 0600);  // nobody writes it: opened, it would be waited for
  EXPECT_EQ(complaint(), start + "is a pipe or device; HDF5 reads files");
}

class Hdf5Locks : public Hdf5Foreign {
 protected:
  ~Hdf5Locks() override { flock_error = 0; }
};

TEST_F(Hdf5Locks, AreDoneWithoutWhereTheFileSystemHasNone) {
  write_six(create());
  for (const int error : {ENOLCK, EOPNOTSUPP, ENOSYS, 524}) {
    flock_error = error;
    EXPECT_EQ(gram(), six) << error;
  }
}

TEST_F(Hdf5Locks, ThatFailForAnotherReasonAreHeeded) {
  write_six(create());
  flock_error = EIO;
  EXPECT_THAT(complaint(), HasSubstr("unable to lock file"));
}

TEST_F(Hdf5Locks, OfAWriterAreHeeded) {
  auto writer = create();
  write_six(writer);
  writer.flush(H5F_SCOPE_GLOBAL);
  const int held = ::open(path("x.h5").c_str(), O_RDWR);
  writer.close();
  ASSERT_EQ(::flock(held, LOCK_EX | LOCK_NB), 0);
  EXPECT_THAT(complaint(), EndsWith("another program is writing it"));
  ::close(held);
  EXPECT_EQ(gram(), six);
}

}  // namespace
}  // namespace wideproof::app
