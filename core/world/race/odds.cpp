#include "world/race/odds.h"

#include <algorithm>
#include <cmath>

namespace wh::world {
namespace {

// How many of D queries go to the one server that is played: the mean of "none hit" over
// Binomial(D, 1/N). N need not be whole: RFC 5452 counts 2.5 servers on average.
double none_hit_of_some(const Race& race) {
    const double share = 1 / race.servers, d = std::floor(race.outstanding), f = race.forged();
    double weight = std::exp(d * std::log1p(-share)), none = 1, sum = 0;
    for (double k = 0; k <= d; ++k) {
        sum += weight * (race.repeats ? std::exp(f * std::log1p(-k / race.space())) : none);
        weight *= (d - k) / (k + 1) * share / (1 - share);
        none *= std::max(0.0, 1 - f / (race.space() - k));
    }
    return sum;
}

}  // namespace

double Race::forged() const {
    return std::floor(rate * window_s + 1e-9);
}

Odds odds_of(double window, const Race& race) {
    Odds odds;
    odds.window = window;
    const double lost = std::log1p(-window);  // of one window; -infinity if it is certain
    odds.all = window >= 1 ? 1 : -std::expm1(race.windows * lost);
    odds.half = std::log(0.5) / lost;
    odds.most = std::log(0.1) / lost;
    odds.mean = 1 / window;
    odds.mean_s = race.window_s / window;
    return odds;
}

Odds rfc5452(const Race& race) {
    const double space = race.servers * race.ports * race.ids;
    return odds_of(std::min(1.0, race.outstanding * race.rate * race.window_s / space), race);
}

Odds exact(const Race& race) {
    const double space = race.space();
    if (race.outstanding == 1 && !race.repeats) {
        return odds_of(std::min(1.0, race.forged() / space) / std::max(1.0, race.servers), race);
    }
    if (race.servers <= 1) {
        const double miss = race.outstanding / space;
        const double none = race.repeats ? std::exp(race.forged() * std::log1p(-miss))
                                         : none_hit(space, race.outstanding, race.forged());
        return odds_of(1 - none, race);
    }
    return odds_of(1 - none_hit_of_some(race), race);
}

double none_hit(double space, double secrets, double guesses) {
    if (secrets + guesses > space) return 0;
    // A product over the smaller of the two sets; in logarithms, as it may be tiny.
    const double few = std::min(secrets, guesses), many = std::max(secrets, guesses);
    double sum = 0;
    for (double i = 0; i < few; ++i) sum += std::log1p(-many / (space - i));
    return std::exp(sum);
}

Birthday birthday(double n, double space) {
    Birthday odds;
    odds.single = n / space;
    odds.pairwise = -std::expm1(n * (n - 1) / 2 * std::log1p(-1 / space));
    odds.repeats = -std::expm1(n * std::log1p(-n / space));
    odds.distinct = 1 - none_hit(space, n, n);
    return odds;
}

Interval wilson(std::int64_t successes, std::int64_t trials, double z) {
    const auto n = static_cast<double>(trials);
    if (trials <= 0) return {};
    const double share = static_cast<double>(successes) / n, z2 = z * z;
    const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
    return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace wh::world
