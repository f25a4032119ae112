"""What the exercises of notebook 08 share."""

ENOUGH = 12  # from so many rows on, what chance does can be told from order
