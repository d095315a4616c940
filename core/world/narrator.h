// Writes events into a trace, or nowhere: without a trace no sentence is even built.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/network.h"
#include "trace/event.h"
#include "trust/client_network.h"

namespace wh::world {

using trust::TimeUs;

class Narrator {
  public:
    explicit Narrator(bool on) : on_(on) {}
    [[nodiscard]] bool on() const { return on_; }
    // Only if on(). The reference is good until the next event.
    trace::Event& tell(trust::TimeUs time, trace::EventKind kind, trace::Actor from,
                       trace::Actor to, std::string sentence);
    // Events from now on belong to this call of the code (0: to none).
    void enter_call(int id, Span span) {
        call_ = id;
        span_ = span;
    }
    [[nodiscard]] int call() const { return call_; }
    // Moves all events so far, for what happened before time 0.
    void shift(trust::TimeUs by);
    [[nodiscard]] trust::TimeUs latest() const { return latest_; }
    // Events from now on belong to this phase (start-up 0, requests, shutdown).
    void enter_phase(int phase) { phase_ = phase; }
    // The sorted trace; `ranges` gets the first and last number of each phase (0, 0: none).
    trace::Trace finish(std::vector<std::pair<int, int>>& ranges);
    net::Capture take_capture() { return std::move(capture_); }
    net::Capture* capture() { return on_ ? &capture_ : nullptr; }

  private:
    bool on_;
    int call_ = 0;
    Span span_;
    trust::TimeUs latest_ = INT64_MIN;
    int phase_ = -1;
    std::vector<trace::Event> events_;
    std::vector<int> phases_;  // of each event
    net::Capture capture_;
};

// "7.5 s", "1 h 34 min", "100 ms", "14 days".
std::string duration_text(trust::TimeUs duration);
// "1.07 %" of a probability.
std::string percent_text(double probability);

}  // namespace wh::world
