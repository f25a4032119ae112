"""The learner's own copy of the course: no answer stands on its pages, and no update loses what was written there."""
