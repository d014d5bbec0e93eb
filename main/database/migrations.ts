// Forward only, one string per schema version (`user_version`); never edit one that has been released.

const first = /* sql */ `
CREATE TABLE meta (
  name TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta (name, value) VALUES ('revision', 0);

CREATE TABLE settings (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

CREATE TABLE sources (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  team TEXT,
  paused INTEGER NOT NULL DEFAULT 0,
  priority_map TEXT NOT NULL, -- JSON
  no_data TEXT NOT NULL DEFAULT 'open',
  close_after_minutes INTEGER,
  secret_hash BLOB NOT NULL, -- SHA-256; the secret itself is not in the store
  created_at INTEGER NOT NULL,
  removed_at INTEGER,
  last_delivery_at INTEGER,
  probe_seen_at INTEGER,
  deliveries INTEGER NOT NULL DEFAULT 0,
  not_understood INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One row per request of a known source, as it came.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  method TEXT NOT NULL,
  content_type TEXT,
  remote_address TEXT NOT NULL,
  headers TEXT NOT NULL, -- JSON, safe ones only
  query TEXT NOT NULL, -- without the secret
  body_hash BLOB NOT NULL, -- SHA-256 of body: silent rot is not noticed by SQLite (reference/stack.md 4.4)
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  alerts TEXT NOT NULL, -- JSON: [alert, the delivery before this one that spoke of it], ...
  body BLOB NOT NULL -- last, so that lists need not walk over a megabyte to read the columns behind it
) STRICT;
CREATE INDEX deliveries_by_source ON deliveries (source_id, id);

-- One row per episode of a problem. The two ranks and opened_at are the order of the screen (shared/alert-order.ts).
CREATE TABLE alerts (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id TEXT NOT NULL,
  key TEXT NOT NULL,
  episode INTEGER NOT NULL,
  episode_name TEXT,
  state TEXT NOT NULL,
  place_rank INTEGER NOT NULL,
  priority TEXT NOT NULL,
  priority_rank INTEGER NOT NULL,
  level TEXT,
  no_data INTEGER NOT NULL,
  description TEXT NOT NULL, -- JSON: title, text, resource, value, condition, labels, links
  count INTEGER NOT NULL,
  deliveries INTEGER NOT NULL,
  last_delivery INTEGER, -- newest delivery that spoke of it; each row there names the one before
  sent_at INTEGER,
  opened_at INTEGER NOT NULL,
  last_event_at INTEGER NOT NULL,
  acknowledged_at INTEGER,
  acknowledge_note TEXT,
  snoozed_until INTEGER,
  resolved_at INTEGER,
  resolved_by TEXT
) STRICT;
CREATE INDEX alerts_in_screen_order ON alerts (place_rank, priority_rank, opened_at DESC, id DESC);
CREATE INDEX alerts_by_key ON alerts (source_id, key, id);

-- What outlives an episode: how often, when last, and the newest recovery, so that late messages never re-open.
CREATE TABLE problems (
  source_id TEXT NOT NULL,
  key TEXT NOT NULL,
  episodes INTEGER NOT NULL,
  last_alert INTEGER,
  recovered_sent_at INTEGER,
  recovered_episode_name TEXT,
  opened_times TEXT NOT NULL, -- JSON: when the newest episodes opened
  PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

-- Every message applied so far, so that an exact retry is known whenever it comes. Time comes first in the key, so that
-- a burst about many alerts writes a few neighbouring pages instead of one page each.
CREATE TABLE applied_events (
  sent_at INTEGER NOT NULL,
  identity BLOB NOT NULL, -- first 16 bytes of SHA-256 over source, key, state and level
  PRIMARY KEY (sent_at, identity)
) STRICT, WITHOUT ROWID;

CREATE TABLE timeline (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  alert_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  times INTEGER NOT NULL DEFAULT 1,
  last_at INTEGER NOT NULL
) STRICT;
CREATE INDEX timeline_of_alert ON timeline (alert_id, id);
`;

const second = /* sql */ `
-- Rules per source.
ALTER TABLE sources ADD COLUMN allow_list TEXT NOT NULL DEFAULT '{"mode":"hint","addresses":[]}'; -- JSON
ALTER TABLE sources ADD COLUMN old_secret_hash BLOB; -- SHA-256; opens the door until the time beside it
ALTER TABLE sources ADD COLUMN old_secret_until INTEGER;
ALTER TABLE sources ADD COLUMN old_secret_used_at INTEGER;
ALTER TABLE sources ADD COLUMN old_secret_used_by TEXT;

-- A delivery outlives its body (retention), so its size stands beside it; the body stays the last column.
CREATE TABLE deliveries_2 (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  method TEXT NOT NULL,
  content_type TEXT,
  remote_address TEXT NOT NULL,
  headers TEXT NOT NULL, -- JSON, safe ones only
  query TEXT NOT NULL, -- without the secret
  bytes INTEGER NOT NULL, -- of the body as it was stored
  body_hash BLOB NOT NULL, -- SHA-256 of body: silent rot is not noticed by SQLite (reference/stack.md 4.4)
  body_removed INTEGER NOT NULL DEFAULT 0, -- 1 once retention has emptied the body
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  alerts TEXT NOT NULL, -- JSON: [alert, the delivery before this one that spoke of it], ...
  body BLOB NOT NULL -- last, so that lists need not walk over a megabyte to read the columns behind it
) STRICT;
INSERT INTO deliveries_2 (id, source_id, received_at, method, content_type, remote_address, headers, query, bytes, body_hash,
  verdict, reason, alerts, body)
SELECT id, source_id, received_at, method, content_type, remote_address, headers, query, length(body), body_hash,
  verdict, reason, alerts, body FROM deliveries ORDER BY id;
DROP TABLE deliveries;
ALTER TABLE deliveries_2 RENAME TO deliveries;
CREATE INDEX deliveries_by_source ON deliveries (source_id, id);

-- Words of resolved alerts (alerts/alert-words.ts); unresolved ones are searched in memory. rowid is the alert's number.
-- Filled off the hot path: searchable = 0 marks what is still to do. Every token begins with one character for its block of
-- alerts, so that a search can go through the index block by block; the lengths of prefix count that character. The
-- tokenizer parts at blanks only: what a word is, shared/search-words.ts decides.
CREATE VIRTUAL TABLE alert_words USING fts5 (words, content = '', contentless_delete = 1, tokenize = ascii, detail = none,
  prefix = '2 3 4 5 7 10');
-- Left alone, a write now and then merges for 100 ms; merging is done in small steps instead.
INSERT INTO alert_words (alert_words, rank) VALUES ('automerge', 0);
INSERT INTO alert_words (alert_words, rank) VALUES ('crisismerge', 1000);
ALTER TABLE alerts ADD COLUMN searchable INTEGER NOT NULL DEFAULT 0;
CREATE INDEX alerts_to_search ON alerts (id) WHERE searchable = 0 AND place_rank = 3;
CREATE INDEX alerts_over_by_source ON alerts (source_id, priority_rank, opened_at DESC, id DESC) WHERE place_rank = 3;
CREATE INDEX alerts_by_end ON alerts (resolved_at) WHERE place_rank = 3;

-- What a person must be told about the store until they have read it (shared/text/notice-text.ts).
CREATE TABLE notices (
  code TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  details TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- What is still to be read back from a store that was replaced (database/salvage.ts).
CREATE TABLE salvage (
  rank INTEGER PRIMARY KEY, -- the order of work
  file TEXT NOT NULL, -- within the data folder
  part TEXT NOT NULL, -- a table
  next INTEGER NOT NULL, -- the first key that was not looked at
  last INTEGER NOT NULL
) STRICT;
`;

const third = /* sql */ `
-- When we could not hear (shared/coverage.ts). The newest one is open while ended_at is NULL.
CREATE TABLE gaps (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  cause TEXT NOT NULL,
  later TEXT NOT NULL DEFAULT '[]' -- JSON: [{at, cause}], what was found within the same gap
) STRICT;
CREATE INDEX gaps_by_end ON gaps (ended_at);

-- A source of which something is expected every so many hours.
ALTER TABLE sources ADD COLUMN expect_every_hours INTEGER;
ALTER TABLE sources ADD COLUMN expect_since INTEGER; -- silence before it does not count
`;

/** Schema version n is reached by running the first n. */
export const migrations: readonly string[] = [first, second, third];
