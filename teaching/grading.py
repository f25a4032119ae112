"""How nbgrader makes, runs and marks the course's notebooks: what ``nbgrader_config.py`` asks for."""

import os
import tempfile

from nbgrader.preprocessors import Execute
from nbgrader.utils import has_failed, is_grade

SECONDS = 120  # for one cell: some train a network
AS_THEY_ARE = ["IncludeHeaderFooter", "LockCells", "ClearOutput", "CheckCellMetadata", "ComputeChecksums", "SaveCells"]
MARKED = ["LimitOutput", "SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata"]


class Run(Execute):
    """Runs a submission. Where a check fails, the cells below go on with the course's own function, as they do for learners.

    So a mistake costs the points of one exercise, and not of those that build on it.
    """

    def preprocess(self, nb, resources, *more):
        before = dict(os.environ)
        with tempfile.TemporaryDirectory() as state:  # nobody's progress: neither the teacher's nor of the one before
            os.environ.update(MLP_STATE=state, MLP_STATIC="1", OPENBLAS_NUM_THREADS="1", MPLBACKEND="agg")
            os.environ.pop("MLP_BOARD", None)
            try:
                return super().preprocess(nb, resources, *more)
            finally:
                os.environ.clear()
                os.environ.update(before)

    def preprocess_cell(self, cell, resources, index):
        cell, resources = super().preprocess_cell(cell, resources, index)
        if is_grade(cell) and has_failed(cell):
            name = cell.metadata.nbgrader.grade_id.removeprefix("check_")
            for output in cell.outputs:
                if output.output_type == "error":  # the panel above it says why; the lines of the check tell a student nothing
                    output.traceback = [f"{output.ename}: {output.evalue}"]
            self.kc.execute(f"from mlp_helpers import check\n{name} = check.EXERCISES[{name!r}].task.solution", silent=True)
        return cell, resources


def configure(c):
    """Set what nbgrader needs to know for the assignments that ``python -m teaching assignment`` makes."""
    c.CourseDirectory.course_id = "mlp"
    c.GenerateAssignment.preprocessors = [f"nbgrader.preprocessors.{name}" for name in (*AS_THEY_ARE, "CheckCellMetadata")]
    c.Autograde.autograde_preprocessors = [
        Run,
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        *(f"nbgrader.preprocessors.{name}" for name in MARKED),
    ]
    c.OverwriteCells.add_missing_cells = True  # who deletes a check gets it back
    c.Execute.timeout = SECONDS
