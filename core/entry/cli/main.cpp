// The command line: gives api/ the machine's files. Nothing else is here.
#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

#include "api/command/command.h"
#include "api/handle.h"

namespace {

class MachineFiles final : public wh::api::Files {
  public:
    std::optional<std::string> read(const std::string& path) override {
        std::FILE* file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
        if (!file) return std::nullopt;
        std::string out;
        char buffer[65536];
        for (;;) {
            const std::size_t count = std::fread(buffer, 1, sizeof buffer, file);
            out.append(buffer, count);
            if (count < sizeof buffer) break;
        }
        const bool failed = std::ferror(file) != 0;
        if (file != stdin) std::fclose(file);
        if (failed) return std::nullopt;
        return out;
    }

    bool is_folder(const std::string& path) override {
        struct stat info {};
        return stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
    }

    std::vector<std::string> list(const std::string& path) override {
        std::vector<std::string> names;
        DIR* folder = opendir(path.c_str());
        if (!folder) return names;
        while (const dirent* entry = readdir(folder)) {
            std::string name = entry->d_name;
            if (name == "." || name == "..") continue;
            if (is_folder(path + "/" + name)) name += "/";
            names.push_back(std::move(name));
        }
        closedir(folder);
        std::sort(names.begin(), names.end());
        return names;
    }

    bool write(const std::string& path, const std::string& text) override {
        std::FILE* file = std::fopen(path.c_str(), "wb");
        if (!file) return false;
        const bool done = std::fwrite(text.data(), 1, text.size(), file) == text.size();
        return std::fclose(file) == 0 && done;
    }
};

// One JSON request a line, one reply a line, until the input ends: the page's contract with the core
// for programs that ask more than once (the benchmark, editors).
int answer_lines(wh::api::Session& session) {
    std::string line;
    for (int c = std::getchar(); c != EOF; c = std::getchar()) {
        if (c != '\n') {
            line += static_cast<char>(c);
            continue;
        }
        std::string reply = wh::api::handle(session, line) + "\n";
        std::fwrite(reply.data(), 1, reply.size(), stdout);
        std::fflush(stdout);
        line.clear();
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    std::vector<std::string> arguments(words + 1, words + count);
    wh::api::Session session;
    if (arguments.size() == 1 && arguments[0] == "answer") return answer_lines(session);
    MachineFiles files;
    const wh::api::CommandResult result = wh::api::run_command(arguments, files, session);
    std::fwrite(result.out.data(), 1, result.out.size(), stdout);
    std::fwrite(result.err.data(), 1, result.err.size(), stderr);
    return result.status;
}
