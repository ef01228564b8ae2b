// SPDX-License-Identifier: MIT
#include <wideproof/app/files/hdf5_complaint.hpp>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include <wideproof/app/files/file_locks.hpp>
#include <wideproof/model/files/byte_reader.hpp>
#include <wideproof/model/in_quotes.hpp>

namespace wideproof::app {
namespace {

constexpr hsize_t unsuspected_size = hsize_t{64} << 20U;
constexpr hsize_t largest_expansion = 200;
constexpr std::size_t longest_number = 16;
constexpr hsize_t most_added = 64;  // by the filters to a chunk that they cannot pack

/// What flock(2) says of a shared lock on `file`, as an errno; 0 where it is given.
int lock_error(const std::string& file) {
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) return 0;  // a pipe's writer would notice
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return 0;
  const int error = ::flock(descriptor, LOCK_SH | LOCK_NB) == 0 ? 0 : errno;
  ::close(descriptor);
  return error;
}

std::string& last_reason() {
  static std::string reason;  // under the lock that every archive holds
  return reason;
}

herr_t keep_innermost(unsigned depth, const H5E_error2_t* error, void*) {
  if (depth == 0 && error->desc != nullptr) last_reason() = error->desc;
  return 0;
}

herr_t keep_reason(hid_t stack, void*) {
  return H5Ewalk2(stack, H5E_WALK_UPWARD, keep_innermost, nullptr);
}

std::string_view plural(H5T_class_t type) {
  switch (type) {
    case H5T_INTEGER:
      return "integers";
    case H5T_FLOAT:
      return "real numbers";
    case H5T_STRING:
      return "texts";
    case H5T_COMPOUND:
      return "records, as complex numbers are";
    case H5T_REFERENCE:
      return "references";
    case H5T_VLEN:
      return "lists";
    case H5T_ARRAY:
      return "arrays";
    default:
      return "bytes of another kind";
  }
}

/// Where the link leads that has nothing at its end.
std::string dangling(const H5::H5File& file, const std::string& path) {
  H5L_info_t info{};
  if (H5Lget_info(file.getId(), path.c_str(), &info, H5P_DEFAULT) < 0) return "nothing";
  if (info.type == H5L_TYPE_HARD) return "nothing";
  std::vector<char> value(info.u.val_size + 1, '\0');
  H5Lget_val(file.getId(), path.c_str(), value.data(), value.size(), H5P_DEFAULT);
  if (info.type == H5L_TYPE_SOFT) return model::in_quotes(value.data());
  const char* other = nullptr;
  const char* place = nullptr;
  if (H5Lunpack_elink_val(value.data(), info.u.val_size, nullptr, &other, &place) < 0) {
    return "nothing";
  }
  return fmt::format("{} of {}", model::in_quotes(place), model::in_quotes(other));
}

unsigned long file_number(hid_t object) {
  H5O_info_t info{};
  H5Oget_info2(object, &info, H5O_INFO_BASIC);
  return info.fileno;
}

struct Chunks {
  hsize_t count = 1;
  hsize_t numbers = 1;  ///< in each
};

Chunks chunks_of(const H5::DataSpace& space, const H5::DSetCreatPropList& properties) {
  std::vector<hsize_t> extents(static_cast<std::size_t>(space.getSimpleExtentNdims()));
  std::vector<hsize_t> chunk(extents.size());
  space.getSimpleExtentDims(extents.data());
  properties.getChunk(static_cast<int>(chunk.size()), chunk.data());
  Chunks chunks;
  for (std::size_t axis = 0; axis < extents.size(); ++axis) {
    chunks.count *= (extents[axis] + chunk[axis] - 1) / chunk[axis];
    chunks.numbers *= chunk[axis];  // less than 4 GiB together, says HDF5
  }
  return chunks;
}

hsize_t chunks_written(const H5::DataSet& data_set) {
  hsize_t count = 0;
  H5Dget_num_chunks(data_set.getId(), data_set.getSpace().getId(), &count);
  return count;
}

std::string complaint_about_filters(const H5::DSetCreatPropList& properties) {
  for (unsigned i = 0; i < static_cast<unsigned>(std::max(properties.getNfilters(), 0)); ++i) {
    unsigned flags = 0;
    unsigned config = 0;
    std::size_t parameters = 0;
    char name[64] = "";
    const auto filter = H5Pget_filter2(properties.getId(), i, &flags, &parameters, nullptr,
                                       sizeof name, name, &config);
    unsigned able = 0;
    const bool readable = H5Zfilter_avail(filter) > 0 && H5Zget_filter_info(filter, &able) >= 0 &&
                          (able & H5Z_FILTER_CONFIG_DECODE_ENABLED) != 0;
    // Damaged data that these two have packed is read beyond its end, as of HDF5 1.10.
    const bool is_checked = filter != H5Z_FILTER_SCALEOFFSET && filter != H5Z_FILTER_NBIT;
    if (readable && is_checked) continue;
    name[sizeof name - 1] = '\0';
    const auto named = name[0] == '\0' ? "" : fmt::format(" ({})", model::in_quotes(name));
    return fmt::format(
        "is compressed with filter {}{}, which this HDF5 cannot read{}; write it with "
        "gzip or without compression",
        static_cast<int>(filter), named, readable ? " safely" : "");
  }
  return {};
}

}  // namespace

bool lacks_locks(const std::string& file) {
  return knows_no_locks(lock_error(file));
}

void listen_to_hdf5() {
  H5Eset_auto2(H5E_DEFAULT, keep_reason, nullptr);
}

std::string hdf5_failure() {
  const auto said = model::in_quotes(last_reason());
  if (said.find("version") == std::string::npos) {
    return fmt::format("is damaged: HDF5 says {}", said);
  }
  return fmt::format(
      "is of a newer format than HDF5 {}.{}.{} reads, or damaged: it says {}; write "
      "it with libver='earliest'",
      H5_VERS_MAJOR, H5_VERS_MINOR, H5_VERS_RELEASE, said);
}

std::string complaint_about_kind_of_file(const std::string& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) {
    const int error = errno;
    return std::strerror(error) + (error == ENOENT ? model::searched_folder(file) : std::string());
  }
  if (S_ISDIR(status.st_mode)) return "is a directory, not a file";
  if (!S_ISREG(status.st_mode)) return "is a pipe or device; HDF5 reads files";
  return "";
}

std::string complaint_about_file(const std::string& file) {
  const std::string failure = hdf5_failure();  // of the failure, before HDF5 is asked again
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::strerror(errno);
  if (::access(file.c_str(), R_OK) != 0) return std::strerror(errno);
  if (lock_error(file) == EWOULDBLOCK) return "another program is writing it";
  if (status.st_size == 0) return "is empty";
  if (H5Fis_hdf5(file.c_str()) == 0) return "does not begin as one";
  return failure;
}

std::string complaint_about_object(const H5::H5File& file, const std::string& path,
                                   H5O_type_t wanted) {
  H5O_type_t type = H5O_TYPE_GROUP;
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    if (type != H5O_TYPE_GROUP || (part != "/" && !file.nameExists(part))) return "is missing";
    if (part != "/" && H5Oexists_by_name(file.getId(), part.c_str(), H5P_DEFAULT) <= 0) {
      return fmt::format("is a link to {}, which is missing", dangling(file, part));
    }
    type = file.childObjType(part);
    if (end == std::string::npos) break;
  }
  if (type != wanted) {
    return fmt::format("is a {}, not a {}",
                       type == H5O_TYPE_GROUP     ? "group"
                       : type == H5O_TYPE_DATASET ? "data set"
                                                  : "type",
                       wanted == H5O_TYPE_GROUP ? "group" : "data set");
  }
  const hid_t object = H5Oopen(file.getId(), path.c_str(), H5P_DEFAULT);
  const bool elsewhere = object >= 0 && file_number(object) != file_number(file.getId());
  if (object >= 0) H5Oclose(object);
  return elsewhere ? "is a link into another file; copy it into this one" : "";
}

std::string complaint_about_type(const H5::DataType& type) {
  const auto kind = type.getClass();
  if (kind != H5T_INTEGER && kind != H5T_FLOAT && kind != H5T_ENUM) {  // h5py's bool is of the last
    return fmt::format("holds {}, not numbers", plural(kind));
  }
  if (type.getSize() > longest_number) {
    return fmt::format("holds numbers of {} bytes; at most {} are read", type.getSize(),
                       longest_number);
  }
  return {};
}

std::string complaint_about_storage(const H5::DataSet& data_set) {
  const auto properties = data_set.getCreatePlist();
  if (properties.getLayout() == H5D_VIRTUAL) {
    return "is a virtual data set, made of others; copy their numbers into one data set of this "
           "file";
  }
  if (properties.getExternalCount() > 0) {
    return "keeps its numbers in external files; copy them into this one";
  }
  if (auto complaint = complaint_about_filters(properties); !complaint.empty()) return complaint;
  const auto count = static_cast<hsize_t>(data_set.getSpace().getSimpleExtentNpoints());
  const hsize_t size = data_set.getDataType().getSize();
  const hsize_t stored = data_set.getStorageSize();
  if (stored == 0 && count > 0) return "holds no data";
  hsize_t unpacked = count * size;
  if (properties.getLayout() == H5D_CHUNKED) {
    const auto chunks = chunks_of(data_set.getSpace(), properties);
    unpacked = std::max(unpacked, chunks.numbers * size);
    if (const auto written = chunks_written(data_set); written < chunks.count) {
      return fmt::format(
          "holds {} of its {} chunks; what was never written would read as the fill value", written,
          chunks.count);
    }
    if (stored > chunks.count * (chunks.numbers * size + most_added)) {
      return fmt::format("is damaged: {} bytes are stored for {} numbers", stored, count);
    }
  }
  if (unpacked > unsuspected_size && unpacked / largest_expansion > stored) {
    return fmt::format(
        "expands more than {}-fold: refused, as a file made to exhaust memory would "
        "be; write it without compression",
        largest_expansion);
  }
  return {};
}

}  // namespace wideproof::app
