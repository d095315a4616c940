#include "base/arena.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "base/check.h"

#if defined(__SANITIZE_ADDRESS__)
#define WH_ARENAS 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WH_ARENAS 0
#endif
#endif
#ifndef WH_ARENAS
#define WH_ARENAS 1
#endif

namespace wh {

namespace {

// A block: 8 bytes that tell its class, then what was asked for, at a multiple of 16. Sizes count the
// header. Classes: 1 to 64 are multiples of 16 bytes, the others powers of two from 2048 on.
constexpr std::size_t kHeader = 8;
constexpr std::size_t kSmallMax = 1024;
constexpr std::size_t kClasses = kSmallMax / 16 + 1 + 24;
constexpr std::size_t kChunkMin = std::size_t{1} << 20;
constexpr std::size_t kChunkMax = std::size_t{64} << 20;
constexpr std::size_t kChunksMax = 48;
// An image of more is not made: copying it costs more than what it would save.
constexpr std::size_t kImageMax = std::size_t{24} << 20;
// Chunks that the next arena gets, so that the system need not clear pages again.
constexpr std::size_t kKeptMax = std::size_t{32} << 20;

struct Chunk {
    char* base = nullptr;
    std::size_t size = 0;
    std::size_t used = 0;
};

std::size_t class_of(std::size_t size) {
    if (size <= kSmallMax) return (size + 15) / 16;
    std::size_t number = kSmallMax / 16 + 1;
    for (std::size_t power = 2 * kSmallMax; power < size; power *= 2) ++number;
    return number;
}
std::size_t size_of(std::size_t number) {
    if (number <= kSmallMax / 16) return number * 16;
    return (2 * kSmallMax) << (number - kSmallMax / 16 - 1);
}

thread_local Arena* t_current = nullptr;  // of the innermost scope
thread_local Arena* t_live = nullptr;     // those that exist, newest first: blocks may belong to them
thread_local Chunk t_kept[kChunksMax];    // by size, smallest first; base null: none
thread_local std::size_t t_kept_count = 0;
thread_local std::size_t t_kept_bytes = 0;

Chunk take_chunk(std::size_t size) {
    for (std::size_t i = 0; i < t_kept_count; ++i) {
        if (t_kept[i].size < size) continue;
        const Chunk found = t_kept[i];
        std::copy(t_kept + i + 1, t_kept + t_kept_count, t_kept + i);
        --t_kept_count;
        t_kept_bytes -= found.size;
        return found;
    }
    Chunk made;
    made.size = size;
    made.base = static_cast<char*>(std::malloc(size));
    WH_CHECK(made.base != nullptr);
    return made;
}

void give_chunk(Chunk chunk) {
    if (t_kept_count == kChunksMax || t_kept_bytes + chunk.size > kKeptMax) {
        std::free(chunk.base);
        return;
    }
    chunk.used = 0;
    std::size_t at = t_kept_count;
    for (; at > 0 && t_kept[at - 1].size > chunk.size; --at) t_kept[at] = t_kept[at - 1];
    t_kept[at] = chunk;
    ++t_kept_count;
    t_kept_bytes += chunk.size;
}

}  // namespace

struct Arena::State {
    Chunk chunks[kChunksMax];
    std::size_t count = 0;
    std::size_t current = 0;  // what is bumped; chunks after it are empty
    void* free_lists[kClasses] = {};
};

struct Arena::Image::Part {
    char* copy = nullptr;
    std::size_t used = 0;
};

Arena::Image::Image() = default;
Arena::Image::~Image() {
    for (const Part& part : parts_) std::free(part.copy);
}

Arena::Arena() : state_(static_cast<State*>(std::calloc(1, sizeof(State)))), next_(t_live) {
    WH_CHECK(state_ != nullptr);
    t_live = this;
}

Arena::~Arena() {
    WH_CHECK(t_current != this);
    for (std::size_t i = 0; i < state_->count; ++i) give_chunk(state_->chunks[i]);
    std::free(state_);
    Arena** place = &t_live;
    while (*place != this) place = &(*place)->next_;
    *place = next_;
}

Arena* Arena::owner_of(const void* block) {
    for (Arena* each = t_live; each; each = each->next_) {
        if (each->holds(block)) return each;
    }
    return nullptr;
}

void* Arena::allocate(std::size_t size) {
    const std::size_t number = class_of(size + kHeader);
    State& state = *state_;
    if (void* block = state.free_lists[number]) {
        std::memcpy(&state.free_lists[number], block, sizeof(void*));
        return block;
    }
    const std::size_t bytes = size_of(number);
    for (;;) {
        if (state.current < state.count) {
            Chunk& chunk = state.chunks[state.current];
            // The first block begins 8 bytes in, so that every payload is at a multiple of 16.
            const std::size_t at = chunk.used == 0 ? kHeader : chunk.used;
            if (at + bytes <= chunk.size) {
                chunk.used = at + bytes;
                char* block = chunk.base + at + kHeader;
                const std::uint64_t header = number;
                std::memcpy(block - kHeader, &header, kHeader);
                return block;
            }
            ++state.current;
            continue;
        }
        WH_CHECK(state.count < kChunksMax);
        const std::size_t wanted = std::min(kChunkMax, kChunkMin << std::min<std::size_t>(state.count, 6));
        state.chunks[state.count++] = take_chunk(std::max(wanted, bytes + kHeader));
    }
}

void Arena::release(void* block) {
    std::uint64_t number = 0;
    std::memcpy(&number, static_cast<char*>(block) - kHeader, kHeader);
    std::memcpy(block, &state_->free_lists[number], sizeof(void*));
    state_->free_lists[number] = block;
}

bool Arena::holds(const void* block) const {
    const auto address = reinterpret_cast<std::uintptr_t>(block);
    for (std::size_t i = 0; i < state_->count; ++i) {
        const Chunk& chunk = state_->chunks[i];
        if (address - reinterpret_cast<std::uintptr_t>(chunk.base) < chunk.size) return true;
    }
    return false;
}

std::unique_ptr<Arena::Image> Arena::save() const {
#if WH_ARENAS
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < state_->count; ++i) bytes += state_->chunks[i].used;
    if (bytes > kImageMax) return nullptr;
    const ArenaScope outside(nullptr);
    auto image = std::make_unique<Image>();
    for (std::size_t i = 0; i < state_->count; ++i) {
        Image::Part part;
        part.used = state_->chunks[i].used;
        part.copy = static_cast<char*>(std::malloc(part.used));
        WH_CHECK(part.copy != nullptr || part.used == 0);
        std::memcpy(part.copy, state_->chunks[i].base, part.used);
        image->parts_.push_back(part);
    }
    image->free_lists_.assign(std::begin(state_->free_lists), std::end(state_->free_lists));
    return image;
#else
    return nullptr;
#endif
}

bool Arena::in_use() {
    return WH_ARENAS != 0;
}

void Arena::clear() {
    for (std::size_t i = 0; i < state_->count; ++i) state_->chunks[i].used = 0;
    state_->current = 0;
    std::fill(std::begin(state_->free_lists), std::end(state_->free_lists), nullptr);
}

void Arena::restore(const Image& image) {
    WH_CHECK(image.parts_.size() <= state_->count);
    clear();
    for (std::size_t i = 0; i < image.parts_.size(); ++i) {
        const Image::Part& part = image.parts_[i];
        std::memcpy(state_->chunks[i].base, part.copy, part.used);
        state_->chunks[i].used = part.used;
        if (part.used > 0) state_->current = i;
    }
    std::copy(image.free_lists_.begin(), image.free_lists_.end(), state_->free_lists);
}

ArenaScope::ArenaScope(Arena* arena) : before_(t_current) { t_current = arena; }
ArenaScope::~ArenaScope() { t_current = before_; }

}  // namespace wh

#if WH_ARENAS

void* operator new(std::size_t size) {
    if (wh::t_current) return wh::t_current->allocate(size);
    void* made = std::malloc(size ? size : 1);
    WH_CHECK(made != nullptr);
    return made;
}

void operator delete(void* block) noexcept {
    wh::Arena* const arena = wh::t_live && block ? wh::Arena::owner_of(block) : nullptr;
    if (arena) {
        arena->release(block);
    } else {
        std::free(block);
    }
}
void operator delete(void* block, std::size_t) noexcept { operator delete(block); }

#endif
