#include "trace/event.h"

#include <doctest/doctest.h>

using namespace wh::trace;

namespace {

Event at(std::int64_t time, std::string sentence) {
    Event event;
    event.time_us = time;
    event.sentence = std::move(sentence);
    return event;
}

}  // namespace

TEST_CASE("events are sorted by time and numbered; equals keep their order") {
    Trace trace;
    trace.add(at(5, "c"));
    trace.add(at(-1, "a"));
    trace.add(at(5, "d"));
    trace.add(at(0, "b"));
    trace.finish();
    std::string order;
    for (const Event& event : trace.events()) order += event.sentence;
    CHECK(order == "abcd");
    CHECK(trace.events()[3].number == 4);
}

TEST_CASE("one line an event, whatever its text holds; every part counts for the hash") {
    Trace trace;
    Event event = at(1, "two\nlines\tand \\");
    event.fields = {{"k", "v\n"}};
    event.bytes = std::string("\x00\xFF", 2);
    trace.add(event);
    trace.finish();
    const std::string text = trace.canonical();
    CHECK(text ==
          "1\t1\tapp-log\tapp\tapp\t-\t0\t0:0-0\ttwo\\nlines\\tand \\\\\tk=v\\n\tbytes=00ff\n");
    Trace other;
    event.hostile = true;
    other.add(event);
    other.finish();
    CHECK(other.sha256() != trace.sha256());
    CHECK(trace.sha256().size() == 64);
}
