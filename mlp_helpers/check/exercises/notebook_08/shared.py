"""What the exercises of notebook 08 share."""

ENOUGH = 12  # with at least this many rows, a shuffled order can be told from a fixed one
