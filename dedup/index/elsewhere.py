"""A store of candidates that several indexes share: which articles elsewhere a text resembles.

Paragraphs are signed and laid into datasketch's ``MinHashLSH`` on a Redis server. Beside its tables
stand, all under ``dedup:``, what the store was made by, how far each index has been laid in, and
under which number each article lies. Whoever writes holds a lock; nothing is stored as a pickle.
"""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from dedup.errors import IndexUnusableError, MissingExtra
from dedup.index.answers import Elsewhere
from dedup.index.banded import BANDS, ROWS, Banded
from dedup.index.holdings import key, name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from redis import Redis

    from dedup.index.banded import Signed

#: Seconds that the server has to answer; for which a writer holds the lock, and waits for it.
_PATIENCE, _HELD, _WAIT = 2.0, 120.0, 30.0
_BASE = "dedup:"


class CandidateStore:
    """The candidates of one index among those of others; every failure is one sentence."""

    def __init__(self, address: str, record: str, made_by: str) -> None:
        """Name the store; it is reached when it is first asked.

        Args:
            address: of the server, as ``redis://host:6379/0``.
            record: the name of the index.
            made_by: what signatures hang on.

        Raises:
            MissingExtra: where the client is not installed.
            IndexUnusableError: where the address is none.

        """
        try:
            import redis
        except ImportError as error:
            what = "a store of candidates"
            raise MissingExtra(what, "redis") from error
        self._failures = redis.RedisError
        self.record = record
        self._made = json.dumps({"bands": BANDS, "rows": ROWS, "made_by": made_by})
        try:
            self.name = _shown(address)
            self._pool = redis.ConnectionPool.from_url(
                address, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE
            )
        except ValueError as fault:
            message = f"the address of a store of candidates cannot be read: {fault}"
            raise IndexUnusableError(message) from fault
        self._server: Redis = redis.Redis(connection_pool=self._pool)
        self._banded = Banded(self._pool, f"{_BASE}lsh".encode())

    def close(self) -> None:
        """Let go of the server."""
        self._pool.disconnect()

    @property
    def _mine(self) -> str:
        return f"{_BASE}of:{self.record}"

    def ready(self) -> dict[str, dict[str, object]]:
        """See that the store can be used; say how far each index has been laid in.

        Raises:
            IndexUnusableError: where it cannot.

        """
        with self._said():
            info = cast("dict[str, object]", self._server.info("memory"))
            policy = str(info.get("maxmemory_policy", "noeviction"))
            if info.get("maxmemory") and policy != "noeviction":
                message = f"{self.name} may lose candidates ({policy}): set noeviction there"
                raise IndexUnusableError(message)
            self._server.set(f"{_BASE}made", self._made, nx=True)
            made = cast("bytes | None", self._server.get(f"{_BASE}made")) or b""
            if made.decode("utf-8", "replace") != self._made:
                message = f"{self.name} holds candidates of another version of dedup: use that one"
                raise IndexUnusableError(message)
            states = cast("dict[bytes, bytes]", self._server.hgetall(f"{_BASE}records"))
            nothing = {"busy": True, "until": 0}
            said = {name.decode("utf-8", "replace"): json.loads(v) for name, v in states.items()}
            return {name: {**nothing, **state} for name, state in said.items()}

    @property
    def until(self) -> int:
        """The entry of the feed up to which the index has been laid in; 0 where it never was."""
        return cast("int", self.ready().get(self.record, {}).get("until", 0))

    def near(self, signed: Signed) -> tuple[tuple[Elsewhere, ...], bool]:
        """Say which articles of other indexes some paragraphs resemble, those of most first.

        Returns:
            The articles, and whether every index is laid in up to the last that is known of it.

        Raises:
            IndexUnusableError: where the store cannot say.

        """
        states = self.ready()
        settled = not any(state["busy"] for state in states.values())
        best: dict[str, dict[int, float]] = defaultdict(dict)
        with self._said():
            for at, name, share in self._banded.resembling(signed):
                number = name.partition(b"/")[0].decode()
                best[number][at] = max(share, best[number].get(at, 0.0))
            numbers = sorted(best)
            named = self._server.hmget(f"{_BASE}numbers", numbers) if numbers else []
        places = []
        for number, data in zip(numbers, cast("list[bytes | None]", named), strict=True):
            record, article_id = json.loads(data) if data else (self.record, "")
            if record != self.record:
                shares = best[number].values()
                places.append(Elsewhere(record, article_id, len(shares), round(max(shares), 3)))
        return tuple(sorted(places, key=lambda p: (-p.paragraphs, -p.resemblance, p[:2]))), settled

    def lay(self, articles: Mapping[str, tuple[bytes, Signed]], gone: Iterable[str] = ()) -> None:
        """Lay articles in, each in the place of its former version; take others out.

        Args:
            articles: by id, the name of the content and the signatures of the paragraphs.
            gone: ids.

        Raises:
            IndexUnusableError: where that cannot be done; it can be done again.

        """
        with self._said(), self._server.lock(f"{_BASE}lock", _HELD, blocking_timeout=_WAIT):
            self._note({"busy": True})
            self._take_out([key(name) for name in (*articles, *gone)])
            last = self._server.incrby(f"{_BASE}count", len(articles))
            first = last - len(articles) + 1
            mine: dict[bytes, dict[str, object]] = {}
            for number, (name, (_, signed)) in enumerate(articles.items(), first):
                mine[key(name)] = {"number": number, "paragraphs": len(signed)}
            self._tell(mine)  # so that what is cut short can be taken out
            self._banded.insert(
                (at, row)
                for number, (_, signed) in enumerate(articles.values(), first)
                for at, row in zip(_names(number, len(signed)), signed, strict=True)
            )
            for name, (content, _) in articles.items():
                mine[key(name)]["content"] = content.hex()
            self._tell(mine)

    def _tell(self, mine: Mapping[bytes, Mapping[str, object]]) -> None:
        """Note what lies in the store of this index, and of which article each number is."""
        with self._server.pipeline() as pipe:
            for name, said in mine.items():
                pipe.hset(self._mine, name, json.dumps(said))
                named = json.dumps([self.record, name_of(name)])
                pipe.hset(f"{_BASE}numbers", str(said["number"]), named)
            pipe.execute()

    def _take_out(self, names: Sequence[bytes]) -> None:
        """Take out all that was laid in of some articles, or as much as was."""
        noted = cast("list[bytes | None]", self._server.hmget(self._mine, names) if names else [])
        known = {name: json.loads(data) for name, data in zip(names, noted, strict=True) if data}
        if not known:
            return
        wanted = [at for s in known.values() for at in _names(s["number"], s["paragraphs"])]
        self._banded.remove(wanted)
        self._server.hdel(f"{_BASE}numbers", *(str(said["number"]) for said in known.values()))
        self._server.hdel(self._mine, *known)

    def contents(self, names: Sequence[str]) -> list[str | None]:
        """Give the name of the content that was laid in of each article.

        It is empty where that was cut short, None where nothing was.

        Raises:
            IndexUnusableError: where the store cannot say.

        """
        with self._said():
            keys = [key(name) for name in names]
            found = cast("list[bytes | None]", self._server.hmget(self._mine, keys) if keys else [])
            said = [json.loads(data) if data else None for data in found]
            return [None if one is None else str(one.get("content", "")) for one in said]

    def forget(self) -> None:
        """Lose the index: nothing of it may lie here any more."""
        with self._said():
            self._server.hdel(f"{_BASE}records", self.record)

    def settle(self, until: int) -> None:
        """Note up to which entry of its feed the index has been laid in.

        Raises:
            IndexUnusableError: where the store cannot be written.

        """
        with self._said():
            self._note({"busy": False, "until": until})

    def _note(self, said: Mapping[str, object]) -> None:
        records = f"{_BASE}records"
        former = cast("bytes | None", self._server.hget(records, self.record))
        state = {"busy": False, "until": 0, **(json.loads(former) if former else {}), **said}
        self._server.hset(records, self.record, json.dumps(state))

    def laid(self) -> dict[str, str]:
        """Give what lies in the store of this index: by id, the name of the content.

        An article that is not wholly there has none.

        Raises:
            IndexUnusableError: where the store cannot say.

        """
        with self._said():
            mine = cast("dict[bytes, bytes]", self._server.hgetall(self._mine))
            said = {name_of(name): json.loads(data) for name, data in mine.items()}
            numbers = [str(one["number"]) for one in said.values()]
            told = self._server.hmget(f"{_BASE}numbers", numbers) if numbers else []
            wanted = [at for s in said.values() for at in _names(s["number"], s["paragraphs"])]
            lost = {at.partition(b"/")[0].decode() for at in self._banded.lost(wanted)}
            lost |= {number for number, one in zip(numbers, told, strict=True) if one is None}
            rows = zip(said.items(), numbers, strict=True)
            return {name: "" if n in lost else str(s.get("content", "")) for (name, s), n in rows}

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Say in one sentence what the client says in many ways."""
        try:
            yield
        except self._failures as error:
            from redis import exceptions as kinds

            refused = isinstance(error, kinds.AuthenticationError | kinds.BusyLoadingError)
            if isinstance(error, kinds.LockError):
                message = f"{self.name} is busy: another index is laid in"
            elif isinstance(error, kinds.ConnectionError | kinds.TimeoutError) and not refused:
                message = f"{self.name} does not answer"
            else:
                message = f"{self.name} refuses: {error}"
            raise IndexUnusableError(message) from error
        except (ValueError, KeyError, TypeError) as fault:
            message = f"{self.name} holds what is none of dedup's: use another database there"
            raise IndexUnusableError(message) from fault


def _names(number: object, paragraphs: int) -> list[bytes]:
    """What the paragraphs of an article are called in datasketch's tables."""
    return [f"{number}/{n}".encode() for n in range(paragraphs)]


def _shown(address: str) -> str:
    """An address without what is secret in it.

    Raises:
        ValueError: where it is none.

    """
    parts = urlsplit(address)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}{parts.path}"
