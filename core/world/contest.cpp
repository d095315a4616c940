#include "world/contest.h"

#include "world/forging.h"

namespace wh::world {

bool can_be_played(const Attack& attack) {
    return attack.goal == Goal::Poison || attack.goal == Goal::Deny;
}

const Attack& attack_of(const Scenario& scenario, const World& world) {
    std::string_view name = scenario.attack;
    const auto over = scenario.worlds.find(std::string(world.name));
    if (over != scenario.worlds.end() && over->second.attack) name = *over->second.attack;
    const Attack* found = find_attack(name);
    return found && can_be_played(*found) ? *found : attack_txid_guessing();
}

DnsSetup setup_of(const Scenario& scenario, const World& world) {
    const std::vector<std::string>* names = &scenario.defences;
    const auto over = scenario.worlds.find(std::string(world.name));
    if (over != scenario.worlds.end() && over->second.defences) names = &*over->second.defences;
    std::vector<const Defence*> defences;
    for (const std::string& name : *names) {
        if (const Defence* found = find_defence(name)) defences.push_back(found);
    }
    return setup_of(&attack_of(scenario, world), defences);
}

DnsSetup setup_of(const Attack* attack, const std::vector<const Defence*>& defences) {
    DnsSetup setup;
    if (attack && attack->prepare) attack->prepare(setup);
    for (const Defence* defence : defences) defence->apply(setup);
    return setup;
}

ContestResult contest_in(const Attack& attack, const DnsSetup& setup, std::uint64_t seed,
                         TimeUs give_up_us) {
    Plan plan;
    plan.truth["www.bank.example"]["A"] = {"192.0.2.10"};
    plan.truth["mail.bank.example"]["A"] = {"192.0.2.11"};
    plan.forgeries = {{"www.bank.example", "A", "A", {"203.0.113.10"}, false}};
    Narrator silent(false);
    NameService dns(plan, setup, seed, silent);
    ContestResult result;
    result.attack = attack.run({&plan.forgeries, seed, give_up_us}, dns);
    result.won = result.attack.won;
    // What counts is what the app gets. It asks over its own way, when the attacker is done.
    dns.app_starts_at(result.attack.ended_us);
    const Forgery& wish = plan.forgeries[0];
    if (attack.goal == Goal::Poison) {
        result.won = is_deceived(dns, wish, dns.ask({question_of(wish)}, 0)[0]);
    } else if (attack.goal == Goal::Deny) {
        const NameService::Reply reply = dns.ask({question_of(wish)}, 0)[0];
        result.won = !reply.came || dns.values(reply.message).empty();
    }
    result.alerts = dns.alerts();
    return result;
}

ContestResult contest(const Attack& attack, const std::vector<const Defence*>& defences,
                      std::uint64_t seed, TimeUs give_up_us) {
    return contest_in(attack, setup_of(&attack, defences), seed, give_up_us);
}

}  // namespace wh::world
