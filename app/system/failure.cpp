// SPDX-License-Identifier: MIT
#include <wideproof/app/system/failure.hpp>

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <new>
#include <string_view>
#include <system_error>

#include <fmt/format.h>

#include <wideproof/model/input_error.hpp>

namespace wideproof::app {

Failure current_failure() {
  try {
    throw;
  } catch (const RankError& error) {
    return {error.status(), error.what()};
  } catch (const model::InputError& error) {
    return {bad_input, error.what()};
  } catch (const std::bad_alloc&) {
    return {bad_input, "not enough memory for this experiment"};
  } catch (const std::system_error& error) {
    return {bad_input,
            fmt::format("{}{}", std::ferror(stdout) != 0 ? "stdout: " : "", error.what())};
  } catch (const std::exception& error) {
    const std::string_view text = error.what();  // LibTorch's go on with a backtrace
    return {internal_error, fmt::format("internal error: {}", text.substr(0, text.find('\n')))};
  }
}

void end_at_once() {
  int status = internal_error;
  std::string_view why = "wideproof: internal error: an exception that nothing caught\n";
  try {
    if (std::current_exception()) throw;
  } catch (const std::bad_alloc&) {
    status = bad_input;
    why = "wideproof: not enough memory\n";
  } catch (...) {
  }
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, why.data(), why.size());
  ::_exit(status);
}

}  // namespace wideproof::app
