"""Two project briefs, each with a rubric and a graded sample solution, and the programs behind the numbers of these."""
