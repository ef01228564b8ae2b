// SPDX-License-Identifier: MIT
#include <wideproof/app/files/hdf5_archive.hpp>

#include <H5Cpp.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include <wideproof/app/files/hdf5_complaint.hpp>
#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>

namespace wideproof::app {
namespace {

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// A text of fixed length, and of one byte at least: HDF5 has no empty type.
struct FixedText {
  explicit FixedText(std::string_view value) : bytes(value) {
    if (bytes.empty()) bytes.push_back('\0');
  }
  H5::StrType type() const { return {H5::PredType::C_S1, bytes.size()}; }

  std::string bytes;
};

void write_text_attribute(H5::H5Object& object, const std::string& name, std::string_view value) {
  const FixedText text(value);
  object.createAttribute(name, text.type(), H5::DataSpace(H5S_SCALAR))
      .write(text.type(), text.bytes.data());
}

/// Without the time of writing, so that equal results are equal files.
H5::DSetCreatPropList timeless() {
  H5::DSetCreatPropList properties;
  H5Pset_obj_track_times(properties.getId(), false);
  return properties;
}

/// Held by every archive for as long as it lives: HDF5's C++ layer is made for one thread, and
/// files in memory, which have no inode, are told apart by name.
std::unique_lock<std::recursive_mutex> hdf5_lock() {
  static std::recursive_mutex mutex;
  return std::unique_lock(mutex);
}

}  // namespace

struct Hdf5Writer::Impl {
  std::unique_lock<std::recursive_mutex> lock = hdf5_lock();
  H5::H5File file;

  H5::Group group(const std::string& path) {
    for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
      const std::string part = path.substr(0, end);
      if (part != "/" && !file.nameExists(part)) file.createGroup(part);
      if (end == std::string::npos) return file.openGroup(path);
    }
  }

  /// `values` in C order.
  void array(const std::string& path, const std::vector<Eigen::Index>& shape, const double* values,
             std::string_view description, std::string_view units) {
    const auto slash = path.rfind('/');
    group(slash == 0 ? "/" : path.substr(0, slash));
    const std::vector<hsize_t> extents(shape.begin(), shape.end());
    auto dataset = file.createDataSet(
        path, H5::PredType::IEEE_F64LE,
        H5::DataSpace(static_cast<int>(extents.size()), extents.data()), timeless());
    dataset.write(values, H5::PredType::NATIVE_DOUBLE);
    write_text_attribute(dataset, "description", description);
    write_text_attribute(dataset, "units", units);
  }
};

Hdf5Writer::Hdf5Writer() : impl_(std::make_unique<Impl>()) {
  H5::FileAccPropList in_memory;
  in_memory.setCore(std::size_t{1} << 20U, /*backing_store=*/false);
  impl_->file =
      H5::H5File("in-memory.h5", H5F_ACC_TRUNC, H5::FileCreatPropList::DEFAULT, in_memory);
}

Hdf5Writer::~Hdf5Writer() = default;

void Hdf5Writer::matrix(const std::string& path, const Eigen::MatrixXd& matrix,
                        std::string_view description, std::string_view units) {
  const RowMajor values = matrix;
  impl_->array(path, {matrix.rows(), matrix.cols()}, values.data(), description, units);
}

void Hdf5Writer::stack(const std::string& path, const std::vector<Eigen::MatrixXd>& matrices,
                       std::string_view description, std::string_view units) {
  const auto& first = matrices.front();
  std::vector<double> values;
  for (const RowMajor matrix : matrices) {
    values.insert(values.end(), matrix.data(), matrix.data() + matrix.size());
  }
  impl_->array(path, {static_cast<Eigen::Index>(matrices.size()), first.rows(), first.cols()},
               values.data(), description, units);
}

void Hdf5Writer::text(const std::string& path, std::string_view value) {
  const FixedText text(value);
  impl_->file.createDataSet(path, text.type(), H5::DataSpace(H5S_SCALAR), timeless())
      .write(text.bytes.data(), text.type());
}

void Hdf5Writer::attribute(const std::string& group, const std::string& name, double value) {
  impl_->group(group)
      .createAttribute(name, H5::PredType::IEEE_F64LE, H5::DataSpace(H5S_SCALAR))
      .write(H5::PredType::NATIVE_DOUBLE, &value);
}

void Hdf5Writer::attribute(const std::string& group, const std::string& name, std::int64_t value) {
  impl_->group(group)
      .createAttribute(name, H5::PredType::STD_I64LE, H5::DataSpace(H5S_SCALAR))
      .write(H5::PredType::NATIVE_INT64, &value);
}

void Hdf5Writer::attribute(const std::string& group, const std::string& name,
                           const std::string& value) {
  auto object = impl_->group(group);
  write_text_attribute(object, name, value);
}

std::string Hdf5Writer::bytes() const {
  impl_->file.flush(H5F_SCOPE_GLOBAL);
  const ssize_t size = H5Fget_file_image(impl_->file.getId(), nullptr, 0);
  if (size < 0) throw std::runtime_error("HDF5: no file image");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  H5Fget_file_image(impl_->file.getId(), bytes.data(), bytes.size());
  return bytes;
}

struct Hdf5Reader::Impl {
  std::unique_lock<std::recursive_mutex> lock = hdf5_lock();
  std::string name;
  H5::H5File file;

  [[noreturn]] void refuse(const std::string& path, const std::string& complaint) const {
    throw model::InputError(fmt::format("{}: {} {}", name, path, complaint));
  }
  void heed(const std::string& path, const std::string& complaint) const {
    if (!complaint.empty()) refuse(path, complaint);
  }

  H5::Group group(const std::string& path) const {
    heed(path, complaint_about_object(file, path, H5O_TYPE_GROUP));
    return file.openGroup(path);
  }
  H5::DataSet data_set(const std::string& path) const {
    heed(path, complaint_about_object(file, path, H5O_TYPE_DATASET));
    return file.openDataSet(path);
  }
  H5::Attribute attribute(const std::string& path, const std::string& attribute) const {
    const auto holder = group(path);
    if (!holder.attrExists(attribute)) refuse(path + "." + attribute, "is missing");
    auto opened = holder.openAttribute(attribute);
    if (opened.getSpace().getSimpleExtentNpoints() != 1) {
      refuse(path + "." + attribute, "is no single value");
    }
    return opened;
  }
  H5::Attribute number(const std::string& path, const std::string& name_of_number) const {
    auto opened = attribute(path, name_of_number);
    heed(path + "." + name_of_number, complaint_about_type(opened.getDataType()));
    return opened;
  }

  /// Runs `read`; any HDF5 error becomes an InputError that names `path`.
  template <class Read>
  auto checked(const std::string& path, Read read) const {
    try {
      return read();
    } catch (const H5::Exception&) {
      refuse(path, hdf5_failure());
    }
  }
};

Hdf5Reader::Hdf5Reader(std::string key, const std::string& file) : impl_(std::make_unique<Impl>()) {
  listen_to_hdf5();
  impl_->name = fmt::format("{} = {}", key, model::in_quotes(file));
  const auto refuse = [&](const std::string& complaint) {
    throw model::InputError(
        fmt::format("{}: cannot be opened as an HDF5 file: {}", impl_->name, complaint));
  };
  const auto complaint = complaint_about_kind_of_file(file);
  if (!complaint.empty()) refuse(complaint);
  try {
    H5::FileAccPropList access;
    // The environment's HDF5_USE_FILE_LOCKING, where it is set, overrules this.
    if (lacks_locks(file)) H5Pset_file_locking(access.getId(), false, true);
    impl_->file = H5::H5File(file, H5F_ACC_RDONLY, H5::FileCreatPropList::DEFAULT, access);
  } catch (const H5::Exception&) {
    refuse(complaint_about_file(file));
  }
}

Hdf5Reader::~Hdf5Reader() = default;

bool Hdf5Reader::holds(const std::string& path) const {
  return impl_->checked(path, [&] {
    const auto parent = path.substr(0, std::max<std::size_t>(path.rfind('/'), 1));
    impl_->heed(parent, complaint_about_object(impl_->file, parent, H5O_TYPE_GROUP));
    return impl_->file.nameExists(path);
  });
}

bool Hdf5Reader::holds_attribute(const std::string& group, const std::string& name) const {
  return impl_->checked(group, [&] { return impl_->group(group).attrExists(name); });
}

std::vector<std::int64_t> Hdf5Reader::shape(const std::string& path) const {
  return impl_->checked(path, [&] {
    const auto space = impl_->data_set(path).getSpace();
    std::vector<hsize_t> extents(static_cast<std::size_t>(space.getSimpleExtentNdims()));
    space.getSimpleExtentDims(extents.data());
    return std::vector<std::int64_t>(extents.begin(), extents.end());
  });
}

std::vector<std::string> Hdf5Reader::names(const std::string& group) const {
  return impl_->checked(group, [&] {
    const auto opened = impl_->group(group);
    std::vector<std::string> names;
    for (hsize_t i = 0; i < opened.getNumObjs(); ++i) names.push_back(opened.getObjnameByIdx(i));
    return names;
  });
}

std::size_t Hdf5Reader::number_size(const std::string& path) const {
  return impl_->checked(path, [&] { return impl_->data_set(path).getDataType().getSize(); });
}

std::vector<double> Hdf5Reader::numbers(const std::string& path, std::int64_t largest) const {
  return impl_->checked(path, [&] {
    const auto dataset = impl_->data_set(path);
    impl_->heed(path, complaint_about_type(dataset.getDataType()));
    const auto count = dataset.getSpace().getSimpleExtentNpoints();
    if (count < 0 || count > largest) {
      throw model::InputError(fmt::format("{}: {} promises {} numbers; at most {} are taken",
                                          impl_->name, path, count, largest));
    }
    // Nothing is allocated for data that the file does not hold.
    impl_->heed(path, complaint_about_storage(dataset));
    const auto stored = dataset.getStorageSize();
    if (stored > impl_->file.getFileSize()) {
      throw model::InputError(fmt::format("{}: {} promises {} bytes, the file holds {}",
                                          impl_->name, path, stored, impl_->file.getFileSize()));
    }
    std::vector<double> values(static_cast<std::size_t>(count));
    dataset.read(values.data(), H5::PredType::NATIVE_DOUBLE);
    return values;
  });
}

Eigen::MatrixXd Hdf5Reader::matrix(const std::string& path) const {
  const auto extents = shape(path);
  if (extents.size() != 2) {
    throw model::InputError(fmt::format("{}: {} is no matrix", impl_->name, path));
  }
  const auto values = numbers(path);
  return Eigen::Map<const RowMajor>(values.data(), extents[0], extents[1]);
}

double Hdf5Reader::number(const std::string& group, const std::string& name) const {
  return impl_->checked(group + "." + name, [&] {
    double value = 0;
    impl_->number(group, name).read(H5::PredType::NATIVE_DOUBLE, &value);
    return value;
  });
}

std::int64_t Hdf5Reader::integer(const std::string& group, const std::string& name) const {
  return impl_->checked(group + "." + name, [&] {
    std::int64_t value = 0;
    impl_->number(group, name).read(H5::PredType::NATIVE_INT64, &value);
    return value;
  });
}

std::string Hdf5Reader::text(const std::string& path) const {
  return impl_->checked(path, [&] {
    const auto dataset = impl_->data_set(path);
    if (dataset.getTypeClass() != H5T_STRING || dataset.getSpace().getSimpleExtentNpoints() != 1) {
      impl_->refuse(path, "is no single text");
    }
    const auto type = dataset.getStrType();
    if (type.getSize() != dataset.getStorageSize() || type.getSize() > impl_->file.getFileSize()) {
      throw model::InputError(fmt::format("{}: {} is no text of fixed length", impl_->name, path));
    }
    std::string value(type.getSize(), '\0');
    dataset.read(value.data(), type);
    return value.substr(0, value.find('\0'));
  });
}

std::string Hdf5Reader::text(const std::string& group, const std::string& name) const {
  return impl_->checked(group + "." + name, [&] {
    const auto attribute = impl_->attribute(group, name);
    if (attribute.getTypeClass() != H5T_STRING || attribute.getStrType().isVariableStr()) {
      throw model::InputError(
          fmt::format("{}: {}.{} is no text of fixed length", impl_->name, group, name));
    }
    const auto type = attribute.getStrType();
    std::string value(type.getSize(), '\0');
    attribute.read(type, value.data());
    return value.substr(0, value.find('\0'));
  });
}

}  // namespace wideproof::app
