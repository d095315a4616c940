from certifi import where
