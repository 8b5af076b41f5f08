"""The seeded bugs: where, what is taken out, what comes in its place, and the tests that have to notice."""

from dataclasses import dataclass

BEAT = "tests/scheduler/test_beat.py"
DELIVER = "tests/usecases/test_deliver.py"
CLAIM = "tests/storage/test_claim.py"
SLEEPING = "tests/scheduler/test_sleeping.py"
RETRY = "tests/schedules/test_retry.py"
INBOX = "tests/usecases/test_inbox.py"
FALLBACK = "tests/usecases/test_fallback.py"
REMIND = "tests/usecases/test_remind.py"
RECEIVER = "tests/bot/channels/telegram/test_receiver.py"
MESSENGER = "tests/bot/channels/telegram/test_messenger.py"
ENGINE = "tests/storage/test_engine.py"
ONCE = "tests/storage/test_once.py"
AUDIT = "tests/usecases/test_audit.py tests/scheduler/test_auditor.py"


@dataclass(frozen=True, slots=True)
class Mutant:
    """One bug: `old` stands once in the file and becomes `new`; `tests` are files of tests, with spaces between."""

    name: str
    file: str
    old: str
    new: str
    tests: str


MUTANTS = (
    Mutant(
        "the fence is dropped",
        "storage/claims.py",
        "mine = (delivery.c.owner == owner, delivery.c.attempt == attempt)",
        "mine = (delivery.c.attempt > 0,)",
        f"{CLAIM} {DELIVER}",
    ),
    Mutant(
        "the fence forgets the attempt",
        "storage/claims.py",
        "mine = (delivery.c.owner == owner, delivery.c.attempt == attempt)",
        "mine = (delivery.c.owner == owner,)",
        CLAIM,
    ),
    Mutant(
        "an expired claim is not marked",
        "storage/claims.py",
        '"next_try_at": now, "ambiguous": doubt, **NOBODYS}',
        '"next_try_at": now, **NOBODYS}',
        f"{CLAIM} {DELIVER}",
    ),
    Mutant(
        "leases never run out",
        "storage/claims.py",
        "over = select(delivery.c.id).where(SENDING, delivery.c.lease_until <= now)",
        "over = select(delivery.c.id).where(SENDING, delivery.c.attempt < 0)",
        CLAIM,
    ),
    Mutant(
        "leases run out at once",
        "storage/claims.py",
        "over = select(delivery.c.id).where(SENDING, delivery.c.lease_until <= now)",
        "over = select(delivery.c.id).where(SENDING)",
        CLAIM,
    ),
    Mutant(
        "a claim counts no attempt",
        "storage/claims.py",
        '"attempt": delivery.c.attempt + 1',
        '"attempt": delivery.c.attempt',
        f"{CLAIM} {AUDIT}",
    ),
    Mutant(
        "what is not due yet is claimed",
        "storage/claims.py",
        "where(DUE, delivery.c.next_try_at <= now, delivery.c.channel.in_",
        "where(DUE, delivery.c.channel.in_",
        f"{CLAIM} {DELIVER} {BEAT}",
    ),
    Mutant(
        "answers wait behind digests",
        "storage/claims.py",
        'urgent_first = (delivery.c.kind == "digest", delivery.c.next_try_at, delivery.c.id)',
        "urgent_first = (delivery.c.next_try_at, delivery.c.id)",
        CLAIM,
    ),
    Mutant(
        "a lost answer counts as not sent",
        "schedules/retry.py",
        "return RetryAt(require_aware(now) + wait, isinstance(outcome, Unknown), outcome.reason)",
        "return RetryAt(require_aware(now) + wait, False, outcome.reason)",
        f"{RETRY} {BEAT}",
    ),
    Mutant(
        "grace of a second: late messages are given up",
        "schedules/retry.py",
        "PATIENCE = timedelta(hours=24)\nLEAST_TRIES = 10",
        "PATIENCE = timedelta(seconds=1)\nLEAST_TRIES = 1",
        RETRY,
    ),
    Mutant(
        "nothing is ever given up",
        "schedules/retry.py",
        "return attempt >= MOST_TRIES or (attempt >= LEAST_TRIES and age >= PATIENCE)",
        "return False",
        RETRY,
    ),
    Mutant(
        "the messenger's own wait is cut short",
        "schedules/retry.py",
        "return timedelta(seconds=max(0.0, outcome.after) + jitter)",
        "return timedelta(seconds=min(5.0, outcome.after) + jitter)",
        f"{RETRY} {BEAT}",
    ),
    Mutant(
        "the outcome is written before it is known",
        "scheduler/postman.py",
        "            outcome = await self._outcome(row, outgoing)\n        except",
        '            await self._record(row, outgoing, Sent("0"))\n'
        "            outcome = await self._outcome(row, outgoing)\n        except",
        BEAT,
    ),
    Mutant(
        "an error of the messenger is swallowed as sent",
        "scheduler/postman.py",
        "return Unknown(type(error).__name__)  # the error's own words may hold a secret address",
        "return Sent()",
        BEAT,
    ),
    Mutant(
        "a send that hangs is never given up",
        "scheduler/postman.py",
        "async with asyncio.timeout(SEND_LIMIT):",
        "async with asyncio.timeout(None):",
        BEAT,
    ),
    Mutant(
        "a claim that never began is marked",
        "storage/claims.py",
        "doubt = delivery.c.ambiguous + case((delivery.c.begun, 1), else_=0)",
        "doubt = delivery.c.ambiguous + 1",
        CLAIM,
    ),
    Mutant(
        "that sending begins is not written down",
        "usecases/deliver.py",
        "begun = claims.begin(desk.tx, ready, desk.now + desk.office.lease)",
        "begun = {row.claim for row in ready}",
        f"{DELIVER} {SLEEPING}",
    ),
    Mutant(
        "a living process does not renew its claims",
        "scheduler/leases.py",
        "            held = list(self._until)",
        "            held = list[int]()",
        SLEEPING,
    ),
    Mutant(
        "a process that slept sends all the same",
        "scheduler/postman.py",
        "while outgoing is not None and self._leases.is_short(row):",
        "while outgoing is not None and False:",
        SLEEPING,
    ),
    Mutant(
        "a cancelled send counts as not sent",
        "scheduler/postman.py",
        'await self._record(row, outgoing, Unknown("stopped while sending"))',
        "await asyncio.to_thread(self._release, row)",
        BEAT,
    ),
    Mutant(
        "a row that cannot be written is tried for ever",
        "scheduler/postman.py",
        "step = self._park if self._unwritten[row.id] >= PREPARE_TRIES else self._release",
        "step = self._release if row.attempt >= 0 else self._park",
        BEAT,
    ),
    Mutant(
        "one failing stage stops the turn",
        "scheduler/beat.py",
        'log.exception("the beat stumbled at %r; the other stages go on", name)\n            return 0',
        "raise",
        BEAT,
    ),
    Mutant(
        "the state is not read again before sending",
        "usecases/deliver.py",
        "told = [(row, part) for row, part in ours(desk, delivery) if is_asked(part)]",
        "told = [(row, part) for row, part in ours(desk, delivery)]",
        DELIVER,
    ),
    Mutant(
        "a copy carries no mark",
        "usecases/deliver.py",
        "view, repeat = view_of(desk, delivery, told), delivery.ambiguous > 0",
        "view, repeat = view_of(desk, replace(delivery, ambiguous=0), told), False",
        f"{DELIVER} {BEAT}",
    ),
    Mutant(
        "an answer's copy carries no mark",
        "usecases/deliver.py",
        "body, repeat = delivery.body, delivery.ambiguous > 0",
        "body, repeat = delivery.body, False",
        f"{DELIVER} {BEAT}",
    ),
    Mutant(
        "what died is not raised",
        "usecases/deliver.py",
        "        if held and isinstance(decision, Dead):\n",
        "        if held and isinstance(decision, Refused):\n",
        f"{DELIVER} {FALLBACK}",
    ),
    Mutant(
        "what cannot be written is set aside in silence",
        "usecases/deliver.py",
        "        fallback.died(desk, delivery, reason, gone=False)\n",
        "        pass\n",
        AUDIT,
    ),
    Mutant(
        "a digest leaves at night",
        "usecases/deliver.py",
        '    if opens > desk.now:\n        claims.record(desk.tx, delivery, state="due", next_try_at=opens)\n'
        "        return None\n    told = ",
        "    told = ",
        DELIVER,
    ),
    Mutant(
        "an update has its effect, and is not marked as handled",
        "usecases/inbox.py",
        'inbox.change(desk.tx, inbox_id, handled_at=now, error="")  # an earlier try that failed is no poison',
        "pass",
        INBOX,
    ),
    Mutant(
        "a bad update is tried for ever",
        "usecases/inbox.py",
        'done = {"handled_at": now} if row.attempts + 1 >= TRIES else {}',
        "done: dict[str, Any] = {}",
        INBOX,
    ),
    Mutant(
        "an update that is handled is handled again",
        "usecases/inbox.py",
        "            if row.handled_at is not None:\n                return False\n",
        "",
        f"{INBOX} tests/usecases/test_at_once.py",
    ),
    Mutant(
        "the offset is confirmed before the update is stored",
        "bot/channels/telegram/receiver.py",
        "            await unbroken(self._intake.take, self._account, updates)\n"
        '            self._offset = updates[-1]["update_id"] + 1\n',
        '            self._offset = updates[-1]["update_id"] + 1\n'
        "            await unbroken(self._intake.take, self._account, updates)\n",
        RECEIVER,
    ),
    Mutant(
        "an update that cannot be stored is skipped in silence",
        "bot/channels/telegram/intake.py",
        "            self._store(account, [note])\n",
        "",
        RECEIVER,
    ),
    Mutant(
        "a reset counts as surely not sent",
        "bot/channels/telegram/reading.py",
        "return Unsent(words) if isinstance(error, NEVER_LEFT) else Lost(words)",
        "return Unsent(words)",
        MESSENGER,
    ),
    Mutant(
        "a wait for one chat is a wait for all",
        "bot/channels/telegram/messenger.py",
        "self._pacing.rest(chat_of(outgoing.address), error.retry_after)",
        "self._pacing.rest_all(error.retry_after)",
        MESSENGER,
    ),
    Mutant(
        "a message is passed on again and again",
        "storage/waiting.py",
        'return f"{KEY}{delivery_id}"',
        'return f"{KEY}{delivery_id}:" + __import__("uuid").uuid4().hex',
        FALLBACK,
    ),
    Mutant(
        "after downtime every missed rung goes out",
        "usecases/remind.py",
        "        if not reason and key in latest:\n",
        "        if False:\n",
        REMIND,
    ),
    Mutant(
        "handed over without a message",
        "usecases/remind.py",
        "    for contact in ways:\n        deliveries.add(",
        "    for contact in ways[:0]:\n        deliveries.add(",
        f"{REMIND} {AUDIT}",
    ),
    Mutant(
        "SQLite writes in a deferred transaction",
        "storage/engine.py",
        '"BEGIN IMMEDIATE" if writes else "BEGIN"',
        '"BEGIN"',
        f"{ENGINE} {CLAIM}",
    ),
    Mutant(
        "foreign keys are off",
        "storage/engine.py",
        'connection.execute("PRAGMA foreign_keys=ON")\n\n\ndef _prepare_file',
        "pass\n\n\ndef _prepare_file",
        ENGINE,
    ),
    Mutant(
        "the heartbeat is sent whatever the audit found",
        "scheduler/auditor.py",
        "if report.clean and self._tell:",
        "if self._tell:",
        AUDIT,
    ),
)
