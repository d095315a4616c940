#include "libraries/library.h"

namespace wh::libraries {

namespace {

struct RegistryEntry {
    std::string_view stem;
    const Library& (*get)();
};

}  // namespace

#include "libraries_registry.inc"  // made from the file names

struct TextEntry {
    std::string_view module;
    std::string_view text;
};
#include "libraries_texts.inc"  // made from standard/*.py

namespace {

constexpr std::size_t kCount = sizeof kRegistry / sizeof kRegistry[0];

struct Table {
    const Library* items[kCount];
    Table() : items{} {
        for (std::size_t i = 0; i < kCount; ++i) items[i] = &kRegistry[i].get();
    }
};

const Table& table() {
    static const Table made;  // immutable after construction
    return made;
}

class Source final : public program::ModuleSource {
  public:
    [[nodiscard]] const ModuleInstaller* find(std::string_view name) const override {
        for (const Library* library : all_libraries()) {
            for (const ModuleInstaller& module : library->modules) {
                if (module.name == name) return &module;
            }
        }
        return nullptr;
    }
    [[nodiscard]] std::string_view find_text(std::string_view name) const override {
        for (const TextEntry& each : kTexts) {
            if (each.module == name) return each.text;
        }
        return {};
    }
};

}  // namespace

std::span<const Library* const> all_libraries() { return {table().items, kCount}; }

const program::ModuleSource& module_source() {
    static const Source source;
    return source;
}

}  // namespace wh::libraries
