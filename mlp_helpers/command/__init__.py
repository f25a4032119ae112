"""What the commands of the terminal need so that a long training loses nothing: see ``ending`` and ``keeping``."""
