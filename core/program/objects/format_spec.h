// [[fill]align][sign][z][#][0][width][grouping][.precision][type]
#pragma once

#include "program/objects/support.h"

namespace wh::program {

struct FormatSpec {
    std::string_view fill;  // one code point
    char align = 0;
    char sign = 0;
    bool alternate = false;
    bool zero = false;  // the fill comes from a leading 0
    int width = -1;
    char grouping = 0;
    int precision = -1;
    char type = 0;
    const char* problem = nullptr;  // a message of its own
    bool read(std::string_view text);
};

// A number (int, bool, float) with a spec whose type fits; false: raised.
bool format_with(Vm& vm, const Value& number, const FormatSpec& spec, std::string& out);
// A str cut to the precision and padded to the width.
Value pad_text(Vm& vm, const Value& text, const FormatSpec& spec);

}  // namespace wh::program
