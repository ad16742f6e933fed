"""The mathematics: rules, kinds of number, graphs, passes, worked steps, slips and shapes."""
