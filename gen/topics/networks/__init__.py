"""Small networks: drawing their numbers, posing problems about them."""
