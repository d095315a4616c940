// The race: closed forms against figures that were worked out apart from this code, and played
// races against the closed forms, inside simultaneous 99 % intervals. Seeds are fixed.
#include <cmath>

#include <doctest/doctest.h>

#include "world/race/odds.h"
#include "world/race/trials.h"

using namespace wh;
using namespace wh::world;

namespace {

struct Row {
    double d, r, w, n, p, i, a;  // RFC 5452's symbols
    double ps, pcs, a50, a90, mean;
};
// RFC 5452 section 7: its worked statements and more, computed in double precision from its
// formulas.
constexpr Row kRows[] = {
    {1, 7000, 0.1, 2.5, 1, 65536, 1, 0.00427246, 0.00427246, 161.889, 537.784, 234.057},
    {1, 7000, 0.1, 2.5, 1, 65536, 24, 0.00427246, 0.0976553, 161.889, 537.784, 234.057},
    {1, 7000, 0.1, 2.5, 1, 65536, 168, 0.00427246, 0.512912, 161.889, 537.784, 234.057},
    {1, 7000, 0.1, 2.5, 1, 65536, 180, 0.00427246, 0.537307, 161.889, 537.784, 234.057},
    {1, 7000, 0.1, 2.5, 1, 65536, 540, 0.00427246, 0.900944, 161.889, 537.784, 234.057},
    {1, 7000, 0.1, 2.5, 1, 65536, 1440, 0.00427246, 0.997899, 161.889, 537.784, 234.057},
    {1, 7000, 0.1, 2.5, 64000, 65536, 1, 6.67572e-08, 6.67572e-08, 10383100, 34491900, 14979700},
    {1, 7000, 0.1, 2.5, 64000, 65536, 1000000, 6.67572e-08, 0.0645777, 10383100, 34491900,
     14979700},
    {1, 50000, 0.1, 2.5, 1, 65536, 24, 0.0305176, 0.52471, 22.3647, 74.2939, 32.768},
    {1, 1000000, 0.1, 2.5, 64000, 65536, 864000, 9.53674e-06, 0.999736, 72681.4, 241442, 104858},
    {1, 100000, 0.02, 1, 1, 65536, 50, 0.0305176, 0.787677, 22.3647, 74.2939, 32.768},
    {1, 100000, 0.02, 2, 1, 65536, 50, 0.0152588, 0.53644, 45.0786, 149.748, 65.536},
    {10, 1000, 0.1, 1, 1, 65536, 1, 0.0152588, 0.0152588, 45.0786, 149.748, 65.536},
    {100, 1000, 0.1, 1, 1, 65536, 10, 0.152588, 0.809038, 4.18648, 13.9072, 6.5536},
    {1, 1000, 0.1, 1, 1, 16384, 100, 0.00610352, 0.457855, 113.218, 376.103, 163.84},
    {1, 1000, 0.1, 1, 16, 65536, 1000, 9.53674e-05, 0.0909653, 7267.83, 24143.2, 10485.8},
    {1, 20000, 0.1, 4, 1, 65536, 100, 0.00762939, 0.535068, 90.5052, 300.652, 131.072},
    {1, 500, 0.05, 13, 1, 65536, 10000, 2.93438e-05, 0.254308, 23621.2, 78468, 34078.7},
};

struct BirthdayRow {
    double n, single, pairwise, repeats, distinct;
};
constexpr BirthdayRow kBirthdays[] = {
    {10, 0.000152588, 0.000686415, 0.00152483, 0.00152494},
    {50, 0.000762939, 0.0185185, 0.0374426, 0.0374563},
    {100, 0.00152588, 0.0727496, 0.141617, 0.141716},
    {200, 0.00305176, 0.261882, 0.457347, 0.457852},
    {213, 0.00325012, 0.291436, 0.500128, 0.500691},
    {302, 0.00460815, 0.500193, 0.752137, 0.752934},
    {400, 0.00610352, 0.704078, 0.91361, 0.914257},
    {550, 0.00839233, 0.900113, 0.990296, 0.990485},
    {700, 0.0106812, 0.976081, 0.999456, 0.999478},
    {750, 0.0114441, 0.986238, 0.999822, 0.99983},
};

// To four digits: half a unit of the fourth significant one.
bool four_digits(double got, double wanted) {
    const double unit = std::pow(10, std::floor(std::log10(std::abs(wanted))) - 3);
    return std::abs(got - wanted) <= unit / 2;
}

// Simultaneous intervals: the level of one test, so that all of them together hold at 99 %.
constexpr double kTests = 18 + 18 + 10 + 10;
constexpr double kTail = 0.01 / kTests / 2;

// Exact binomial tails: is a count of successes credible under this probability?
bool credible(std::int64_t successes, std::int64_t trials, double p) {
    const auto n = static_cast<double>(trials);
    const auto term = [&](double k) {
        return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) +
                        k * std::log(p) + (n - k) * std::log1p(-p));
    };
    double below = 0;  // P(X <= successes)
    for (std::int64_t k = 0; k <= successes; ++k) below += term(static_cast<double>(k));
    const double above = 1 - below + term(static_cast<double>(successes));  // P(X >= successes)
    return below > kTail && above > kTail;
}

Race race_of(const Row& row) {
    return {row.r, row.w, row.n, row.p, row.i, row.d, row.a, false};
}

}  // namespace

TEST_CASE("RFC 5452's closed form, to four digits") {
    for (const Row& row : kRows) {
        const Odds odds = rfc5452(race_of(row));
        CHECK(four_digits(odds.window, row.ps));
        CHECK(four_digits(odds.all, row.pcs));
        CHECK(four_digits(odds.half, row.a50));
        CHECK(four_digits(odds.most, row.a90));
        CHECK(four_digits(odds.mean, row.mean));
    }
}

TEST_CASE("the birthday's curves, to four digits") {
    for (const BirthdayRow& row : kBirthdays) {
        const Birthday odds = birthday(row.n, 65'536);
        CHECK(four_digits(odds.single, row.single));
        CHECK(four_digits(odds.pairwise, row.pairwise));
        CHECK(four_digits(odds.repeats, row.repeats));
        CHECK(four_digits(odds.distinct, row.distinct));
    }
}

TEST_CASE("the exact odds are RFC 5452's for one query and guesses that differ") {
    for (const Row& row : kRows) {
        if (row.d > 1) continue;
        const Race race = race_of(row);
        CHECK(exact(race).window == doctest::Approx(rfc5452(race).window).epsilon(1e-12));
    }
    // With more queries the RFC's line runs above the truth; C(S-D,F)/C(S,F) by hand.
    Race race{1'000, 0.1, 1, 1, 65'536, 100, 1, false};
    CHECK(four_digits(rfc5452(race).window, 0.1526));
    CHECK(four_digits(exact(race).window, 0.141716));
    CHECK(none_hit(10, 2, 3) == doctest::Approx(7.0 / 10 * 6 / 9));
    CHECK(none_hit(10, 3, 2) == doctest::Approx(7.0 / 10 * 6 / 9));
    CHECK(none_hit(4, 2, 3) == 0);
    // Guesses that may repeat: half the space is not half the chance.
    race = {32'768, 1, 1, 1, 65'536, 1, 1, true};
    CHECK(four_digits(exact(race).window, 0.3935));
    // Several servers: on average D/N queries meet the one that is played.
    race = {1'000, 0.1, 2, 1, 65'536, 2, 1, false};
    const double q = 100.0 / 65'536;
    CHECK(exact(race).window == doctest::Approx(q - q * q / 4).epsilon(1e-4));
}

TEST_CASE("played packet by packet: every row inside simultaneous 99 % intervals") {
    for (const Row& row : kRows) {
        CAPTURE(row.r);
        CAPTURE(row.a);
        CAPTURE(row.p);
        const Race race = race_of(row);
        const double each = race.forged() * std::min(row.a, exact(race).mean);
        const auto trials = static_cast<std::int64_t>(std::max(3.0, std::min(2'000.0, 4e6 / each)));
        if (each > 4e7) continue;  // too large to walk: sampled below
        const Trials played = play_race(race, Method::Walk, trials, 5452);
        CHECK(credible(played.successes, trials, exact(race).all));
        CHECK(played.packets > 0);
    }
}

TEST_CASE("sampled: every row inside simultaneous 99 % intervals") {
    for (const Row& row : kRows) {
        CAPTURE(row.r);
        CAPTURE(row.a);
        CAPTURE(row.p);
        const Race race = race_of(row);
        const Trials played = play_race(race, Method::Sample, 100'000, 5452);
        CHECK(credible(played.successes, played.trials, exact(race).all));
        CHECK(played.packets == 0);
    }
}

TEST_CASE("birthdays played packet by packet and sampled") {
    for (const BirthdayRow& row : kBirthdays) {
        CAPTURE(row.n);
        Race race{row.n, 1, 1, 1, 65'536, row.n, 1, false};
        const Trials distinct = play_race(race, Method::Walk, 2'000, 2002);
        CHECK(credible(distinct.successes, distinct.trials, row.distinct));
        race.repeats = true;
        const Trials repeats = play_race(race, Method::Walk, 2'000, 2002);
        CHECK(credible(repeats.successes, repeats.trials, row.repeats));
    }
}

TEST_CASE("walked and sampled windows have the same distribution") {
    // Scaled down, the same code: 256 IDs, 16 ports, 2.5 servers, two queries at once.
    const Race race{40, 1, 2.5, 16, 256, 2, 1, false};
    constexpr int kBins = 10, kSamples = 20'000;
    const double p = exact(race).window;
    CHECK(p == doctest::Approx(0.0078).epsilon(0.01));
    double counts[2][kBins] = {};
    Random random(2024);
    Walker walker(race);
    for (int sample = 0; sample < kSamples; ++sample) {
        for (const Method method : {Method::Walk, Method::Sample}) {
            const std::int64_t n = method == Method::Walk
                                       ? walk_first_lost(walker, 100'000, random)
                                       : sample_first_lost(race, 100'000, random);
            // The decile of the geometric law that it falls into.
            const double held = -std::expm1(static_cast<double>(n - 1) * std::log1p(-p));
            counts[method == Method::Walk ? 0 : 1]
                  [std::min(kBins - 1, static_cast<int>(held * kBins))]++;
        }
    }
    double chi2 = 0;
    for (int bin = 0; bin < kBins; ++bin) {
        const double a = counts[0][bin], b = counts[1][bin];
        CHECK(a + b > 1'000);
        chi2 += (a - b) * (a - b) / (a + b);
    }
    CHECK(chi2 < 27.88);  // 9 degrees of freedom, 99.9 %
}

TEST_CASE("the filter looks at port and ID, among one query or many") {
    const char packet[] = "\x00\x35\x10\x01\x00\x00\x00\x00\xAB\xCD";
    CHECK(HeaderFilter({{0x1001, 0xABCD}}).passes(packet));
    CHECK(!HeaderFilter({{0x1001, 0xABCE}}).passes(packet));
    CHECK(!HeaderFilter({{0x1002, 0xABCD}}).passes(packet));
    CHECK(HeaderFilter({{7, 7}, {0x1001, 0xABCD}}).passes(packet));
    CHECK(!HeaderFilter({{7, 0xABCD}, {0x1001, 7}}).passes(packet));
}

TEST_CASE("intervals hold what was observed and narrow with it") {
    const Interval few = wilson(1, 10, 2.5758), many = wilson(1'000, 10'000, 2.5758);
    CHECK(few.low < 0.1);
    CHECK(few.high > 0.1);
    CHECK(many.high - many.low < few.high - few.low);
    CHECK(wilson(0, 100, 2.5758).low == 0);
    CHECK(wilson(0, 100, 2.5758).high > 0.05);
}
