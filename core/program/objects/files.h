// The virtual files of a run: those of the host, and what the run wrote (never the real disk).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program/vm.h"

namespace wh::program {

// "./a/../b" -> "b".
std::string normal_path(std::string_view path);
// The content of a file; nullptr: there is none. What was written in this run comes first. The read
// is noted in Observations::file_reads.
const std::string* file_content(Vm& vm, std::string_view path);
[[nodiscard]] bool file_exists(Vm& vm, std::string_view path);
void write_file(Vm& vm, std::string_view path, std::string content);
void remove_file(Vm& vm, std::string_view path);
// The paths of all files, normal and sorted.
std::vector<std::string> all_files(Vm& vm);
// What sys.modules holds: by name, also modules that are not modelled.
std::vector<std::pair<std::string, Value>> loaded_modules(Vm& vm);
// raise FileNotFoundError(2, 'No such file or directory', path).
Value raise_no_such_file(Vm& vm, std::string_view path);
// open(path, mode, ...) as the builtin does.
Value open_file(Vm& vm, const Value& path, std::string_view mode, std::string_view encoding = {});

}  // namespace wh::program
