#include "base/arena.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

using wh::Arena;
using wh::ArenaScope;

namespace {
struct Node {
    std::string text;
    Node* next = nullptr;
};
}  // namespace

TEST_CASE("an image puts everything back to its place") {
    if (!Arena::in_use()) return;
    Arena arena;
    Node* first = nullptr;
    std::vector<int>* numbers = nullptr;
    {
        const ArenaScope within(&arena);
        first = new Node{std::string(100, 'a'), nullptr};
        first->next = new Node{"b", nullptr};
        numbers = new std::vector<int>(1000, 7);
    }
    const auto image = arena.save();
    REQUIRE(image != nullptr);
    {
        const ArenaScope within(&arena);
        delete first->next;
        first->next = new Node{std::string(5000, 'c'), nullptr};
        first->text += "changed";
        for (int i = 0; i < 100000; ++i) numbers->push_back(i);
    }
    arena.restore(*image);
    CHECK(first->text == std::string(100, 'a'));
    CHECK(first->next->text == "b");
    CHECK(numbers->size() == 1000);
    CHECK((*numbers)[999] == 7);
    const ArenaScope within(&arena);
    numbers->push_back(1);  // goes on from there
    CHECK(numbers->size() == 1001);
}

TEST_CASE("several arenas live at once, and blocks find theirs") {
    Arena one;
    auto two = std::make_unique<Arena>();
    std::string* a = nullptr;
    std::string* b = nullptr;
    {
        const ArenaScope within(&one);
        a = new std::string(300, 'a');
        const ArenaScope inner(two.get());
        b = new std::string(300, 'b');
    }
    auto outside = std::make_unique<std::string>(300, 'o');
    if (Arena::in_use()) {
        CHECK(Arena::owner_of(a) == &one);
        CHECK(Arena::owner_of(b) == two.get());
        CHECK(Arena::owner_of(outside.get()) == nullptr);
    }
    delete b;
    two.reset();
    CHECK(*a == std::string(300, 'a'));
    delete a;
}

TEST_CASE("what is released is used again") {
    if (!Arena::in_use()) return;
    Arena arena;
    const ArenaScope within(&arena);
    void* first = ::operator new(56);
    ::operator delete(first);
    CHECK(::operator new(50) == first);  // of the same class
    void* large = ::operator new(3000000);
    ::operator delete(large);
    CHECK(::operator new(2900000) == large);
}
