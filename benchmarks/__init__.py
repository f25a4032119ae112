"""How accurate, how fast and how light the course's network is: ``python -m benchmarks``."""
