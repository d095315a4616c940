// Memory that is given back as a whole, and that can be put back to how it was.
//
// A run of the pasted program makes tens of thousands of small objects that all end together. While an
// ArenaScope is open, operator new (replaced in arena.cpp, for the whole program) takes from its arena;
// operator delete knows by the address where a block belongs. So whoever owns the arena can
//   - drop it without running the destructors of what is in it, and
//   - save() an image of it and restore() that image: every object is again what it was, at its place.
//
// What lives outside must not point into it when it is dropped or restored, and nothing inside may own
// memory from outside: code that is called from within but belongs to the outside (the network, whoever
// notes decisions) opens an ArenaScope(nullptr), and results are copied at that border.
//
// Under the address sanitizer arenas take no part in allocation, so that it sees every object.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace wh {

class Arena {
  public:
    Arena();
    ~Arena();
    Arena(const Arena&) = delete;
    Arena& operator=(const Arena&) = delete;

    // false under the address sanitizer: then all memory is ordinary and owners must destroy.
    static bool in_use();
    // Forgets all that is in it.
    void clear();
    // A copy of all that is in it. nullptr: not in this build, or there is too much.
    class Image;
    [[nodiscard]] std::unique_ptr<Image> save() const;
    void restore(const Image& image);

    // For operator new and delete. `size` 0 is allowed.
    void* allocate(std::size_t size);
    void release(void* block);
    // The arena of this thread to which a block belongs; nullptr: none.
    static Arena* owner_of(const void* block);

  private:
    [[nodiscard]] bool holds(const void* block) const;
    struct State;
    State* state_;
    Arena* next_;  // of this thread's arenas
};

class Arena::Image {
  public:
    struct Part;
    Image();
    ~Image();

  private:
    friend class Arena;
    std::vector<Part> parts_;
    std::vector<void*> free_lists_;
};

// What operator new uses on this thread from here to the end of the scope; nullptr: ordinary memory.
class ArenaScope {
  public:
    explicit ArenaScope(Arena* arena);
    ~ArenaScope();
    ArenaScope(const ArenaScope&) = delete;
    ArenaScope& operator=(const ArenaScope&) = delete;

  private:
    Arena* before_;
};

}  // namespace wh
