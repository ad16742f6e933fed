"""Forward mode: graphs that carry tangents, directions to move in, and what goes wrong there."""
