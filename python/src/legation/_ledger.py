from __future__ import annotations

import dataclasses
import datetime
import json
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Callable, Sequence

from legation import _tables
from legation._given import day
from legation._many import piles
from legation._native import NativeLedger
from legation._reader import Reader, usual
from legation._record import Record
from legation._rows import rows

if TYPE_CHECKING:
    import pyarrow

#: Articles that are added at once: before each such pile the ledger is asked for what it has.
TOGETHER = 2048
Day = str | datetime.date | None


@dataclass(frozen=True, slots=True)
class Choice:
    """What to ask for; as the options of the command line. Names may be those of people, surnames, countries or their codes.

    :param kind: kinds of event; of statements, what is done by saying it: say, deny, accuse.
    :param actor: who takes part; of several, all of them.
    :param country: the country visited or where it takes place.
    :param status: where it stands: held, planned, postponed, denied.
    :param ahead: only what is announced and not over.
    :param since: not before this day.
    :param until: not after this day.
    :param publisher: told by this outlet.
    :param source: told by this source.
    :param verdict: accepted, rejected or open.
    :param as_of: as it stood on this day.
    :param text: words that an article telling it must have.
    :param limit: at most so many.
    """

    kind: str | Sequence[str] = field(default_factory=list)
    actor: str | Sequence[str] = field(default_factory=list)
    country: str | None = None
    status: str | None = None
    ahead: bool = False
    since: Day = None
    until: Day = None
    publisher: str | None = None
    source: str | None = None
    verdict: str | None = None
    as_of: Day = None
    text: str | None = None
    limit: int | None = None

    def plain(self) -> Choice:
        """The same with lists and days as the library takes them."""
        return dataclasses.replace(
            self,
            kind=several(self.kind),
            actor=several(self.actor),
            since=day(self.since),
            until=day(self.until),
            as_of=day(self.as_of),
        )


def several(value: str | Sequence[str]) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


def choice(**asked: Any) -> Choice:
    return Choice(**asked).plain()


@dataclass(frozen=True, slots=True)
class Added:
    """What became of articles that were added."""

    added: int = 0
    known: int = 0
    words: int = 0
    events: int = 0
    skipped: tuple[str, ...] = ()

    def __add__(self, other: Added) -> Added:
        parts = (getattr(self, part.name) + getattr(other, part.name) for part in dataclasses.fields(self))
        return Added(*parts)


def added(text: str) -> Added:
    fields = json.loads(text)
    return Added(**{**fields, "skipped": tuple(fields["skipped"])})


class Ledger:
    """Many records, one story: the questions of the command line, answered as Arrow tables.

    :param path: the file; one SQLite file, the same that ``legation --ledger`` has.
    :param create: whether to make it where it is missing.
    :param knowledge: a folder with knowledge of your own.
    :raises FileNotFoundError: when it is missing.
    :raises ValueError: when the file is no ledger, newer than this program, or damaged. It is not touched then.

    >>> import legation, tempfile
    >>> folder = tempfile.TemporaryDirectory()
    >>> ledger = legation.Ledger(folder.name + "/l.sqlite", create=True)
    >>> ledger.add([{"text": "Xi Jinping will visit Serbia on May 7.", "date": "2024-04-29", "source": "AP"},
    ...             {"text": "Xi Jinping visited Serbia on May 7, 2024.", "date": "2024-05-10", "source": "AFP"}]).added
    2
    >>> ledger.visits(actor="Xi Jinping", country="Serbia").select(["title", "status", "articles"]).to_pylist()
    [{'title': 'visit: Xi Jinping → Serbia', 'status': 'held', 'articles': 2}]
    """

    def __init__(
        self, path: str | os.PathLike[str], *, create: bool = False, knowledge: str | os.PathLike[str] | None = None
    ) -> None:
        self.path = os.fspath(path)
        self._native = NativeLedger(self.path, None if knowledge is None else os.fspath(knowledge), create)

    def add(self, articles: Any, *, reader: Reader | None = None, progress: Callable[[int], object] | None = None) -> Added:
        """Reads articles and adds them, as ``legation add`` does; those that are there already are passed over.

        :param articles: whatever :func:`legation.read_many` takes, and :func:`legation.articles` for files.
        :returns: how many; and of each row that is no English article, why it was skipped.
        """
        total = Added()
        for pile in piles(rows(articles), most=TOGETHER):
            given = [article for _, article, _ in pile if article]
            bad = tuple(error for _, _, error in pile if error)
            total += added(self._native.add((reader or usual())._native, given)) + Added(skipped=bad)
            if progress:
                progress(pile[-1][0] + 1)
        self._native.settle()
        return total

    def add_records(self, records: Any) -> Added:
        """Adds records that were read elsewhere, as ``legation add --records`` does.

        :param records: lines of JSON, or what :func:`legation.read_many` gives.
        """
        if hasattr(records, "column_names"):
            records = records.column("record").to_pylist()
        lines = [record.line() if isinstance(record, Record) else record for record in records]
        total = added(self._native.add_records([line for line in lines if line is not None]))
        self._native.settle()
        return total

    def events(self, **asked: Any) -> pyarrow.Table:
        """Events of every kind, by their days; for what can be asked, see :class:`Choice`. A row has its participants, its life,
        its contradictions and every article that tells it."""
        return _tables.answer(self._native.events(choice(**asked)), _tables.EVENT)

    def visits(self, **asked: Any) -> pyarrow.Table:
        """Visits."""
        return self.events(kind="visit", **asked)

    def meetings(self, **asked: Any) -> pyarrow.Table:
        """Meetings, talks, summits and calls."""
        return self.events(kind=["meeting", "talks", "summit", "call"], **asked)

    def timeline(self, one: str, other: str, **asked: Any) -> pyarrow.Table:
        """Everything that two sides have to do with each other, by day."""
        return self.events(actor=[*several(asked.pop("actor", [])), one, other], **asked)

    def calendar(self, **asked: Any) -> pyarrow.Table:
        """What is announced and not yet held, postponed or cancelled: without days, from ``as_of`` on, or from the day of the
        newest article."""
        return _tables.answer(self._native.calendar(choice(**asked)), _tables.EVENT)

    def event(self, id: str) -> dict[str, Any]:
        """One event, by its id or that of one of its tellings.

        :raises LookupError: when there is none.
        """
        return json.loads(self._native.event(id))

    def statements(self, *, act: str | Sequence[str] = (), **asked: Any) -> pyarrow.Table:
        """Who said what, by day of publication."""
        return _tables.answer(self._native.statements(choice(kind=act, **asked)), _tables.STATEMENT)

    def who(self, name: str) -> pyarrow.Table:
        """Who goes by a name, a surname or a key, whom most articles name first."""
        return _tables.answer(self._native.who(name), _tables.PERSON)

    def search(self, words: str, **asked: Any) -> pyarrow.Table:
        """Articles with these words, the most fitting first; a phrase stands in quotation marks, ``word*`` finds whatever begins so."""
        return _tables.answer(self._native.search(choice(text=words, **asked)), _tables.FOUND)

    def diff(self, before: Day, after: Day, **asked: Any) -> pyarrow.Table:
        """What became known between two days of publication."""
        return _tables.answer(self._native.diff(choice(**asked), day(before), day(after)), _tables.DIFFERENCE)

    def check(self, article: Record | str, published: Any = None) -> pyarrow.Table:
        """An article's background held against the ledger: each claim supported, contradicted or not known."""
        record = article if isinstance(article, Record) else usual().read(article, published)
        return _tables.answer(self._native.check(record._native), _tables.VERDICT)

    def review(self, most: int = 20, **asked: Any) -> pyarrow.Table:
        """The events on which a decision would put most right."""
        return _tables.answer(self._native.review(choice(**asked), most), _tables.DUE)

    def corrections(self) -> pyarrow.Table:
        """What people decided, in the order in which they did."""
        return _tables.answer(self._native.corrections(), _tables.CORRECTION)

    def brief(self, one: str, other: str, **asked: Any) -> dict[str, Any]:
        """A background paragraph on two people or countries: ``sentences``, each citing its ``sources``."""
        return json.loads(self._native.brief(one, other, choice(**asked)))

    def plans(self) -> list[Record]:
        """The records of the articles that tell of plans."""
        return [Record(native) for native in self._native.plans()]

    def verify(self) -> dict[str, Any]:
        """Whether every span still says what its article says; and a digest that is equal for equal ledgers."""
        return json.loads(self._native.verify())

    def digest(self) -> str:
        """Over all articles, records and events, whatever the order in which they came."""
        return self._native.digest()

    def __repr__(self) -> str:
        return f"<Ledger: {self.path}>"
