// SPDX-License-Identifier: MIT
#include <wideproof/report/json/common_parts.hpp>

#include <algorithm>

namespace wideproof::report {
namespace {

Json filter_json(const model::LateralFilter& filter) {
  const auto& o = filter.options();
  Json json = {{"filter", name_of(o.kind)}};
  if (filter.is_local()) {
    json["sheet"] = name_of(o.sheet);
    json["taps"] = o.taps;
  }
  if (o.scale > 0) json["scale"] = o.scale;
  if (o.kind == model::LateralFilter::Kind::mexican_hat) {
    json["surround_scale"] = o.surround_scale;
    json["surround_strength"] = o.surround_strength;
  }
  if (o.kind == model::LateralFilter::Kind::uniform) json["degree"] = o.degree;
  return json;
}

void write_indented(const Json& json, std::size_t depth, std::string& text) {
  const bool is_row = json.is_array() && std::none_of(json.begin(), json.end(), [](const Json& x) {
                        return x.is_structured();
                      });
  if (!json.is_structured() || json.empty() || is_row) {
    text += json.dump();
    return;
  }
  const std::string indent(depth + 1, ' ');
  text += json.is_array() ? '[' : '{';
  const char* separator = "\n";
  for (const auto& item : json.items()) {
    text += separator + indent;
    if (json.is_object()) text += Json(item.key()).dump() + ": ";
    write_indented(item.value(), depth + 1, text);
    separator = ",\n";
  }
  text += '\n' + std::string(depth, ' ') + (json.is_array() ? ']' : '}');
}

}  // namespace

Json study_json(const model::Experiment& experiment) {
  const auto& study = experiment.study();
  return {{"name", study.name}, {"kind", experiment.kind().name()}, {"seed", study.seed}};
}

Json provenance_json(const Provenance& provenance) {
  Json json = {{"version", provenance.version},
               {"commit", provenance.commit},
               {"libtorch", provenance.libtorch},
               {"compiler", provenance.compiler}};
  const bool is_known = provenance.threads > 0;
  json["threads"] = is_known ? Json(provenance.threads) : Json(nullptr);
  json["ranks"] = is_known ? Json(provenance.ranks) : Json(nullptr);
  json["wall_seconds"] = is_known ? Json(provenance.wall_seconds) : Json(nullptr);
  return json;
}

Json inputs_json(const InputSummary& inputs) {
  return {{"source", inputs.source}, {"count", inputs.count}, {"dimension", inputs.dimension}};
}

Json files_json(const std::vector<model::ReadFile>& files) {
  Json json = Json::array();
  for (const auto& file : files)
    json.push_back({{"key", file.key}, {"path", file.path}, {"sha256", file.sha256}});
  return json;
}

/// The parameters of a pointwise activation; null of others.
Json function_json(const model::Network& network) {
  if (!model::is_pointwise(network.activation())) return nullptr;
  const auto& options = network.function();
  const auto is_read = [&](std::string_view key) { return reads(options.function, key); };
  Json json = {{"name", name_of(options.function)}};
  if (is_read("frequency")) json["frequency"] = options.frequency;
  if (is_read("slope")) json["slope"] = options.slope;
  if (is_read("rate")) json["rate"] = options.rate;
  if (is_read("order")) json["order"] = options.order;
  if (is_read("expression")) json["expression"] = options.expression;
  Json kinks = Json::array();
  for (const auto& kink : network.nonlinearity().kinks())
    kinks.push_back({{"at", kink.at}, {"jump", kink.jump}, {"slope_jump", kink.slope_jump}});
  json["kinks"] = std::move(kinks);
  return json;
}

/// What each hidden layer is; null where all are alike.
Json layers_json(const model::Network& network, const model::Prediction& limit) {
  if (network.is_uniform()) return nullptr;
  Json layers = Json::array();
  for (std::int64_t layer = 1; layer <= network.depth(); ++layer) {
    const auto& like = network.like_layer(layer);
    const bool thresholded = model::is_thresholded(like.activation());
    const bool projects = like.activation() == model::Activation::sparse_projection;
    layers.push_back(
        {{"layer", layer},
         {"activation", like.activation_name()},
         {"function", function_json(like)},
         {"active_fraction", thresholded ? Json(like.active_fraction()) : Json(nullptr)},
         {"threshold", thresholded ? Json(name_of(like.threshold())) : Json(nullptr)},
         {"sparseness", projects ? Json(like.sparseness()) : Json(nullptr)},
         {"signed", projects ? Json(like.is_signed()) : Json(nullptr)},
         {"weight_variance",
          layer == 1 ? network.input_weight_variance() : limit.weight_variance_from(layer - 1)},
         {"bias_variance", layer == 1 ? network.input_bias_variance()
                                      : network.like_layer(layer - 1).bias_variance()}});
  }
  return layers;
}

Json network_json(const model::Network& network, const model::Prediction& limit,
                  const model::MapConstants& map) {
  const bool uniform = network.is_uniform();
  const bool thresholded = uniform && model::is_thresholded(network.activation());
  const bool projects = uniform && network.activation() == model::Activation::sparse_projection;
  Json factors = Json::array();
  for (const auto& layer : network.options().layers) factors.push_back(layer.width_factor);
  return {{"depth", network.depth()},
          {"width_factors", factors.empty() ? Json(nullptr) : std::move(factors)},
          {"layers", layers_json(network, limit)},
          {"activation", uniform ? Json(network.activation_name()) : Json(nullptr)},
          {"function", uniform ? function_json(network) : Json(nullptr)},
          {"active_fraction", thresholded ? Json(network.active_fraction()) : Json(nullptr)},
          {"threshold", thresholded ? Json(name_of(network.threshold())) : Json(nullptr)},
          {"sparseness", projects ? Json(network.sparseness()) : Json(nullptr)},
          {"signed", projects ? Json(network.is_signed()) : Json(nullptr)},
          {"tau", or_null(limit.tau)},
          {"weight_variance", uniform ? Json(limit.weight_variance) : Json(nullptr)},
          {"weight_variance_is_critical", uniform && !network.weight_variance().has_value()},
          {"bias_variance", uniform ? Json(network.bias_variance()) : Json(nullptr)},
          {"input_weight_variance", network.input_weight_variance()},
          {"input_bias_variance", network.input_bias_variance()},
          {"gram_scale", limit.gram_scale},
          {"presynaptic", filter_json(network.presynaptic())},
          {"postsynaptic", filter_json(network.postsynaptic())},
          {"degree_of_correlation", limit.degree_of_correlation},
          {"critical_degree_of_correlation", or_null(limit.critical_degree_of_correlation)},
          {"fixed_point_correlation", or_null(map.fixed_point)},
          {"slope_at_one", or_null(map.slope_at_one)}};
}

Json claims_json(const std::vector<compare::Claim>& all) {
  Json claims = Json::array();
  for (const auto& claim : all) {
    claims.push_back({{"name", claim.name},
                      {"statement", claim.statement},
                      {"outcome", compare::name_of(claim.outcome)},
                      {"p_value", or_null(claim.p_value)},
                      {"p_adjusted", or_null(claim.p_adjusted)},
                      {"prediction", or_null(claim.prediction)},
                      {"measurement", or_null(claim.measurement)},
                      {"low", or_null(claim.low)},
                      {"high", or_null(claim.high)},
                      {"where", text_or_null(claim.where)},
                      {"detail", text_or_null(claim.detail)},
                      {"obstacle", text_or_null(claim.obstacle)}});
  }
  return claims;
}

Json verdict_json(const compare::Verdict& verdict) {
  return {{"outcome", compare::name_of(verdict.outcome)},
          {"family_error", verdict.family_error},
          {"p_value", verdict.p_value},
          {"reasons", verdict.reasons}};
}

std::string json_text(const Json& json) {
  std::string text;
  write_indented(json, 0, text);
  return text + "\n";
}

}  // namespace wideproof::report
