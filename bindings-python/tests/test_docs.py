"""Every Python program in the documentation runs: the blocks of a page, in order, as one program."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [page for page in [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))] if page.exists()]


def program(page: str) -> str:
    """The blocks, with empty lines for everything else, so that line numbers hold."""
    out: list[str] = []
    inside: bool | None = None
    for line in page.splitlines():
        fence = line.lstrip().startswith("```")
        out.append(line if inside and not fence else "")
        if fence:
            language, _, marks = line.strip().removeprefix("```").partition(" ")
            inside = (language == "python" and marks not in ("no_run", "ignore")) if inside is None else None
    return "\n".join(out)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    exec(compile(program(page.read_text(encoding="utf-8")), page, "exec"), {"__name__": page.stem})


def test_a_program_is_the_blocks_of_a_page() -> None:
    page = "# Page\n```python\na = 1\n```\n```python no_run\nb\n```\n```python\nprint(a)\n```\n"
    assert program(page).split() == ["a", "=", "1", "print(a)"]
