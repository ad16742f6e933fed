"""What the families of a topic share: how its problems are drawn, posed and checked."""
