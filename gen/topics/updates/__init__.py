"""One update by gradient descent: graphs that hold the whole of it, draws, and an oracle."""
