// SPDX-License-Identifier: MIT
#include <wideproof/app/ranks/mpi_messages.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include <nlohmann/json.hpp>

namespace wideproof::app {
namespace {

using nlohmann::json;

json as_json(const Failure& failure) {
  return {{"status", failure.status}, {"message", failure.message}};
}

Failure as_failure(const json& from) {
  return {from.at("status").get<int>(), from.at("message").get<std::string>()};
}

/// A message may quote a file's bytes, which need not be UTF-8.
std::string dump(const json& message) {
  return message.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

std::string to_bytes(const Hello& hello) {
  return dump({{"failure", as_json(hello.failure)},
               {"prepared", hello.prepared},
               {"workers", hello.workers}});
}

Hello read_hello(const std::string& bytes) {
  const auto from = json::parse(bytes);
  return {as_failure(from.at("failure")), from.at("prepared").get<Prepared>(),
          from.at("workers").get<std::vector<int>>()};
}

std::string to_bytes(const Failure& failure) {
  return dump(as_json(failure));
}

Failure read_failure(const std::string& bytes) {
  return as_failure(json::parse(bytes));
}

std::string to_bytes(const BlockName& name) {
  return {reinterpret_cast<const char*>(&name), sizeof(name)};
}

BlockName read_block_name(const std::string& bytes) {
  BlockName name;
  std::memcpy(&name, bytes.data(), sizeof(name));
  return name;
}

std::string to_bytes(const BlockResult& result) {
  return to_bytes(result.name) + result.bytes;
}

BlockResult read_block_result(const std::string& bytes) {
  return {read_block_name(bytes), bytes.substr(sizeof(BlockName))};
}

std::string to_bytes(int status) {
  return std::to_string(status);
}

int read_status(const std::string& bytes) {
  return std::stoi(bytes);
}

}  // namespace wideproof::app
