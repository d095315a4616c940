// Arguments::bind: parameters given as text, errors in CPython's words (Python/ceval.c,
// too_many_positional, format_missing).
#include "program/arguments.h"

#include "program/objects/support.h"

namespace wh::program {

const Value* Arguments::keyword(std::string_view name) const {
    for (const auto& [key, value] : keywords) {
        if (key == name) return &value;
    }
    return nullptr;
}

Span Arguments::span_of(std::size_t index) const {
    if (!site) return {};
    // Behind a *star the list is shorter than the arguments are: the star covers the rest.
    if (index < site->positional.size()) return site->positional[index];
    if (site->has_star && !site->positional.empty()) return site->positional.back();
    return site->span;
}

Span Arguments::span_of(std::string_view keyword) const {
    if (!site) return {};
    for (const auto& [name, span] : site->keywords) {
        if (name == keyword) return span;
    }
    return site->span;
}

namespace {

struct Parameter {
    std::string_view name;
    bool optional = false;
    bool keyword_only = false;
    bool positional_only = false;
};

struct Parameters {
    std::vector<Parameter> list;
    bool takes_rest = false;
    bool takes_extra = false;
    std::size_t positional = 0;
};

Parameters read(std::string_view text) {
    Parameters out;
    bool keyword_only = false;
    while (!text.empty()) {
        const std::size_t comma = text.find(',');
        std::string_view each = trim(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
        if (each.empty()) continue;
        if (each == "/") {
            for (Parameter& before : out.list) before.positional_only = true;
        } else if (each.starts_with("**")) {
            out.takes_extra = true;
        } else if (each.front() == '*') {
            out.takes_rest = each.size() > 1;
            keyword_only = true;
        } else {
            Parameter parameter;
            parameter.optional = each.back() == '?';
            if (parameter.optional) each.remove_suffix(1);
            parameter.name = each;
            parameter.keyword_only = keyword_only;
            if (!keyword_only) ++out.positional;
            out.list.push_back(parameter);
        }
    }
    return out;
}

// "'a'", "'a' and 'b'", "'a', 'b', and 'c'".
std::string listed(const std::vector<std::string_view>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (i > 0) {
            out += names.size() > 2 ? ", " : " ";
            if (i + 1 == names.size()) out += "and ";
        }
        out += cat("'", names[i], "'");
    }
    return out;
}

}  // namespace

bool Arguments::bind(Vm& vm, std::string_view function_name, std::string_view parameters,
                     Bound& out) {
    const Parameters wanted = read(parameters);
    const std::string function = cat(function_name, "()");
    out = Bound();
    for (const Parameter& parameter : wanted.list) {
        out.slots_.push_back({std::string(parameter.name), {}, {}});
    }

    const std::size_t fits = std::min(positional.size(), wanted.positional);
    for (std::size_t i = 0; i < fits; ++i) {
        out.slots_[i].value = positional[i];
        out.slots_[i].span = span_of(i);
    }
    for (const auto& [name, value] : keywords) {
        std::size_t at = 0;
        while (at < wanted.list.size() &&
               (wanted.list[at].name != name || wanted.list[at].positional_only)) {
            ++at;
        }
        if (at < wanted.list.size()) {
            if (out.slots_[at].value) {
                type_error(vm, cat(function, " got multiple values for argument '", name, "'"));
                return false;
            }
            out.slots_[at].value = value;
            out.slots_[at].span = span_of(name);
        } else if (wanted.takes_extra) {
            out.extra_.emplace_back(name, value);
        } else {
            type_error(vm, cat(function, " got an unexpected keyword argument '", name, "'"));
            return false;
        }
    }
    if (positional.size() > wanted.positional) {
        if (!wanted.takes_rest) {
            // The receiver of a method counts, as it does in Python's own message.
            const std::size_t self_count = self ? 1 : 0;
            const std::size_t most = wanted.positional + self_count;
            std::size_t least = self_count;
            for (std::size_t i = 0; i < wanted.positional; ++i) {
                if (!wanted.list[i].optional) ++least;
            }
            const std::size_t given = positional.size() + self_count;
            type_error(vm, cat(function, " takes ",
                               least < most ? cat("from ", least, " to ", most) : cat(most),
                               most == 1 && least == most ? " positional argument but "
                                                          : " positional arguments but ",
                               given, given == 1 ? " was given" : " were given"));
            return false;
        }
        out.rest_.assign(positional.begin() + static_cast<std::ptrdiff_t>(wanted.positional),
                         positional.end());
    }
    for (const bool keyword_only : {false, true}) {
        std::vector<std::string_view> missing;
        for (std::size_t i = 0; i < wanted.list.size(); ++i) {
            const Parameter& parameter = wanted.list[i];
            if (parameter.keyword_only == keyword_only && !parameter.optional &&
                !out.slots_[i].value) {
                missing.push_back(parameter.name);
            }
        }
        if (missing.empty()) continue;
        type_error(vm, cat(function, " missing ", missing.size(), " required ",
                           keyword_only ? "keyword-only" : "positional",
                           missing.size() == 1 ? " argument: " : " arguments: ", listed(missing)));
        return false;
    }
    return true;
}

Value Bound::get(std::string_view name) const {
    for (const Slot& slot : slots_) {
        if (slot.name == name) return slot.value;
    }
    return {};
}

Span Bound::span(std::string_view name) const {
    for (const Slot& slot : slots_) {
        if (slot.name == name) return slot.span;
    }
    return {};
}

bool take(Vm& vm, const Arguments& arguments, std::string_view name, std::size_t least,
          std::size_t most) {
    const std::size_t given = arguments.positional.size();
    if (!arguments.keywords.empty()) {
        type_error(vm, cat(name, "() takes no keyword arguments"));
        return false;
    }
    if (given >= least && given <= most) return true;
    if (most == 0) {
        type_error(vm, cat(name, "() takes no arguments (", given, " given)"));
    } else if (least == 1 && most == 1) {
        type_error(vm, cat(name, "() takes exactly one argument (", given, " given)"));
    } else {
        // The short name, as getargs.c's _PyArg_CheckPositional has it.
        const std::string_view last = name.substr(name.rfind('.') + 1);
        const std::size_t bound = given < least ? least : most;
        type_error(vm, cat(last, " expected ",
                           least == most   ? ""
                           : given < least ? "at least "
                                           : "at most ",
                           bound, bound == 1 ? " argument" : " arguments", ", got ", given));
    }
    return false;
}

}  // namespace wh::program
