#include "world/side_channel.h"

#include <algorithm>

namespace wh::world {

namespace {
constexpr TimeUs kPatienceUs = 6LL * 3'600 * 1'000'000;
}  // namespace

AttackResult run_side_channel(const AttackOrder& order, NameService& dns, const SideChannel& side) {
    AttackResult result;
    Random random(derive_seed(order.seed, side.part));
    const TimeUs round = static_cast<TimeUs>(dns.setup().genuine_ttl + 1) * 1'000'000;
    const dns::QueryNumbers& numbers = dns.resolver().numbers();
    TimeUs now = 300'000;
    for (const Forgery& wish : *order.forgeries) {
        const dns::Question question = question_of(wish);
        const std::string zone = organisation_of(wish.name);
        dns.ask_as(kAttackerAddress, question, now);
        const std::string server = dns.server_of(zone);
        auto bytes = dns::encode(side.payload(wish, question, zone));
        if (!bytes.ok() || !dns.silence(server, true)) break;
        bool won = false;
        const TimeUs until = now + std::min(order.give_up_us, kPatienceUs);
        while (!won && now < until) {
            now += round;
            ++result.windows;
            dns.send(question, kAttackerAddress, 5'353, 1, now);
            TimeUs time = now + kAttackerToResolverUs + 1;
            dns.run_until(time);
            const auto first = static_cast<std::uint16_t>(
                numbers.port_first + random.below(numbers.port_count - 2'500U));
            const TimeUs ends = time + side.window_us;
            const std::uint16_t port =
                side.learn_port(dns, first, 2'500, time, ends - side.flood_us);
            if (port != 0) {
                Datagram forged{server, std::string(kResolverAddress), dns::kDnsPort, port,
                                bytes.value()};
                const auto from = static_cast<std::uint16_t>(random.below(65'536));
                for (int i = 0; i < 65'536 && !won && time < ends; ++i) {
                    if (i % 100 == 0) dns.run_until(time += side.flood_us / 656);
                    const auto guess = static_cast<std::uint16_t>(from + i);
                    forged.bytes[0] = static_cast<char>(guess >> 8);
                    forged.bytes[1] = static_cast<char>(guess & 0xFF);
                    ++result.forged;
                    won = dns.inject(forged, time, i == 0);
                }
            }
            drain(dns);
            dns.expire(now + 2'500'000);
        }
        dns.silence(server, false);
    }
    result.won = all_deceived(dns, order, now + 10'000'000);
    result.ended_us = now + 11'000'000;
    return result;
}

}  // namespace wh::world
