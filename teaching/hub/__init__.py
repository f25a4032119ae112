"""A JupyterHub on one machine for a class: ``starting`` starts it, README.md says what it needs and what it shares."""
