// The hosts file comes before every resolver (nsswitch.conf: "files dns").
#include "world/forging.h"

namespace wh::world {
namespace {

AttackResult run(const AttackOrder& order, NameService& dns) {
    AttackResult result;
    result.won = true;
    for (const Forgery& wish : *order.forgeries) {
        if (wish.answer_type != "A" && wish.answer_type != "AAAA") {
            result.won = false;  // a line can only lead somewhere
            continue;
        }
        result.won = dns.write_hosts(wish.name, wish.values[0]) && result.won;
    }
    result.windows = 1;
    return result;
}

}  // namespace

const Attack& attack_hosts_file() {
    static constexpr Attack kAttack{
        "hosts-file",
        "A line in the hosts file",
        "He adds a line to the hosts file of the app's machine, which is read before anybody "
        "is asked.",
        "He must be able to write that file once.",
        &run,
        Goal::Poison};
    return kAttack;
}

}  // namespace wh::world
