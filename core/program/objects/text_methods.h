// What the methods of str and bytes share: both are texts with origins. Placeholders of unknown
// parts are taken as a whole: nothing is found, split or changed inside them.
#pragma once

#include "program/objects/support.h"

namespace wh::program {

// The end of the unknown part that `at` lies in; `at` itself if there is none.
std::size_t past_unknown(const TextView& view, std::size_t at);
// Where `needle` begins in `text` at or after `begin`; npos: nowhere. Linear in both, which
// std::string_view's find is not.
std::size_t find_text(std::string_view text, std::string_view needle, std::size_t begin = 0);
// The first (or last) occurrence within [begin, end) that touches no unknown part; npos: none.
std::size_t find_known(Vm& vm, const TextView& view, std::string_view needle, std::size_t begin,
                       std::size_t end, bool last = false);
// An argument of the same kind as `self` (bytes-like for bytes). false: TypeError with `context`
// before "must be str, not int".
bool same_text(Vm& vm, const Value& self, const Value& value, TextView& out,
               std::string_view context = {});
// True if an argument is Unknown: then `out` is what the method gives.
bool unknown_argument(Vm& vm, const Arguments& arguments, const char* method, Value& out);
Value unknown_result(Vm& vm, const Arguments& arguments, const char* method, Class* shape);

Value text_find(Vm& vm, Arguments& arguments);
Value text_rfind(Vm& vm, Arguments& arguments);
Value text_index(Vm& vm, Arguments& arguments);
Value text_rindex(Vm& vm, Arguments& arguments);
Value text_count(Vm& vm, Arguments& arguments);
Value text_startswith(Vm& vm, Arguments& arguments);
Value text_endswith(Vm& vm, Arguments& arguments);
Value text_split(Vm& vm, Arguments& arguments);
Value text_rsplit(Vm& vm, Arguments& arguments);
Value text_splitlines(Vm& vm, Arguments& arguments);
Value text_partition(Vm& vm, Arguments& arguments);
Value text_rpartition(Vm& vm, Arguments& arguments);
Value text_strip(Vm& vm, Arguments& arguments);
Value text_lstrip(Vm& vm, Arguments& arguments);
Value text_rstrip(Vm& vm, Arguments& arguments);
Value text_replace(Vm& vm, Arguments& arguments);
Value text_join(Vm& vm, Arguments& arguments);
Value text_removeprefix(Vm& vm, Arguments& arguments);
Value text_removesuffix(Vm& vm, Arguments& arguments);
Value text_upper(Vm& vm, Arguments& arguments);
Value text_lower(Vm& vm, Arguments& arguments);
Value text_title(Vm& vm, Arguments& arguments);
Value text_capitalize(Vm& vm, Arguments& arguments);
Value text_swapcase(Vm& vm, Arguments& arguments);
Value text_casefold(Vm& vm, Arguments& arguments);
Value text_isdigit(Vm& vm, Arguments& arguments);
Value text_isalpha(Vm& vm, Arguments& arguments);
Value text_isalnum(Vm& vm, Arguments& arguments);
Value text_isspace(Vm& vm, Arguments& arguments);
Value text_isupper(Vm& vm, Arguments& arguments);
Value text_islower(Vm& vm, Arguments& arguments);
Value text_istitle(Vm& vm, Arguments& arguments);
Value text_isascii(Vm& vm, Arguments& arguments);
Value text_isidentifier(Vm& vm, Arguments& arguments);
Value text_isprintable(Vm& vm, Arguments& arguments);
Value text_ljust(Vm& vm, Arguments& arguments);
Value text_rjust(Vm& vm, Arguments& arguments);
Value text_center(Vm& vm, Arguments& arguments);
Value text_zfill(Vm& vm, Arguments& arguments);
Value text_expandtabs(Vm& vm, Arguments& arguments);

// Special methods that every sized container has, for super() and for direct calls.
Value container_getitem(Vm& vm, Arguments& arguments);
Value container_setitem(Vm& vm, Arguments& arguments);
Value container_delitem(Vm& vm, Arguments& arguments);
Value container_len(Vm& vm, Arguments& arguments);
Value container_iter(Vm& vm, Arguments& arguments);
Value container_contains(Vm& vm, Arguments& arguments);
Value container_add(Vm& vm, Arguments& arguments);
Value container_mul(Vm& vm, Arguments& arguments);
Value container_or(Vm& vm, Arguments& arguments);

}  // namespace wh::program
