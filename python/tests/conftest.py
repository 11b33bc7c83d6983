import os
import pathlib
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
sys.path.insert(0, str(pathlib.Path(__file__).parent))


@pytest.fixture(scope="session")
def program() -> str:
    """The command line."""
    path = os.environ.get("LEGATION", str(ROOT / "target" / "release" / "legation"))
    if not pathlib.Path(path).exists():
        pytest.skip("the program is not built: cargo build --release")
    return path


@pytest.fixture(scope="session")
def thousand() -> list[dict]:
    from corpus import thousand

    return thousand()


@pytest.fixture(scope="session")
def thousand_file(thousand, tmp_path_factory) -> pathlib.Path:
    """The same for the command line."""
    from corpus import write

    return write(thousand, tmp_path_factory.mktemp("corpus") / "thousand.jsonl")


@pytest.fixture(scope="session")
def thousand_lines(program, thousand_file) -> list[str]:
    """The command line's records of them."""
    import subprocess

    out = subprocess.run([program, "read", "--format", "jsonl", thousand_file], capture_output=True, check=True).stdout
    return out.decode().removesuffix("\n").split("\n")  # there are line separators in the texts
