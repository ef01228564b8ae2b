// SPDX-License-Identifier: MIT
#include <wideproof/app/kinds/samples/sample_stream.hpp>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include <wideproof/app/files/hdf5_archive.hpp>
#include <wideproof/model/files/npy_stream.hpp>
#include <wideproof/model/files/npz_file.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view width_prefix = "width_";
constexpr std::int64_t widest = 10'000'000;
/// Half of the last digit of a number in half precision, relative, and what sums in float32 lose.
constexpr double rounding_of_halves = 5e-4;
constexpr double rounding_of_floats = 1e-6;

double rounding_of(std::size_t bytes, bool is_integer) {
  return bytes == 2 && !is_integer ? rounding_of_halves : rounding_of_floats;
}

class NpySamples final : public SampleStream {
 public:
  explicit NpySamples(model::ByteReader reader) : stream_(std::move(reader)) {}

  const std::vector<std::int64_t>& shape() const override { return stream_.shape(); }
  double rounding() const override {
    const auto element = stream_.element();
    return rounding_of(static_cast<std::size_t>(model::size_of(element)),
                       model::is_integer(element));
  }
  void append(std::int64_t count, std::vector<double>& values) override {
    stream_.append(count, model::NonFinite::kept, values);
  }
  model::ReadFile finish() override { return stream_.expect_end(); }

 private:
  model::NpyStream stream_;
};

class Hdf5Samples final : public SampleStream {
 public:
  Hdf5Samples(const std::string& key, const SampleFile& sample) : key_(key), sample_(sample) {
    const Hdf5Reader file(key, sample.file);
    const auto path = "/" + sample.member;
    shape_ = file.shape(path);
    rounding_ = rounding_of(file.number_size(path), false);
  }

  const std::vector<std::int64_t>& shape() const override { return shape_; }
  double rounding() const override { return rounding_; }
  void append(std::int64_t count, std::vector<double>& values) override {
    if (all_.empty()) all_ = Hdf5Reader(key_, sample_.file).numbers("/" + sample_.member);
    const auto first = all_.begin() + given_;
    values.insert(values.end(), first, first + count);
    given_ += count;
  }
  model::ReadFile finish() override {
    model::ByteReader bytes(key_, sample_.file);
    std::vector<unsigned char> buffer(std::size_t{1} << 20U);
    while (bytes.read(buffer) == buffer.size()) continue;
    return bytes.so_far();
  }

 private:
  std::string key_;
  SampleFile sample_;
  std::vector<std::int64_t> shape_;
  double rounding_ = 0.0;
  std::vector<double> all_;
  std::int64_t given_ = 0;
};

/// nullopt of a name that does not begin as those of samples do.
std::optional<std::int64_t> width_of(const std::string& key, const std::string& file,
                                     std::string_view name) {
  if (!name.starts_with(width_prefix)) return std::nullopt;
  const std::string_view number = name.substr(width_prefix.size());
  std::int64_t width = 0;
  const char* last = number.data() + number.size();
  const auto [end, error] = std::from_chars(number.data(), last, width);
  if (error != std::errc() || end != last || width < 1 || width > widest)
    throw model::InputError(key, model::in_quotes(file),
                            fmt::format("{} names no width: width_<n> is read, n from 1 to {}",
                                        model::in_quotes(name), widest));
  return width;
}

bool is_archive(const fs::path& path) {
  const auto suffix = path.extension();
  return suffix == ".npz" || suffix == ".h5" || suffix == ".hdf5";
}

std::vector<std::string> members_of(const std::string& key, const std::string& path) {
  if (fs::path(path).extension() == ".npz") return model::NpzFile(key, path).names();
  return Hdf5Reader(key, path).names("/");
}

/// The array of an archive that stands for one width.
std::string only_member(const std::string& key, const std::string& path) {
  const auto names = model::NpzFile(key, path).names();
  if (names.size() == 1) return names.front();
  throw model::InputError(
      key, model::in_quotes(path),
      fmt::format("holds {} arrays: one is read, the samples of its width", names.size()));
}

std::vector<SampleFile> in_directory(const std::string& key, const std::string& path) {
  std::vector<SampleFile> found;
  std::error_code failed;
  fs::directory_iterator entries(path, failed);
  if (failed)
    throw model::InputError(key, model::in_quotes(path), "cannot be read: " + failed.message());
  for (const auto& entry : entries) {
    const auto suffix = entry.path().extension();
    if (suffix != ".npy" && suffix != ".npz") continue;
    const auto file = entry.path().string();
    const auto width = width_of(key, file, entry.path().stem().string());
    if (width)
      found.push_back({*width, file, suffix == ".npz" ? only_member(key, file) : std::string()});
  }
  return found;
}

}  // namespace

std::vector<SampleFile> find_samples(const std::string& key, const std::string& path) {
  std::vector<SampleFile> found;
  std::error_code unknown;
  if (fs::is_directory(path, unknown)) {
    found = in_directory(key, path);
  } else if (is_archive(path)) {
    for (const auto& member : members_of(key, path))
      if (const auto width = width_of(key, path, member)) found.push_back({*width, path, member});
  } else {
    model::ByteReader(key, path);  // says where a file that is missing was looked for
    throw model::InputError(key, model::in_quotes(path),
                            "must be a directory of width_<n>.npy, or a file that ends in .npz or "
                            ".h5");
  }
  if (found.empty())
    throw model::InputError(key, model::in_quotes(path),
                            is_archive(path) ? "holds no array named width_<n>, n the width"
                                             : "holds no file width_<n>.npy, n the width");
  std::sort(found.begin(), found.end(), [](const SampleFile& one, const SampleFile& other) {
    return std::pair(one.width, one.file) < std::pair(other.width, other.file);
  });
  const auto twice = std::adjacent_find(
      found.begin(), found.end(),
      [](const SampleFile& one, const SampleFile& other) { return one.width == other.width; });
  if (twice != found.end())
    throw model::InputError(key, model::in_quotes(path),
                            fmt::format("holds width {} twice", twice->width));
  return found;
}

std::unique_ptr<SampleStream> open_samples(const std::string& key, const SampleFile& sample) {
  if (sample.member.empty())
    return std::make_unique<NpySamples>(model::ByteReader(key, sample.file));
  if (fs::path(sample.file).extension() == ".npz")
    return std::make_unique<NpySamples>(model::NpzFile(key, sample.file).member(sample.member));
  return std::make_unique<Hdf5Samples>(key, sample);
}

}  // namespace wideproof::app
