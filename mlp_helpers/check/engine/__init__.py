"""How an exercise is examined and how it answers, whatever it asks for."""
