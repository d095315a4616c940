// Fragments (Herzberg and Shulman 2012): port, ID and question are in the first one, which is
// genuine. A second one that waits at the resolver and has the right IP identification completes
// it. The attacker asks the same authority to know what the answer will be, swaps the addresses of
// its servers for his own, and keeps UDP's checksum by changing a time to live.
#include "base/text.h"
#include "dns/name.h"
#include "world/forging.h"

namespace wh::world {
namespace {

constexpr int kPlanted = 64;  // as many as the resolver keeps

// The second fragment of this answer, with every address in it replaced and the same sum.
std::string forged_tail(const std::string& bytes, std::size_t first, const std::string& genuine) {
    std::string whole = bytes;
    const std::string from = *dns::data_from_text(dns::kA, genuine);
    const std::string to = *dns::data_from_text(dns::kA, kAttackerServer);
    std::size_t last = 0;
    for (std::size_t at = whole.find(from, first); at != std::string::npos;
         at = whole.find(from, at + 4)) {
        whole.replace(at, 4, to);
        last = at;
    }
    if (last == 0) return {};
    // Before an address stand its length (2) and its time to live (4): the lower half of that.
    for (unsigned value = 0; value < 65'536; ++value) {
        whole[last - 4] = static_cast<char>(value >> 8);
        whole[last - 3] = static_cast<char>(value & 0xFF);
        if (udp_checksum(whole) == udp_checksum(bytes)) return whole.substr(first);
    }
    return {};
}

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    dns.serve_lies(*order.forgeries);
    Random random(derive_seed(order.seed, "fragmentation"));
    TimeUs now = 300'000;
    for (const Forgery& wish : *order.forgeries) {
        const std::string zone = organisation_of(wish.name);
        const std::string above(dns::parent(zone));
        const std::string server = dns.server_of(above);
        const std::string genuine = dns.server_of(zone);
        // The way he can make the authority's answers take: the usual one, or narrower.
        constexpr std::size_t kMtu = 548;
        dns.lower_mtu(server, kMtu);
        const std::size_t first = first_fragment(dns.setup().believes_icmp ? kMtu : 1'500);
        bool won = false;
        while (!won && now < order.give_up_us) {
            ++result.windows;
            const dns::Question question = {
                cat("x", static_cast<long long>(now / 1'000'000), ".", zone), dns::kA,
                dns::kClassIn};
            std::uint16_t ip_id = 0;
            const std::string bytes = dns.look_up(server, question, &ip_id);
            const std::string tail =
                bytes.size() <= first ? std::string() : forged_tail(bytes, first, genuine);
            if (tail.empty()) break;
            dns.forget_fragments();
            for (int i = 0; i < kPlanted; ++i) {
                const auto guess = dns.setup().sequential_ip_id
                                       ? static_cast<std::uint16_t>(ip_id + 1 + i)
                                       : static_cast<std::uint16_t>(random.below(65'536));
                result.forged += dns.plant_fragment(server, guess, tail);
            }
            dns.ask_as(kAttackerAddress, question, now);
            now += 61'000'000;
            const NameService::Reply reply = dns.ask_as(kAttackerAddress, question_of(wish), now);
            won = is_deceived(dns, wish, reply);
            // A delegation that was heard stays: the next try is when it has been forgotten.
            if (!won) now += static_cast<TimeUs>(dns.setup().ttl_max + 1) * 1'000'000;
        }
    }
    result.won = all_deceived(dns, order, now);
    result.ended_us = now + 2'000'000;
    return result;
}

}  // namespace

const Attack& attack_fragmentation() {
    static constexpr Attack kAttack{
        "fragmentation",
        "A forged second fragment",
        "He leaves a forged second half of an answer at the resolver, which puts it behind "
        "the genuine first half.",
        "The answer must be too large for one packet, fragments be taken, and the IP "
        "identification be easy to guess.",
        &run,
        Goal::Poison,
        [](DnsSetup& setup) {
            setup.numbers.fixed_port = 0;
            setup.habits.udp_size = 4'096;
            setup.takes_fragments = true;
            setup.sequential_ip_id = true;
            setup.servers_a_zone = 30;
        }};
    return kAttack;
}

}  // namespace wh::world
