// What theory says of the race between forged answers and the real one: RFC 5452 section 7 beside
// the exact hypergeometric, and the birthday attack's two curves. Probabilities are 0 to 1.
#pragma once

#include <cstdint>

namespace wh::world {

// RFC 5452's symbols, section 7.1.
struct Race {
    double rate = 7'000;     // R: forged packets a second
    double window_s = 0.1;   // W: until the real answer arrives
    double servers = 1;      // N: authoritative servers; the attacker plays one, the resolver picks
    double ports = 1;        // P: source ports that the resolver draws from
    double ids = 65'536;     // I: transaction IDs; 0x20, cookies multiply it
    double outstanding = 1;  // D: identical queries at once, all different in port and ID
    double windows = 24;     // A: windows, each with a fresh query
    bool repeats = false;    // the attacker may guess the same twice (a careless generator)

    [[nodiscard]] double forged() const;  // F = R * W, whole packets
    [[nodiscard]] double space() const { return ports * ids; }
};

struct Odds {
    double window = 0;  // that one window is lost
    double all = 0;     // that one of A windows is lost
    double half = 0;    // windows for 50 %
    double most = 0;    // windows for 90 %
    double mean = 0;    // windows on average
    double mean_s = 0;  // and seconds, windows back to back
};

// Ps = D*F / (N*P*I), Pcs = 1 - (1 - Ps)^A: linear in D and F, exact for D = 1 and distinct
// guesses.
Odds rfc5452(const Race& race);
// The exact chance that none of F guesses is one of the D outstanding pairs of port and ID; with
// N > 1 only the queries to the one server that is played count.
Odds exact(const Race& race);
Odds odds_of(double window, const Race& race);

// C(S-D, F) / C(S, F): none of F distinct guesses hits one of D distinct secrets among S.
double none_hit(double space, double secrets, double guesses);

// n identical queries, n forged answers, S pairs (Stewart 2003 and what really happens).
struct Birthday {
    double single = 0;    // one query: n/S
    double pairwise = 0;  // the curve that is copied: collisions within one set
    double repeats = 0;   // guesses drawn with repetition: 1 - (1 - n/S)^n
    double distinct = 0;  // the exact one
};
Birthday birthday(double n, double space);

// Wilson's interval for a share that was observed; z = 2.5758 for 99 %.
struct Interval {
    double low = 0;
    double high = 1;
};
Interval wilson(std::int64_t successes, std::int64_t trials, double z);

}  // namespace wh::world
