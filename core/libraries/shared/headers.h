// Header fields as clients keep them: ordered, names compared without case, repeated names allowed.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "libraries/shared/symbolic.h"

namespace wh::libraries {

struct HeaderField {
    std::string name;  // as written
    trust::SymbolicText value;
};

class HeaderMap {
  public:
    std::vector<HeaderField> fields;

    [[nodiscard]] const HeaderField* find(std::string_view name) const;
    [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
    // All values of that name joined by ", "; empty text if there is none.
    [[nodiscard]] trust::SymbolicText get(std::string_view name) const;
    [[nodiscard]] std::string text(std::string_view name) const { return get(name).text; }
    void add(std::string_view name, trust::SymbolicText value);
    void add(std::string_view name, std::string_view value) { add(name, plain(value)); }
    // Replaces where the first one stands (other ones of that name go), or appends.
    void set(std::string_view name, trust::SymbolicText value);
    void set(std::string_view name, std::string_view value) { set(name, plain(value)); }
    void set_default(std::string_view name, std::string_view value);
    bool erase(std::string_view name);
    // httpx: names of `more` are removed here first, then all of `more` is appended.
    void update(const HeaderMap& more);
    // "a: 1" pairs with repeated names joined.
    [[nodiscard]] HeaderMap joined() const;
    [[nodiscard]] trust::HeaderList list() const;
};

}  // namespace wh::libraries
