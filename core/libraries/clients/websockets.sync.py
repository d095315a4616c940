# The client of websockets that blocks.
