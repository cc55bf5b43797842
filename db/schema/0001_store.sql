-- The store, version 1. Times are nanoseconds since 1970-01-01 UTC. Stored: never renumber or rename.
-- People's own SQL reads the views (v_…), which stay; these tables may change with any version.

-- The rules that verdicts were made with.
CREATE TABLE rule_packs (
  id            INTEGER PRIMARY KEY,
  hash          TEXT    NOT NULL UNIQUE,      -- "sha256:…"
  first_used_at INTEGER NOT NULL
) STRICT;

CREATE TABLE services (
  id          INTEGER PRIMARY KEY,
  project     TEXT NOT NULL,                  -- '' where the log does not tell
  location    TEXT NOT NULL,
  name        TEXT NOT NULL,
  environment TEXT NOT NULL,                  -- production, staging, development, unknown
  UNIQUE (project, location, name)
) STRICT;

CREATE TABLE revisions (
  id         INTEGER PRIMARY KEY,
  service_id INTEGER NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  name       TEXT    NOT NULL,                -- '' for a deploy that was refused before a revision existed
  scope      TEXT    NOT NULL,                -- revision, deploy
  UNIQUE (service_id, name)
) STRICT;

-- The current verdict on a revision. Columns are those of `analyze --format json` (docs/json.md).
CREATE TABLE diagnoses (
  revision_id           INTEGER PRIMARY KEY REFERENCES revisions (id) ON DELETE CASCADE,
  state                 TEXT    NOT NULL,     -- failed, crash_looping, inconclusive, pending, ready
  early                 INTEGER NOT NULL,     -- 0, 1
  degraded              TEXT,                 -- a JSON array of sentences, or null
  root_cause            TEXT,                 -- a category, or null
  rule                  TEXT    NOT NULL,     -- '' for none
  confidence            REAL    NOT NULL,
  runner_up             TEXT,                 -- a category, or null
  runner_up_rule        TEXT    NOT NULL,
  runner_up_confidence  REAL    NOT NULL,
  summary               TEXT    NOT NULL,
  blame                 TEXT    NOT NULL,     -- code, config, permission, dependency, platform, unknown
  transient             INTEGER NOT NULL,     -- 0, 1
  fix                   TEXT,                 -- null: none
  fix_commands          TEXT,                 -- a JSON array, or null
  attempts              INTEGER NOT NULL,     -- container starts seen
  started_at            INTEGER,
  failed_at             INTEGER,
  ready_at              INTEGER,
  platform_reason       TEXT,                 -- null in all four: the platform said nothing
  platform_message      TEXT,
  platform_probe        TEXT,
  platform_probe_status TEXT,
  evidence              INTEGER,              -- evidence.position, or null
  fingerprint           TEXT    NOT NULL,     -- of the cause; '' without one
  rule_pack_id          INTEGER NOT NULL REFERENCES rule_packs (id),
  last_entry_at         INTEGER,              -- the newest entry of the revision
  generation            INTEGER NOT NULL      -- how often the row was written
) STRICT;
CREATE INDEX diagnoses_by_failure ON diagnoses (failed_at) WHERE failed_at IS NOT NULL;
-- Verdicts that time alone may change.
CREATE INDEX diagnoses_waiting ON diagnoses (revision_id) WHERE state = 'pending' OR early = 1;

CREATE TABLE facts (
  revision_id INTEGER NOT NULL REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  fact        TEXT    NOT NULL,               -- a key of docs/json.md
  position    INTEGER NOT NULL,               -- within a list, else 0
  value       ANY     NOT NULL,               -- text, or an integer
  PRIMARY KEY (revision_id, fact, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE links (                          -- of the cascade, root cause first
  revision_id INTEGER NOT NULL REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,               -- from 0
  category    TEXT    NOT NULL,
  rule        TEXT    NOT NULL,
  summary     TEXT    NOT NULL,
  at          INTEGER,
  evidence    INTEGER,                        -- evidence.position, or null
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (                       -- each line once, however many point at it
  id          INTEGER PRIMARY KEY,
  revision_id INTEGER NOT NULL REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,               -- from 0
  informative INTEGER NOT NULL,               -- 1: of an unknown cause, one of the most telling lines
  at          INTEGER,
  insert_id   TEXT    NOT NULL,
  log         TEXT    NOT NULL,               -- stdout, stderr, system, …
  instance    TEXT    NOT NULL,
  text        TEXT    NOT NULL,               -- verbatim, redacted
  UNIQUE (revision_id, position)
) STRICT;
CREATE INDEX evidence_by_time ON evidence (at);

CREATE VIRTUAL TABLE evidence_text USING fts5 (
  text, content = 'evidence', content_rowid = 'id', tokenize = "unicode61 tokenchars '_'");
CREATE TRIGGER evidence_added AFTER INSERT ON evidence BEGIN
  INSERT INTO evidence_text (rowid, text) VALUES (new.id, new.text);
END;
CREATE TRIGGER evidence_removed AFTER DELETE ON evidence BEGIN
  INSERT INTO evidence_text (evidence_text, rowid, text) VALUES ('delete', old.id, old.text);
END;

CREATE TABLE environment (                    -- variables, as the log shows them
  revision_id INTEGER NOT NULL REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  name        TEXT    NOT NULL,
  state       TEXT    NOT NULL,               -- set, missing, secret_ref
  value       TEXT,                           -- null: not shown, or secret
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE timeline (
  revision_id INTEGER NOT NULL REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  at          INTEGER,
  event       TEXT    NOT NULL,               -- a name of docs/json.md
  text        TEXT    NOT NULL,
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (                       -- container starts, by time
  revision_id    INTEGER NOT NULL REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  position       INTEGER NOT NULL,            -- from 0
  instance       TEXT    NOT NULL,
  container      TEXT    NOT NULL,
  started_at     INTEGER,
  first_error_at INTEGER,
  ended_at       INTEGER,
  ended          TEXT    NOT NULL,            -- open, exit, signal, probe_failed, shutdown, liveness
  number         INTEGER NOT NULL,            -- exit code or signal
  died           INTEGER NOT NULL,            -- 0, 1 (docs/json.md)
  PRIMARY KEY (revision_id, position)
) STRICT, WITHOUT ROWID;

-- What was said of a revision, and when it was learned: one row whenever state, cause or rule changed.
CREATE TABLE verdicts (
  id           INTEGER PRIMARY KEY,
  revision_id  INTEGER NOT NULL REFERENCES revisions (id) ON DELETE CASCADE,
  recorded_at  INTEGER NOT NULL,
  why          TEXT    NOT NULL,              -- first, better_informed, reclassified
  state        TEXT    NOT NULL,
  root_cause   TEXT,
  rule         TEXT    NOT NULL,
  confidence   REAL    NOT NULL,
  summary      TEXT    NOT NULL,
  fingerprint  TEXT    NOT NULL,
  rule_pack_id INTEGER NOT NULL REFERENCES rule_packs (id)
) STRICT;
CREATE INDEX verdicts_by_revision ON verdicts (revision_id);

-- The log entries that explain a start, redacted: what better rules will read again.
CREATE TABLE raw_entries (
  revision_id INTEGER PRIMARY KEY REFERENCES diagnoses (revision_id) ON DELETE CASCADE,
  entries     INTEGER NOT NULL,
  bytes       INTEGER NOT NULL,               -- of the lines before compression
  encoding    TEXT    NOT NULL,               -- ndjson, ndjson+zstd
  body        BLOB    NOT NULL                -- a line of JSON an entry (db/entry_codec.h)
) STRICT;

CREATE TABLE incidents (                      -- at most one open a service
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  service_id    INTEGER NOT NULL REFERENCES services (id) ON DELETE CASCADE,
  opened_at     INTEGER,
  closed_at     INTEGER,
  open          INTEGER NOT NULL,             -- 0, 1
  opened_by     INTEGER REFERENCES revisions (id) ON DELETE SET NULL,
  closed_by     INTEGER REFERENCES revisions (id) ON DELETE SET NULL,
  root_cause    TEXT,                         -- of the newest verdict in it
  rule          TEXT    NOT NULL,
  summary       TEXT    NOT NULL,
  fingerprint   TEXT    NOT NULL,
  regression_of INTEGER REFERENCES incidents (id) ON DELETE SET NULL
) STRICT;
CREATE UNIQUE INDEX incidents_open ON incidents (service_id) WHERE open = 1;
CREATE INDEX incidents_by_service ON incidents (service_id, opened_at);
CREATE INDEX incidents_by_time ON incidents (opened_at);

CREATE TABLE transitions (                    -- how an incident went
  incident_id INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,               -- from 0
  at          INTEGER,
  kind        TEXT    NOT NULL,               -- opened, regression, repeat, cause_changed, recovered
  revision_id INTEGER REFERENCES revisions (id) ON DELETE CASCADE,
  root_cause  TEXT,
  rule        TEXT    NOT NULL,
  summary     TEXT    NOT NULL,
  fingerprint TEXT    NOT NULL,
  PRIMARY KEY (incident_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX transitions_by_revision ON transitions (revision_id);

-- Single values: the newest time of all entries that were ever read ("as_of").
CREATE TABLE state (
  name  TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;
