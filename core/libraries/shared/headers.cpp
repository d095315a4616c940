#include "libraries/shared/headers.h"

#include "base/text.h"

namespace wh::libraries {

using trust::SymbolicText;

const HeaderField* HeaderMap::find(std::string_view name) const {
    for (const HeaderField& field : fields) {
        if (ascii_equal_ignoring_case(field.name, name)) return &field;
    }
    return nullptr;
}

SymbolicText HeaderMap::get(std::string_view name) const {
    SymbolicText out;
    bool first = true;
    for (const HeaderField& field : fields) {
        if (!ascii_equal_ignoring_case(field.name, name)) continue;
        if (!first) append(out, plain(", "));
        append(out, field.value);
        first = false;
    }
    return out;
}

void HeaderMap::add(std::string_view name, SymbolicText value) {
    fields.push_back({std::string(name), std::move(value)});
}

void HeaderMap::set(std::string_view name, SymbolicText value) {
    bool done = false;
    for (std::size_t i = 0; i < fields.size();) {
        if (!ascii_equal_ignoring_case(fields[i].name, name)) {
            ++i;
        } else if (!done) {
            fields[i] = {std::string(name), value};
            done = true;
            ++i;
        } else {
            fields.erase(fields.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }
    if (!done) add(name, std::move(value));
}

void HeaderMap::set_default(std::string_view name, std::string_view value) {
    if (!has(name)) add(name, value);
}

bool HeaderMap::erase(std::string_view name) {
    return std::erase_if(fields, [name](const HeaderField& field) {
               return ascii_equal_ignoring_case(field.name, name);
           }) > 0;
}

void HeaderMap::update(const HeaderMap& more) {
    for (const HeaderField& field : more.fields) erase(field.name);
    fields.insert(fields.end(), more.fields.begin(), more.fields.end());
}

HeaderMap HeaderMap::joined() const {
    HeaderMap out;
    for (const HeaderField& field : fields) {
        if (!out.has(field.name)) out.add(field.name, get(field.name));
    }
    return out;
}

trust::HeaderList HeaderMap::list() const {
    trust::HeaderList out;
    for (const HeaderField& field : fields) out.emplace_back(field.name, field.value.text);
    return out;
}

}  // namespace wh::libraries
