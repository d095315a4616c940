// Compiled bodies of the library modules that are written in Python. Whoever asks the core more than
// once (entry/) keeps one, so that a second paste does not compile the libraries again; what a run
// shows does not depend on it.
#pragma once

#include <memory>
#include <string_view>

namespace wh::program {

struct Code;

class LibraryCode {
  public:
    LibraryCode();
    ~LibraryCode();
    LibraryCode(const LibraryCode&) = delete;
    LibraryCode& operator=(const LibraryCode&) = delete;

    // Code of the body of a module; `text` is the same at every call for a name. Its codes have ids of
    // their own, from 0 (Code::is_library).
    const Code* module(std::string_view name, std::string_view text);

  private:
    struct Store;
    std::unique_ptr<Store> store_;
};

}  // namespace wh::program
