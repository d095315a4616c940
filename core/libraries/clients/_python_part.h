// For clients that are written in Python: where the pasted code called them, and the options that
// their Python part hands to the native one.
#pragma once

#include "libraries/shared/fetch.h"

namespace wh::libraries {

// The pasted call that is being carried out, as a Python object.
struct Place : program::NativeState {
    static constexpr char kType = 0;
    Place() : NativeState(&kType) {}
    Span call;
    std::string function;
    std::vector<Span> positional;
    std::vector<std::pair<std::string, Span>> keywords;
    [[nodiscard]] Span keyword(std::string_view name) const;
    // The argument of that name, or the one at that position.
    [[nodiscard]] Span argument(std::string_view name, std::size_t index) const;
};
Value make_place(Vm& vm);
// What the Python part of any client uses: place(), later(function, *args), known_text(text),
// plain(text), checking(), is_unknown(value), not_modelled(what).
void install_python_part(Vm& vm, program::Module& module);

// A dict of options. Its entry "why" says for each name why it is as it is: (kind, place, keyword?, value?)
// with kind "argument", "constructor", "attribute"; or ("environment", variable).
class Options {
  public:
    Options(Vm& vm, const Value& dict) : vm_(vm), dict_(as_dict(dict)) {}
    // Null: not there, or None.
    [[nodiscard]] Value get(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const;
    [[nodiscard]] bool on(std::string_view name) const { return get(name).is_true(); }
    [[nodiscard]] trust::Because because(const std::string& name, std::string_view source) const;
    [[nodiscard]] const Place* place() const;
    // Seconds; `shown` becomes what messages print.
    void limit(std::string_view name, TimeUs& out) const;
    // Pairs of name and value. false: an exception is raised.
    bool headers(std::string_view name, HeaderMap& out) const;
    // Fills span, function, library, callable, method, url_span of a call.
    void describe(trust::OutboundCall& call) const;

  private:
    Vm& vm_;
    program::Dict* dict_;
};

}  // namespace wh::libraries
