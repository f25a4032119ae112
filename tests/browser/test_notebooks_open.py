"""What the other tests here build on: a notebook that was opened can be run, and a shared kernel forgets."""

PROCESS = "import os; print(os.getpid())"


def test_a_notebook_opens_with_a_kernel_that_answers_and_a_shared_one_forgets(lab):
    lab.close()
    processes = []
    for cell in ("known = 1", "assert 'known' not in globals()"):
        notebook = lab.open_in_one_kernel(cell)
        processes.append(notebook.kernel(PROCESS))
        notebook.run()
        assert "AssertionError" not in notebook.cell(0).inner_text()
    processes.append(lab.open("").kernel(PROCESS))
    assert processes[0] == processes[1] != processes[2]
