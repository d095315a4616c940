# The asyncio client of websockets.
