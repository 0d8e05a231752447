"""Facts: names of states and organisations, offices, cue words, routes. Each file says where its facts are from."""
