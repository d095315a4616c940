// The hash table of dict and set, and hash().
#include <cmath>

#include "program/objects/support.h"

namespace wh::program {

namespace {

constexpr std::size_t kLinearMax = 8;

// What the table compares keys with: identity or ==; an Unknown is only equal to itself.
bool keys_equal(Vm& vm, const Value& a, const Value& b) {
    const Str* text_a = as_str(a);
    const Str* text_b = as_str(b);
    if (text_a && text_b) return text_a->text == text_b->text;
    if (same_object(a, b)) return true;
    if (as_unknown(a) || as_unknown(b)) return false;
    bool equal = false;
    return vm.equal(a, b, equal) && equal;
}

// Where a hash starts in the slots: all its bits count, so that numbers a power of two apart (1 << 20,
// 2 << 20 ...) do not all start at the same place.
std::size_t first_slot(std::uint64_t hash, std::size_t mask) {
    hash *= 0x9E3779B97F4A7C15ULL;
    return static_cast<std::size_t>(hash ^ (hash >> 32)) & mask;
}

std::uint64_t mix(std::uint64_t hash, std::uint64_t more) {
    return (hash ^ more) * 0x9E3779B97F4A7C15ULL + (hash >> 31);
}

}  // namespace

Table::Entry* Table::lookup(Vm& vm, const Value& key, std::uint64_t hash) {
restart:
    const std::uint32_t before = version;
    if (slots_.empty()) {
        for (std::size_t i = 0; i < entries.size(); ++i) {
            if (!entries[i].live || entries[i].hash != hash) continue;
            const bool same = keys_equal(vm, entries[i].key, key);
            if (vm.failed()) return nullptr;
            if (version != before) goto restart;  // __eq__ changed this very table
            if (same) return &entries[i];
        }
        return nullptr;
    }
    const std::size_t mask = slots_.size() - 1;
    constexpr std::size_t kFewProbes = 16;  // one more is chance, many are an attack on the table
    std::size_t probes = 0;
    for (std::size_t slot = first_slot(hash, mask);; slot = (slot + 1) & mask) {
        if (++probes > kFewProbes && !vm.work(1)) return nullptr;
        const std::uint32_t number = slots_[slot];
        if (number == 0) return nullptr;
        const Entry& entry = entries[number - 1];
        if (!entry.live || entry.hash != hash) continue;
        const bool same = keys_equal(vm, entry.key, key);
        if (vm.failed()) return nullptr;
        if (version != before) goto restart;
        if (same) return &entries[number - 1];
    }
}

Table::Entry* Table::find_entry(Vm& vm, const Value& key) {
    std::uint64_t hash = 0;
    if (!vm.hash(key, hash)) return nullptr;
    return lookup(vm, key, hash);
}

Table::Entry* Table::find_entry_text(std::string_view key) {
    const std::uint64_t hash = hash_text(key);
    const auto matches = [&](const Entry& entry) {
        if (!entry.live || entry.hash != hash) return false;
        const Str* text = as_str(entry.key);
        return text && text->text == key;
    };
    if (slots_.empty()) {
        for (Entry& entry : entries) {
            if (matches(entry)) return &entry;
        }
        return nullptr;
    }
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = first_slot(hash, mask); slots_[slot] != 0; slot = (slot + 1) & mask) {
        Entry& entry = entries[slots_[slot] - 1];
        if (matches(entry)) return &entry;
    }
    return nullptr;
}

void Table::rebuild(std::size_t capacity) {
    std::erase_if(entries, [](const Entry& entry) { return !entry.live; });
    slots_.clear();
    if (capacity <= kLinearMax) return;
    std::size_t size = 32;
    while (size < capacity * 2) size *= 2;
    slots_.resize(size);
    for (std::size_t i = 0; i < entries.size(); ++i) {
        std::size_t slot = first_slot(entries[i].hash, size - 1);
        while (slots_[slot] != 0) slot = (slot + 1) & (size - 1);
        slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
}

Table::Entry* Table::insert(Vm& vm, const Value& key) {
    std::uint64_t hash = 0;
    if (!vm.hash(key, hash)) return nullptr;
    if (Entry* found = lookup(vm, key, hash)) return found;
    if (vm.failed() || !vm.charge(sizeof(Entry) + 2 * sizeof(std::uint32_t))) return nullptr;
    if (entries.size() >= kLinearMax && entries.size() * 3 / 2 >= slots_.size()) {
        rebuild(live_count + live_count / 2 + 2);
    }
    entries.push_back({key, Value(), hash, true});
    ++live_count;
    ++version;
    if (!slots_.empty()) {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = first_slot(hash, mask);
        while (slots_[slot] != 0) slot = (slot + 1) & mask;
        slots_[slot] = static_cast<std::uint32_t>(entries.size());
    }
    return &entries.back();
}

void Table::remove(Entry& entry) {
    entry.live = false;
    entry.key = Value();
    entry.value = Value();
    --live_count;
    ++version;
    if (live_count == 0) {
        entries.clear();
        slots_.clear();
    } else if (entries.size() > 2 * kLinearMax && live_count * 2 < entries.size()) {
        rebuild(live_count);
    }
}

bool Table::remove(Vm& vm, const Value& key) {
    Entry* entry = find_entry(vm, key);
    if (!entry) return false;
    remove(*entry);
    return true;
}

void Table::clear() {
    entries.clear();
    slots_.clear();
    live_count = 0;
    ++version;
}

Value* Dict::find(Vm& vm, const Value& key) {
    Entry* entry = find_entry(vm, key);
    return entry ? &entry->value : nullptr;
}

Value* Dict::find_text(std::string_view key) {
    Entry* entry = find_entry_text(key);
    return entry ? &entry->value : nullptr;
}

bool Dict::set(Vm& vm, const Value& key, Value value) {
    Entry* entry = insert(vm, key);
    if (entry) entry->value = value;
    return entry != nullptr;
}

bool Dict::erase(Vm& vm, const Value& key) {
    return remove(vm, key);
}
bool Set::contains(Vm& vm, const Value& key) {
    return find_entry(vm, key) != nullptr;
}
bool Set::add(Vm& vm, const Value& key) {
    return insert(vm, key) != nullptr;
}
bool Set::erase(Vm& vm, const Value& key) {
    return remove(vm, key);
}

static std::uint64_t hash_float(double value) {
    if (std::isfinite(value) && std::floor(value) == value && std::fabs(value) < 9.0e18) {
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));  // 1.0 == 1
    }
    std::uint64_t bits = 0;
    static_assert(sizeof bits == sizeof value);
    std::memcpy(&bits, &value, sizeof bits);
    return mix(7, bits);
}

bool Vm::hash(const Value& value, std::uint64_t& out) {
    switch (value.tag) {
        case Tag::Null:
            return false;
        case Tag::None:
            out = 0x4E6F6E65;
            return true;
        case Tag::Ellipsis:
            out = 0x2E2E2E;
            return true;
        case Tag::NotImplemented:
            out = 0x4E4F;
            return true;
        case Tag::Bool:
            out = value.boolean ? 1 : 0;
            return true;
        case Tag::Int:
            out = static_cast<std::uint64_t>(value.integer);
            return true;
        case Tag::Float:
            out = hash_float(value.real);
            return true;
        case Tag::Object:
            break;
    }
    Object* object = value.object;
    const auto address = [&] { return mix(11, identity_of(*this, value)); };
    if (object->cls->user_code || object->kind == ObjectKind::Instance) {
        const Value method = find_in_mro(*this, *object->cls, "__hash__");
        if (failed()) return false;
        if (method.is_none()) {
            type_error(*this, cat("unhashable type: '", type_name(*this, value), "'"));
            return false;
        }
        if (as_function(method) || (method && !is_builtin_method(method))) {
            const Value result = call_method(value, "__hash__");
            if (!result) return false;
            const Value number = unboxed(result);
            if (number.is_bool() || number.is_int()) {
                return hash(Value::of(int_of(number)), out);
            }
            if (as_unknown(result)) {
                out = mix(13, identity_of(*this, value));
                return true;
            }
            type_error(*this, "__hash__ method should return an integer");
            return false;
        }
    }
    switch (object->kind) {
        case ObjectKind::Str:
            if (!work_on_text(*this, static_cast<Str*>(object)->text.size())) return false;
            out = hash_text(static_cast<Str*>(object)->text);
            return true;
        case ObjectKind::Tuple: {
            const Deeper deeper(*this);
            if (!deeper.ok() || !work(static_cast<Tuple*>(object)->items.size())) return false;
            std::uint64_t sum = 0x345678;
            for (const Value& item : static_cast<Tuple*>(object)->items) {
                std::uint64_t part = 0;
                if (!hash(item, part)) return false;
                sum = mix(sum, part);
            }
            out = sum;
            return true;
        }
        case ObjectKind::Bytes:
            if (static_cast<Bytes*>(object)->is_mutable) break;
            if (!work_on_text(*this, static_cast<Bytes*>(object)->data.size())) return false;
            out = mix(3, hash_text(static_cast<Bytes*>(object)->data));
            return true;
        case ObjectKind::Set: {
            if (!static_cast<Set*>(object)->frozen) break;
            if (!work(static_cast<Set*>(object)->entries.size())) return false;
            std::uint64_t sum = 0;
            for (const Table::Entry& entry : static_cast<Set*>(object)->entries) {
                if (entry.live) sum += mix(5, entry.hash);
            }
            out = sum;
            return true;
        }
        case ObjectKind::Range: {
            const auto* range = static_cast<Range*>(object);
            const std::int64_t count = range_length(*range);
            out = mix(17, static_cast<std::uint64_t>(count));
            if (count > 0) out = mix(out, static_cast<std::uint64_t>(range->start));
            if (count > 1) out = mix(out, static_cast<std::uint64_t>(range->step));
            return true;
        }
        case ObjectKind::BoundMethod: {
            const auto* bound_method = static_cast<BoundMethod*>(object);
            out = mix(identity_of(*this, bound_method->function),
                      identity_of(*this, bound_method->self));
            return true;
        }
        case ObjectKind::Instance: {
            const Value plain = unboxed(value);
            if (!plain.is_object()) return hash(plain, out);
            if (const TypeForm* form = type_form(value)) {
                const Deeper deeper(*this);
                if (!deeper.ok()) return false;
                std::uint64_t sum = mix(19, static_cast<std::uint64_t>(form->kind));
                sum = mix(sum, hash_text(form->name));
                std::uint64_t part = 0;
                for (const Value& item : form->args) {
                    if (!hash(item, part)) return false;
                    // Order does not matter for unions.
                    sum = form->kind == TypeForm::Kind::Union ? sum + part : mix(sum, part);
                }
                if (form->origin && !hash(form->origin, part)) return false;
                out = form->origin ? mix(sum, part) : sum;
                return true;
            }
            out = address();
            return true;
        }
        case ObjectKind::List:
        case ObjectKind::Dict:
            break;
        case ObjectKind::Slice:
        case ObjectKind::Function:
        case ObjectKind::Native:
        case ObjectKind::Property:
        case ObjectKind::StaticMethod:
        case ObjectKind::ClassMethod:
        case ObjectKind::Class:
        case ObjectKind::Module:
        case ObjectKind::Cell:
        case ObjectKind::Iterator:
        case ObjectKind::Generator:
        case ObjectKind::Awaitable:
        case ObjectKind::Task:
        case ObjectKind::Future:
        case ObjectKind::Super:
        case ObjectKind::Unknown:
            out = address();
            return true;
    }
    type_error(*this, cat("unhashable type: '", type_name(*this, value), "'"));
    return false;
}

}  // namespace wh::program
