// Namespace: ordered names of modules, classes and instances.
#include "program/objects/support.h"

namespace wh::program {

namespace {

constexpr std::size_t kLinearMax = 8;

std::uint32_t slot_of(std::string_view name, std::size_t slots) {
    return static_cast<std::uint32_t>(hash_text(name) & (slots - 1));
}

}  // namespace

std::uint64_t hash_text(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325ULL;  // FNV-1a
    for (const char c : text) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001B3ULL;
    }
    return hash ^ (hash >> 29);
}

std::size_t Namespace::position(std::string_view name) const {
    if (slots_.empty()) {
        for (std::size_t i = 0; i < entries_.size(); ++i) {
            if (entries_[i].name == name) return i;
        }
        return entries_.size();
    }
    for (std::size_t slot = slot_of(name, slots_.size());;
         slot = (slot + 1) & (slots_.size() - 1)) {
        const std::uint32_t number = slots_[slot];
        if (number == 0) return entries_.size();
        if (entries_[number - 1].name == name) return number - 1;
    }
}

const Value* Namespace::find(std::string_view name) const {
    const std::size_t at = position(name);
    return at < entries_.size() ? &entries_[at].value : nullptr;
}

Value* Namespace::find(std::string_view name) {
    const std::size_t at = position(name);
    return at < entries_.size() ? &entries_[at].value : nullptr;
}

void Namespace::rebuild() {
    slots_.clear();
    if (entries_.size() <= kLinearMax) return;
    std::size_t size = 32;
    while (size < entries_.size() * 2) size *= 2;
    slots_.resize(size);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::size_t slot = slot_of(entries_[i].name, size);
        while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
        slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
}

void Namespace::set(std::string_view name, Value value) {
    count_change();
    if (Value* old = find(name)) {
        *old = value;
        return;
    }
    entries_.push_back({std::string(name), value});
    if (entries_.size() <= kLinearMax) return;
    if (slots_.size() < entries_.size() * 3 / 2) {
        rebuild();
        return;
    }
    std::size_t slot = slot_of(name, slots_.size());
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = static_cast<std::uint32_t>(entries_.size());
}

bool Namespace::erase(std::string_view name) {
    const std::size_t at = position(name);
    if (at == entries_.size()) return false;
    count_change();
    entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(at));
    rebuild();
    return true;
}

void Namespace::clear() {
    count_change();
    entries_.clear();
    slots_.clear();
}

}  // namespace wh::program
