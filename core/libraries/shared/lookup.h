// Origins of what comes from outside: answers of the DNS that the pasted code asks by itself,
// headers.
#pragma once

#include "program/vm.h"

namespace wh::libraries {

// Notes it (trust::Observations::lookups) and gives the origin of the answer, which is also made of
// what was asked about. `subject`: a name or an address.
const trust::Origin* note_lookup(program::Vm& vm, trust::Lookup::Kind kind,
                                 const program::Value& subject);

// In checking: the same answer, when only its headers are meant: where they lead is known by its
// name.
const trust::Origin* headers_of_answer(program::Vm& vm, const trust::Origin* answer);

}  // namespace wh::libraries
