"""The notebooks run from the first cell to the last, and what they commit is without output."""

import pathlib

import pytest

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytest.importorskip("matplotlib")

NOTEBOOKS = sorted((pathlib.Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs(path):
    book = nbformat.read(path, as_version=4)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(not cell.outputs and cell.execution_count is None for cell in code), "clear the outputs before committing"
    nbclient.NotebookClient(book, timeout=300, resources={"metadata": {"path": path.parent}}).execute()
    shown = [output for cell in code for output in cell.outputs if output.output_type in ("display_data", "execute_result", "stream")]
    assert shown
    if path.stem[0] in "345":
        assert any("image/png" in output.get("data", {}) for output in shown), "no figure was drawn"


def test_there_are_five():
    assert len(NOTEBOOKS) == 5
