// A read-only root file system, as containers have.
#include "world/defences/defence.h"

namespace wh::world {

const Defence& defence_file_integrity() {
    static constexpr Defence kDefence{
        "file-integrity",
        "A hosts file that cannot be changed",
        "The app's file system is read-only, and changes of it are noticed.",
        "Everything that does not go through the file.",
        Effect::ClosesWay,
        0,
        [](DnsSetup& setup) { setup.hosts_guarded = true; }};
    return kDefence;
}

}  // namespace wh::world
