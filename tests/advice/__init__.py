"""Every message of the package, and what happens when one follows it: see ``following``."""
