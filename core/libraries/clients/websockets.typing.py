Data = Origin = Subprotocol = str
