# What websockets was until version 14.
