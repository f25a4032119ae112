"""The engine: examines what a learner wrote and gives feedback, independently of any single exercise."""
