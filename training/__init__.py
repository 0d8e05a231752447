"""How the classifier of positions is trained: the labelled corpus, its split, and the training itself."""
