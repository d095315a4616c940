// RFC 5452 section 4.3: all 16 bits, from a source that cannot be predicted.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_txid_generator() {
    static constexpr Defence kDefence{
        "txid-generator",
        "Unpredictable IDs",
        "IDs come from a generator whose next number does not follow from the last.",
        "16 bits remain 16 bits: with one known port they are guessed within hours.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.numbers.generator = dns::Generator::Unpredictable; }};
    return kDefence;
}

}  // namespace wh::world
