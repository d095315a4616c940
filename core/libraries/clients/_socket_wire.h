// The part of socket, ssl and asyncio's streams that touches the network: _socket.Wire, one TCP
// connection, perhaps with TLS on it, and _socket.announce, which says what a call is about to do.
#pragma once

#include "libraries/library.h"

namespace wh::libraries {

void install_wire(Vm& vm, Module& module);
void install_helpers(Vm& vm, Module& module);  // _socket_helpers.cpp

}  // namespace wh::libraries
