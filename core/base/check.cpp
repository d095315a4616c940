#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace wh {

void check_failed(const char* expression, const char* file, int line) {
    std::fprintf(stderr, "wronghost: internal error: %s (%s:%d)\n", expression, file, line);
    std::abort();
}

}  // namespace wh
