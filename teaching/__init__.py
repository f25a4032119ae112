"""The class kit, for the person in front of the class: ``python -m teaching``."""
