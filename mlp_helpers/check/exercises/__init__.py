"""The exercises, one folder a notebook, one file an exercise."""

from . import (  # in the order of the course
    notebook_00,
    notebook_00b,
    notebook_00c,
    notebook_01,
    notebook_02,
    notebook_03,
    notebook_04,
    notebook_05,
    notebook_06,
    notebook_07,
    notebook_08,
    notebook_09,
    notebook_10,
    notebook_11,
    notebook_12,
    notebook_13,
    notebook_14,
    notebook_15,
    notebook_16,
    notebook_20,
)
