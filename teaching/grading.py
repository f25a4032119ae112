"""How nbgrader makes, runs and marks the course's notebooks: what ``nbgrader_config.py`` asks for."""

import os
import tempfile

from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute, NbGraderPreprocessor
from nbgrader.utils import has_failed, is_grade

from .assignment import mark

SECONDS = 120  # for one cell: some train a network
AS_THEY_ARE = ["IncludeHeaderFooter", "LockCells", "ClearOutput", "CheckCellMetadata", "ComputeChecksums", "SaveCells"]
CLEANED = ["ClearOutput", "DeduplicateIds", "OverwriteKernelspec", "OverwriteCells", "CheckCellMetadata"]
MARKED = ["LimitOutput", "SaveAutoGrades", "AssignLatePenalties", "CheckCellMetadata"]


class PutBack(NbGraderPreprocessor):
    """Puts an empty cell where a submission lacks one for a solution, as copies from before that exercise do.

    nbgrader puts back the check below it, and without the one above it ends with an error, so that nothing is marked. It has
    no stub, which would take the place of a function that stands in another cell.
    """

    def preprocess(self, nb, resources):
        about = resources["nbgrader"]
        with Gradebook(about["db_url"]) as gradebook:
            known = gradebook.find_notebook(about["notebook"], about["assignment"])
            names = [cell.name for cell in known.source_cells]
            solutions = {cell.name for cell in known.solution_cells}
        place = len(nb.cells)  # where nothing stands that belongs above it, the end
        for name in names:
            there = [i for i, cell in enumerate(nb.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == name]
            if not there and name in solutions:
                metadata = {"nbgrader": mark(name, solution=True, locked=False)}
                nb.cells.insert(place, new_code_cell("# This cell was missing.", metadata=metadata))
                there = [place]
            if there:
                place = there[-1] + 1
        return nb, resources


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


class Overview(NbGraderPreprocessor):
    """Begins a feedback page with the exercises by their names; nbgrader's own list calls each of them “Test cell”."""

    def preprocess(self, nb, resources):
        marks = [cell.metadata.nbgrader for cell in nb.cells if is_grade(cell)]
        rows = [
            f"| [{each.grade_id.removeprefix('check_')}](#{each.grade_id}) | {each.score:g} of {each.points:g} |"
            for each in marks
        ]
        style = "<style>img {max-width: 100%} td, th {padding-right: 1em}</style>"  # else wide pictures leave the page
        nb.cells.insert(0, new_markdown_cell("\n".join([style, "", "| exercise | points |", "|---|---|", *rows])))
        return nb, resources


def configure(c):
    """Set what nbgrader needs to know for the assignments that ``python -m teaching assignment`` makes."""
    c.CourseDirectory.course_id = "mlp"
    c.GenerateAssignment.preprocessors = [f"nbgrader.preprocessors.{name}" for name in (*AS_THEY_ARE, "CheckCellMetadata")]
    c.Autograde.sanitize_preprocessors = [PutBack, *(f"nbgrader.preprocessors.{name}" for name in CLEANED)]
    c.Autograde.autograde_preprocessors = [
        Run,
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        *(f"nbgrader.preprocessors.{name}" for name in MARKED),
    ]
    c.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        Overview,
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
    ]
    c.OverwriteCells.add_missing_cells = True  # who deletes a check gets it back
    c.Execute.timeout = SECONDS
