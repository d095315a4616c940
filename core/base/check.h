// WH_CHECK: a promise the code makes to itself. On in every build; a broken one is our bug, so the
// program says where and stops. Never used for the user's input.
#pragma once

namespace wh {

[[noreturn]] void check_failed(const char* expression, const char* file, int line);

}  // namespace wh

#define WH_CHECK(expression) \
    ((expression) ? static_cast<void>(0) : ::wh::check_failed(#expression, __FILE__, __LINE__))
