// Texts with origins, as the wire pieces need them: slices and sums of trust::SymbolicText.
#pragma once

#include <string>
#include <string_view>

#include "program/vm.h"

namespace wh::libraries {

trust::SymbolicText plain(std::string_view text);
// `text`, all of it of one origin.
trust::SymbolicText text_from(std::string_view text, const trust::Origin* origin);
trust::SymbolicText slice(const trust::SymbolicText& text, std::size_t begin, std::size_t end);
void append(trust::SymbolicText& to, const trust::SymbolicText& more);
// The text with every unknown part replaced by as many letters: for parsers that must see the
// structure around it.
std::string masked(const trust::SymbolicText& text);
// True if a part of the text is marked secret.
bool holds_secret(const trust::SymbolicText& text);
// One origin that stands for all parts; null if none has one.
const trust::Origin* origin_of(program::Vm& vm, const trust::SymbolicText& text);

}  // namespace wh::libraries
