#include "dns/cache.h"

#include <array>

namespace wh::dns {
namespace {

constexpr std::uint16_t kEveryType = 0;  // RFC 2308 section 5: NXDOMAIN is keyed by name alone

}  // namespace

std::string_view name_of(Rank rank) {
    constexpr std::array<std::string_view, 6> kNames = {"none",
                                                        "additional data",
                                                        "non-authoritative answer",
                                                        "authority of an answer",
                                                        "authoritative answer",
                                                        "configured hint"};
    return kNames[static_cast<std::size_t>(rank)];
}

bool Cache::store(const std::string& name, std::uint16_t type, CacheEntry entry, TimeUs now) {
    const std::uint16_t key = entry.negative == Negative::NxDomain ? kEveryType : type;
    const auto known = entries_.find({name, key});
    if (known != entries_.end() && now < known->second.expires_us &&
        known->second.rank > entry.rank) {
        return false;
    }
    // What says that a name exists ends a remembered NXDOMAIN of equal or lower rank, and the
    // reverse.
    if (entry.negative == Negative::No) {
        const auto absent = entries_.find({name, kEveryType});
        if (absent != entries_.end()) {
            if (now < absent->second.expires_us && absent->second.rank > entry.rank) return false;
            entries_.erase(absent);
        }
    }
    entries_[{name, key}] = std::move(entry);
    return true;
}

const CacheEntry* Cache::find(const std::string& name, std::uint16_t type, TimeUs now,
                              Rank at_least) const {
    for (const std::uint16_t key : {kEveryType, type}) {
        const auto found = entries_.find({name, key});
        if (found != entries_.end() && found->second.fresh(now) && found->second.rank >= at_least) {
            return &found->second;
        }
    }
    return nullptr;
}

}  // namespace wh::dns
