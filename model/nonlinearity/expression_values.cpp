// SPDX-License-Identifier: MIT
#include <cmath>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <muParser.h>

#include <wideproof/model/in_quotes.hpp>
#include <wideproof/model/input_error.hpp>
#include <wideproof/model/nonlinearity/piecewise_function.hpp>

namespace wideproof::model {
namespace {

constexpr std::size_t longest = 4096;

double erf_of(double x) {
  return std::erf(x);
}
double erfc_of(double x) {
  return std::erfc(x);
}
double expm1_of(double x) {
  return std::expm1(x);
}
double log1p_of(double x) {
  return std::log1p(x);
}

[[noreturn]] void refuse(const std::string& expression, const std::string& reason) {
  throw InputError("network.expression", in_quotes(expression, 200), reason);
}

/// muParser for one thread at a time. Its bulk mode would start threads of its own.
class Engine {
 public:
  explicit Engine(const std::string& expression) {
    parser_.DefineVar("x", &x_);
    parser_.DefineFun("erf", erf_of);
    parser_.DefineFun("erfc", erfc_of);
    parser_.DefineFun("expm1", expm1_of);
    parser_.DefineFun("log1p", log1p_of);
    parser_.SetExpr(expression);
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  void operator()(const double* x, std::int64_t count, double* out) {
    for (std::int64_t i = 0; i < count; ++i) {
      x_ = x[i];
      out[i] = parser_.Eval();
    }
  }

  mu::Parser& parser() { return parser_; }

 private:
  mu::Parser parser_;
  double x_ = 0.0;
};

/// As many engines as threads ask at a time.
class Engines {
 public:
  explicit Engines(std::string expression) : expression_(std::move(expression)) {}

  void operator()(const double* x, std::int64_t count, double* out) {
    auto engine = take();
    (*engine)(x, count, out);
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(engine));
  }

 private:
  std::unique_ptr<Engine> take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        auto engine = std::move(free_.back());
        free_.pop_back();
        return engine;
      }
    }
    return std::make_unique<Engine>(expression_);
  }

  std::string expression_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Engine>> free_;
};

/// Without " at position 3" at its end, however it is put.
std::string without_position(std::string message) {
  constexpr std::string_view position = " position ";
  const auto at = message.rfind(position);
  if (at == std::string::npos ||
      message.find_first_not_of("0123456789.", at + position.size()) != std::string::npos)
    return message;
  message.resize(at);
  for (const std::string_view word : {" expression", " at", " found"})
    if (message.ends_with(word)) message.resize(message.size() - word.size());
  return message;
}

/// muParser counts from 0, behind a blank that it adds, and says the position once more in words.
[[noreturn]] void refuse_parse(const std::string& expression,
                               const mu::Parser::exception_type& error) {
  const auto at = error.GetPos();
  const auto place = at < 0 ? std::string()
                     : static_cast<std::size_t>(at) < expression.size()
                         ? fmt::format(" at character {}", at + 1)
                         : " at its end";
  refuse(expression,
         fmt::format("cannot be parsed{}: {}", place, without_position(error.GetMsg())));
}

/// Whether there is a `=` that compares nothing.
bool assigns(const std::string& expression) {
  for (std::size_t i = 0; i < expression.size(); ++i) {
    if (expression[i] != '=') continue;
    if (i + 1 < expression.size() && expression[i + 1] == '=') {
      ++i;
      continue;
    }
    if (i > 0 && std::string("<>!=").find(expression[i - 1]) != std::string::npos) continue;
    return true;
  }
  return false;
}

}  // namespace

BulkFunction expression_values(const std::string& expression) {
  if (expression.size() > longest)
    refuse(expression,
           fmt::format("has {} characters; at most {} are read", expression.size(), longest));
  if (assigns(expression)) refuse(expression, "must not assign with '='; '==' compares");
  auto engines = std::make_shared<Engines>(expression);
  try {
    Engine trial(expression);
    const bool uses_x = !trial.parser().GetUsedVar().empty();
    double value = 0.5;
    trial(&value, 1, &value);
    if (trial.parser().GetNumResults() != 1)
      refuse(expression, fmt::format("must be one expression, not {} between commas",
                                     trial.parser().GetNumResults()));
    if (!uses_x) refuse(expression, "must depend on x");
  } catch (const mu::Parser::exception_type& error) {
    refuse_parse(expression, error);
  }
  return [engines](const double* x, std::int64_t count, double* out) { (*engines)(x, count, out); };
}

}  // namespace wideproof::model
