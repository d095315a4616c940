#include "world/narrator.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/text.h"

namespace wh::world {

trace::Event& Narrator::tell(trust::TimeUs time, trace::EventKind kind, trace::Actor from,
                             trace::Actor to, std::string sentence) {
    trace::Event event;
    event.time_us = time;
    event.kind = kind;
    event.from = from;
    event.to = to;
    event.sentence = std::move(sentence);
    event.call = call_;
    event.span = span_;
    latest_ = std::max(latest_, time);
    phases_.push_back(phase_);
    return events_.emplace_back(std::move(event));
}

void Narrator::shift(trust::TimeUs by) {
    for (trace::Event& event : events_) event.time_us += by;
    for (net::Packet& packet : capture_) packet.time_us += by;
    if (!events_.empty()) latest_ += by;
}

trace::Trace Narrator::finish(std::vector<std::pair<int, int>>& ranges) {
    std::vector<std::size_t> order(events_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return events_[a].time_us < events_[b].time_us;
    });
    trace::Trace trace;
    int number = 0;
    for (const std::size_t i : order) {
        ++number;
        const int phase = phases_[i];
        if (phase >= 0 && static_cast<std::size_t>(phase) < ranges.size()) {
            std::pair<int, int>& range = ranges[static_cast<std::size_t>(phase)];
            if (!range.first) range.first = number;
            range.second = number;
        }
        trace.add(std::move(events_[i]));
    }
    events_.clear();
    trace.finish();
    return trace;
}

std::string duration_text(trust::TimeUs duration) {
    const trust::TimeUs ms = duration / 1000;
    if (ms < 1000) return cat(ms, " ms");
    const trust::TimeUs seconds = ms / 1000;
    if (seconds < 60) {
        return ms % 1000 / 100 ? cat(seconds, ".", ms % 1000 / 100, " s") : cat(seconds, " s");
    }
    const trust::TimeUs minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
    if (minutes < 60) {
        return seconds % 60 ? cat(minutes, " min ", seconds % 60, " s") : cat(minutes, " min");
    }
    if (hours < 48)
        return minutes % 60 ? cat(hours, " h ", minutes % 60, " min") : cat(hours, " h");
    return hours % 24 ? cat(days, " days ", hours % 24, " h") : cat(days, " days");
}

std::string percent_text(double probability) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g %%", probability * 100);
    return text;
}

}  // namespace wh::world
