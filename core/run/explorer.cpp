#include "run/explorer.h"

#include <algorithm>

#include "base/arena.h"
#include "base/limits.h"
#include "base/text.h"

namespace wh::run {

namespace {

// A loop whose end is unknown: the third time at the same place the answer is "no".
constexpr int kSameSiteMax = 2;

bool is_outcome(const Decision& decision) { return decision.choices > 2; }

}  // namespace

bool Explorer::note_tried(const Span& site, int choices, int choice) {
    const std::array<std::uint32_t, 5> key{site.file, site.begin, site.end,
                                           static_cast<std::uint32_t>(choices),
                                           static_cast<std::uint32_t>(choice)};
    return tried_.insert(key).second;
}

void Explorer::begin(std::vector<Decision> forced) {
    forced_ = std::move(forced);
    log_.clear();
}

int Explorer::decide(Span site, int choices, const std::string& text) {
    const ArenaScope outside(nullptr);  // the walk is remembered longer than the run
    int choice = choices > 2 ? 0 : 1;
    if (log_.size() < forced_.size() && forced_[log_.size()].site == site) {
        choice = forced_[log_.size()].choice;
    } else {
        int before = 0;
        for (const Decision& each : log_) before += each.site == site ? 1 : 0;
        if (before >= kSameSiteMax && choices == 2) choice = 0;
    }
    if (log_.size() >= limits::kDecisionsMax) {
        if (!beyond_) beyond_ = site;
        return choice;
    }
    log_.push_back({site, choices, choice, text, nullptr, nullptr});
    note_tried(site, choices, choice);
    return choice;
}

void Explorer::narrowed(const trust::Origin* subject) {
    if (!log_.empty()) log_.back().narrowed = subject;
}

void Explorer::judged(const trust::Origin* subject) {
    if (!log_.empty()) log_.back().subject = subject;
}

void Explorer::alternatives(std::vector<std::vector<Decision>>& out) {
    for (std::size_t i = 0; i < log_.size(); ++i) {
        for (int other = 0; other < log_[i].choices; ++other) {
            if (!note_tried(log_[i].site, log_[i].choices, other)) continue;
            std::vector<Decision> prefix(log_.begin(), log_.begin() + static_cast<std::ptrdiff_t>(i));
            prefix.push_back(log_[i]);
            prefix.back().choice = other;
            out.push_back(std::move(prefix));
        }
    }
}

std::vector<trust::Condition> Explorer::conditions(std::size_t count) const {
    std::vector<trust::Condition> out;
    for (std::size_t i = 0; i < count && i < log_.size(); ++i) {
        const Decision& decision = log_[i];
        std::string text;
        if (is_outcome(decision)) {
            switch (decision.choice) {
                case 0: continue;
                case 1: text = "after a certificate was refused"; break;
                case 2: text = "after a connection failed"; break;
                case 3: text = "after a time limit"; break;
                default: text = "after a name was not found"; break;
            }
        } else {
            text = cat(decision.text, decision.choice ? " is true" : " is false");
        }
        bool known = false;
        for (const trust::Condition& each : out) {
            known = known || (each.span == decision.site && each.text == text);
        }
        if (!known) out.push_back({decision.site, std::move(text), decision.narrowed, decision.subject});
    }
    return out;
}

void CheckNetwork::begin_call(const trust::OutboundCall& call, trust::TimeUs) {
    announced_.push_back({call.id, explorer_.log().size()});
}

std::size_t CheckNetwork::decisions_before(int call_id) const {
    // Calls are announced in the order of their numbers.
    const auto found =
        std::lower_bound(announced_.begin(), announced_.end(), call_id,
                         [](const Announced& each, int id) { return each.call < id; });
    const bool known = found != announced_.end() && found->call == call_id;
    return known ? found->decisions : explorer_.log().size();
}

void CheckNetwork::end_call(int, trust::TimeUs) {}

trust::LookupResult CheckNetwork::get_address_info(std::string_view, trust::TimeUs&,
                                                   trust::TimeUs) {
    trust::LookupResult result;
    result.values.emplace_back("192.0.2.1");
    return result;
}

trust::LookupResult CheckNetwork::query(std::string_view, trust::RecordType type, trust::TimeUs&,
                                        trust::TimeUs) {
    trust::LookupResult result;
    result.values.emplace_back(type == trust::RecordType::A ? "192.0.2.1" : "answer.example");
    return result;
}

trust::ConnectResult CheckNetwork::connect(std::string_view, std::uint16_t, trust::TimeUs&,
                                           trust::TimeUs) {
    trust::ConnectResult result;
    result.connection = ++connections_;
    return result;
}

trust::TlsResult CheckNetwork::start_tls(int, const trust::TrustPolicy&, trust::TimeUs&,
                                         trust::TimeUs) {
    return {};
}

void CheckNetwork::send(int, std::string_view, trust::TimeUs&) {}

trust::ReceiveResult CheckNetwork::receive(int, trust::TimeUs&, trust::TimeUs) {
    trust::ReceiveResult result;
    result.status = trust::ReceiveResult::Status::Closed;
    return result;
}

void CheckNetwork::close(int, trust::TimeUs) {}

std::uint16_t CheckNetwork::local_port(int connection) const {
    return static_cast<std::uint16_t>(40000 + connection);
}

bool CheckNetwork::peer_closed(int, trust::TimeUs) const { return false; }

}  // namespace wh::run
