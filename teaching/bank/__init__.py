"""Questions for exams and homework, by lesson, with solutions. ``python -m teaching bank`` exports them."""

from .part_1 import QUESTIONS as PART_1
from .part_2 import QUESTIONS as PART_2
from .part_3 import QUESTIONS as PART_3
from .part_4 import QUESTIONS as PART_4

QUESTIONS = [*PART_1, *PART_2, *PART_3, *PART_4]
