"""Questions of notebook 10, Hunt the bugs. (It has hunts in place of exercises.)"""

from . import (  # in the order of the lesson
    questions,
)
