// SPDX-License-Identifier: MIT
#include <wideproof/sim/field_stream.hpp>

#include <stdexcept>

#include <torch/torch.h>

namespace wideproof::sim {
namespace {

std::variant<GaussianField<float>, GaussianField<double>> make_field(const StreamName& name,
                                                                     torch::ScalarType dtype) {
  if (dtype == torch::kFloat32) return GaussianField<float>(name);
  if (dtype == torch::kFloat64) return GaussianField<double>(name);
  throw std::invalid_argument("FieldStream: dtype must be float32 or float64");
}

StreamName stream_name(const NetworkId& id, Purpose purpose, std::int64_t layer) {
  return {.seed = id.seed,
          .purpose = purpose,
          .width = static_cast<std::uint32_t>(id.width),
          .replicate = static_cast<std::uint32_t>(id.replicate),
          .layer = static_cast<std::uint32_t>(layer)};
}

}  // namespace

FieldStream::FieldStream(const NetworkId& id, Purpose purpose, std::int64_t layer,
                         torch::ScalarType dtype)
    : dtype_(dtype), field_(make_field(stream_name(id, purpose, layer), dtype)) {}

void FieldStream::fill(torch::Tensor& out) {
  TORCH_CHECK(out.scalar_type() == dtype_ && out.is_contiguous() && out.device().is_cpu(),
              "FieldStream: needs a contiguous CPU tensor of the stream's dtype");
  std::visit([&]<class Real>(
                 GaussianField<Real>& field) { field.draw(out.data_ptr<Real>(), out.numel()); },
             field_);
}

torch::Tensor FieldStream::next(std::int64_t rows, std::int64_t columns) {
  auto out = torch::empty({rows, columns}, dtype_);
  fill(out);
  return out;
}

}  // namespace wideproof::sim
