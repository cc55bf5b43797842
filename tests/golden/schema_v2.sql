-- What a store of schema 2 with a few rows is made of. Frozen: a store like it lies on somebody's disk.
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
-- Views for people's own SQL (docs/queries.md): `neverready query`, sqlite3, DuckDB, Datasette. Their names and
-- columns stay; columns may be added. Times are RFC 3339 in UTC with milliseconds, so that they sort and compare
-- as text; durations are in seconds. `revision` is '' for a deploy that was refused before a revision existed.

-- What all reports of failures are about: a start that failed has a root cause, others have none.
CREATE INDEX diagnoses_failing ON diagnoses (failed_at, started_at, root_cause) WHERE root_cause IS NOT NULL;

CREATE VIEW v_incidents AS
SELECT
  incidents.id                                                                         AS incident,
  services.project, services.location, services.name AS service, services.environment,
  incidents.open,
  strftime('%Y-%m-%dT%H:%M:%fZ', incidents.opened_at / 1000000 / 1000.0, 'unixepoch')  AS opened_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', incidents.closed_at / 1000000 / 1000.0, 'unixepoch')  AS closed_at,
  (incidents.closed_at - incidents.opened_at) / 1e9                                    AS duration_seconds,
  opener.name                                                                          AS opened_by,
  closer.name                                                                          AS closed_by,
  (SELECT count(*) FROM transitions
    WHERE transitions.incident_id = incidents.id AND transitions.kind <> 'recovered')  AS failures,
  incidents.root_cause, incidents.rule, incidents.summary, incidents.fingerprint,
  incidents.regression_of
FROM incidents
JOIN services ON services.id = incidents.service_id
LEFT JOIN revisions AS opener ON opener.id = incidents.opened_by
LEFT JOIN revisions AS closer ON closer.id = incidents.closed_by;

CREATE VIEW v_diagnoses AS
SELECT
  diagnoses.revision_id,
  services.project, services.location, services.name AS service, services.environment,
  revisions.name AS revision, revisions.scope,
  diagnoses.state, diagnoses.early, diagnoses.degraded,
  diagnoses.root_cause, diagnoses.rule, diagnoses.confidence, diagnoses.summary, diagnoses.fingerprint,
  diagnoses.runner_up, diagnoses.blame, diagnoses.transient, diagnoses.fix, diagnoses.attempts,
  strftime('%Y-%m-%dT%H:%M:%fZ', diagnoses.started_at / 1000000 / 1000.0, 'unixepoch')    AS started_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', diagnoses.failed_at / 1000000 / 1000.0, 'unixepoch')     AS failed_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', diagnoses.ready_at / 1000000 / 1000.0, 'unixepoch')      AS ready_at,
  (coalesce(diagnoses.ready_at, diagnoses.failed_at) - diagnoses.started_at) / 1e9        AS start_seconds,
  diagnoses.platform_reason, diagnoses.platform_message,
  diagnoses.platform_probe, diagnoses.platform_probe_status,
  strftime('%Y-%m-%dT%H:%M:%fZ', evidence.at / 1000000 / 1000.0, 'unixepoch')             AS evidence_at,
  evidence.log                                                                            AS evidence_log,
  evidence.text                                                                           AS evidence_text,
  strftime('%Y-%m-%dT%H:%M:%fZ', diagnoses.last_entry_at / 1000000 / 1000.0, 'unixepoch') AS last_entry_at
FROM diagnoses
JOIN revisions ON revisions.id = diagnoses.revision_id
JOIN services ON services.id = revisions.service_id
LEFT JOIN evidence ON evidence.revision_id = diagnoses.revision_id AND evidence.position = diagnoses.evidence;

CREATE VIEW v_cascade AS
SELECT
  links.revision_id,
  services.project, services.location, services.name AS service, services.environment,
  revisions.name AS revision,
  links.position, links.category, links.rule, links.summary,
  strftime('%Y-%m-%dT%H:%M:%fZ', links.at / 1000000 / 1000.0, 'unixepoch') AS at,
  evidence.log                                                             AS evidence_log,
  evidence.text                                                            AS evidence_text
FROM links
JOIN revisions ON revisions.id = links.revision_id
JOIN services ON services.id = revisions.service_id
LEFT JOIN evidence ON evidence.revision_id = links.revision_id AND evidence.position = links.evidence;

CREATE VIEW v_facts AS
SELECT
  facts.revision_id,
  services.project, services.location, services.name AS service, services.environment,
  revisions.name AS revision,
  diagnoses.state, diagnoses.root_cause,
  facts.fact, facts.position, facts.value
FROM facts
JOIN diagnoses ON diagnoses.revision_id = facts.revision_id
JOIN revisions ON revisions.id = facts.revision_id
JOIN services ON services.id = revisions.service_id;

-- What happened to a revision, and what that meant to its service. A row of a revision belongs to the incident whose
-- next transition it led up to, else to the last one that names the revision; to none if none does.
CREATE VIEW v_timeline AS
SELECT
  transitions.incident_id AS incident,
  services.project, services.location, services.name AS service, services.environment,
  revisions.name AS revision,
  strftime('%Y-%m-%dT%H:%M:%fZ', transitions.at / 1000000 / 1000.0, 'unixepoch') AS at,
  'incident' AS source, transitions.kind AS event, transitions.summary AS text, transitions.position
FROM transitions
JOIN incidents ON incidents.id = transitions.incident_id
JOIN services ON services.id = incidents.service_id
LEFT JOIN revisions ON revisions.id = transitions.revision_id
UNION ALL
SELECT
  transitions.incident_id,
  services.project, services.location, services.name, services.environment,
  revisions.name,
  strftime('%Y-%m-%dT%H:%M:%fZ', timeline.at / 1000000 / 1000.0, 'unixepoch'),
  'revision', timeline.event, timeline.text, timeline.position
FROM transitions
JOIN timeline ON timeline.revision_id = transitions.revision_id
JOIN revisions ON revisions.id = transitions.revision_id
JOIN services ON services.id = revisions.service_id
WHERE NOT EXISTS (
  SELECT 1 FROM transitions AS other
  WHERE other.revision_id = transitions.revision_id
    AND CASE WHEN coalesce(transitions.at, 0) >= coalesce(timeline.at, 0)
             THEN coalesce(other.at, 0) >= coalesce(timeline.at, 0)
                  AND (coalesce(other.at, 0), other.incident_id, other.position)
                    < (coalesce(transitions.at, 0), transitions.incident_id, transitions.position)
             ELSE coalesce(other.at, 0) >= coalesce(timeline.at, 0)
                  OR (coalesce(other.at, 0), other.incident_id, other.position)
                   > (coalesce(transitions.at, 0), transitions.incident_id, transitions.position)
        END)
UNION ALL
SELECT
  NULL,
  services.project, services.location, services.name, services.environment,
  revisions.name,
  strftime('%Y-%m-%dT%H:%M:%fZ', timeline.at / 1000000 / 1000.0, 'unixepoch'),
  'revision', timeline.event, timeline.text, timeline.position
FROM timeline
JOIN revisions ON revisions.id = timeline.revision_id
JOIN services ON services.id = revisions.service_id
WHERE NOT EXISTS (SELECT 1 FROM transitions WHERE transitions.revision_id = timeline.revision_id);

-- The phases of an incident: first error, exit and the platform's verdict are those of the revision that opened it,
-- the first of each; ready is the revision that closed it. A phase is null where one of its ends is not known, or
-- where the log has them the other way round; total is from the first error, else from the opening.
CREATE VIEW v_recovery AS
SELECT
  incident, project, location, service, environment, root_cause, summary, opened_by,
  strftime('%Y-%m-%dT%H:%M:%fZ', error_ns / 1000000 / 1000.0, 'unixepoch')   AS first_error_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', exit_ns / 1000000 / 1000.0, 'unixepoch')    AS exited_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', verdict_ns / 1000000 / 1000.0, 'unixepoch') AS verdict_at,
  strftime('%Y-%m-%dT%H:%M:%fZ', ready_ns / 1000000 / 1000.0, 'unixepoch')   AS ready_at,
  ready_revision,
  CASE WHEN exit_ns >= error_ns THEN (exit_ns - error_ns) / 1e9 END          AS error_to_exit_seconds,
  CASE WHEN verdict_ns >= exit_ns THEN (verdict_ns - exit_ns) / 1e9 END      AS exit_to_verdict_seconds,
  CASE WHEN ready_ns >= verdict_ns THEN (ready_ns - verdict_ns) / 1e9 END    AS verdict_to_ready_seconds,
  (ready_ns - min(coalesce(error_ns, opened_ns), opened_ns)) / 1e9           AS total_seconds
FROM (
  SELECT
    incidents.id AS incident,
    services.project, services.location, services.name AS service, services.environment,
    incidents.root_cause, incidents.summary,
    opener.name AS opened_by, closer.name AS ready_revision,
    incidents.opened_at AS opened_ns, incidents.closed_at AS ready_ns,
    (SELECT min(attempts.first_error_at) FROM attempts
      WHERE attempts.revision_id = incidents.opened_by) AS error_ns,
    (SELECT min(attempts.ended_at) FROM attempts
      WHERE attempts.revision_id = incidents.opened_by AND attempts.died = 1) AS exit_ns,
    (SELECT min(timeline.at) FROM timeline
      WHERE timeline.revision_id = incidents.opened_by
        AND (timeline.event = 'not_ready' OR timeline.event = 'refused' AND timeline.at >= incidents.opened_at)) AS verdict_ns
  FROM incidents
  JOIN services ON services.id = incidents.service_id
  LEFT JOIN revisions AS opener ON opener.id = incidents.opened_by
  LEFT JOIN revisions AS closer ON closer.id = incidents.closed_by);

-- Variables and settings that a start which failed did not have. is_cause: it failed because of it; else it was
-- missing as well.
CREATE VIEW v_missing AS
SELECT
  found.revision_id,
  services.project, services.location, services.name AS service, services.environment,
  revisions.name AS revision,
  found.variable, max(found.is_cause) AS is_cause,
  diagnoses.root_cause,
  strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(diagnoses.failed_at, diagnoses.started_at) / 1000000 / 1000.0,
           'unixepoch') AS at
FROM (
  SELECT facts.revision_id, facts.value AS variable, 1 AS is_cause
  FROM facts JOIN diagnoses ON diagnoses.revision_id = facts.revision_id
  WHERE diagnoses.root_cause = 'missing_env' AND facts.fact IN ('env_vars', 'setting')
  UNION ALL
  SELECT environment.revision_id, environment.name, 0 FROM environment WHERE environment.state = 'missing'
) AS found
JOIN diagnoses ON diagnoses.revision_id = found.revision_id
JOIN revisions ON revisions.id = found.revision_id
JOIN services ON services.id = revisions.service_id
WHERE diagnoses.root_cause IS NOT NULL
GROUP BY found.revision_id, found.variable;

-- The import audit: what could not be loaded, and where.
CREATE VIEW v_imports AS
SELECT
  diagnoses.revision_id,
  services.project, services.location, services.name AS service, services.environment,
  revisions.name AS revision,
  (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = 'module')    AS module,
  (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = 'symbol')    AS symbol,
  (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = 'file')      AS file,
  (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = 'line')      AS line,
  (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = 'runtime')   AS runtime,
  (SELECT value FROM facts WHERE facts.revision_id = diagnoses.revision_id AND fact = 'exception') AS exception,
  diagnoses.summary,
  strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(diagnoses.failed_at, diagnoses.started_at) / 1000000 / 1000.0,
           'unixepoch') AS at
FROM diagnoses
JOIN revisions ON revisions.id = diagnoses.revision_id
JOIN services ON services.id = revisions.service_id
WHERE diagnoses.root_cause = 'import_error';
INSERT INTO rule_packs VALUES (1, 'sha256:602853a27c4869bbad99b220274d58c35edd03f7284ce9afdbede7892f7011dd', 1795490927840711252);
INSERT INTO services VALUES (1, 'shop-prod', 'europe-west1', 'api', 'production');
INSERT INTO services VALUES (2, 'shop-prod', 'europe-west1', 'worker', 'production');
INSERT INTO revisions VALUES (1, 1, 'api-00042-mip', 'revision');
INSERT INTO revisions VALUES (10, 2, 'worker-00012-bis', 'revision');
INSERT INTO revisions VALUES (11, 1, 'api-00047-lun', 'revision');
INSERT INTO revisions VALUES (16, 2, 'worker-00015-cav', 'revision');
INSERT INTO revisions VALUES (2, 1, 'api-00043-tuz', 'revision');
INSERT INTO revisions VALUES (3, 1, 'api-00044-raf', 'revision');
INSERT INTO revisions VALUES (4, 1, 'api-00041-kob', 'revision');
INSERT INTO revisions VALUES (5, 1, 'api-00048-wev', 'revision');
INSERT INTO revisions VALUES (6, 1, 'api-00049-dax', 'revision');
INSERT INTO revisions VALUES (7, 1, 'api-00052-pog', 'revision');
INSERT INTO revisions VALUES (8, 1, 'api-00053-nim', 'revision');
INSERT INTO revisions VALUES (9, 2, 'worker-00011-hel', 'revision');
INSERT INTO diagnoses VALUES (1, 'failed', 0, NULL, 'import_error', 'cpython.module-not-found', 0.99, NULL, '', 0.0, 'Python cannot find the module flask_cors.', 'code', 0, 'Install flask_cors in the image (is it in requirements.txt or pyproject.toml?), or fix the import path and what the image copies.', NULL, 1, 1756822200000000000, 1756822205300000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'import_error module=flask_cors', 1, 1756822205300000000, 1);
INSERT INTO diagnoses VALUES (10, 'ready', 0, NULL, NULL, '', 0.0, NULL, '', 0.0, 'The revision became ready and is alive', 'unknown', 0, NULL, NULL, 1, 1757064600000000000, NULL, 1757064604100000000, NULL, NULL, NULL, NULL, NULL, '', 1, 1757064605600000000, 1);
INSERT INTO diagnoses VALUES (11, 'failed', 0, NULL, 'missing_env', 'env-access.environ-keyerror', 0.99, NULL, '', 0.0, 'The environment variable DATABASE_URL is not set.', 'config', 0, 'Set DATABASE_URL on the service, or read it with a default.', NULL, 1, 1757435400000000000, 1757435404900000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'missing_env env_vars=database_url', 1, 1757435404900000000, 1);
INSERT INTO diagnoses VALUES (16, 'failed', 0, NULL, 'missing_env', 'missing-setting.missing-list', 0.94, NULL, '', 0.0, 'These settings are missing: REDIS_URL.', 'config', 0, 'Set REDIS_URL on the service.', NULL, 1, 1757801400000000000, 1757801404000000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'missing_env env_vars=redis_url', 1, 1757801404000000000, 1);
INSERT INTO diagnoses VALUES (2, 'failed', 0, NULL, 'import_error', 'cpython.module-not-found', 0.99, NULL, '', 0.0, 'Python cannot find the module flask_cors.', 'code', 0, 'Install flask_cors in the image (is it in requirements.txt or pyproject.toml?), or fix the import path and what the image copies.', NULL, 1, 1756823130000000000, 1756823135000000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'import_error module=flask_cors', 1, 1756823135000000000, 1);
INSERT INTO diagnoses VALUES (3, 'ready', 0, NULL, NULL, '', 0.0, NULL, '', 0.0, 'The revision became ready and is alive', 'unknown', 0, NULL, NULL, 1, 1756824730000000000, NULL, 1756824736000000000, NULL, NULL, NULL, NULL, NULL, '', 1, 1756824737500000000, 1);
INSERT INTO diagnoses VALUES (4, 'ready', 0, NULL, NULL, '', 0.0, NULL, '', 0.0, 'The revision became ready and is alive', 'unknown', 0, NULL, NULL, 1, 1756717200000000000, NULL, 1756717205200000000, NULL, NULL, NULL, NULL, NULL, '', 1, 1756717206700000000, 1);
INSERT INTO diagnoses VALUES (5, 'failed', 0, NULL, 'import_error', 'cpython.module-not-found', 0.99, NULL, '', 0.0, 'Python cannot find the module flask_cors.', 'code', 0, 'Install flask_cors in the image (is it in requirements.txt or pyproject.toml?), or fix the import path and what the image copies.', NULL, 1, 1757436080000000000, 1757436085200000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'import_error module=flask_cors', 1, 1757436085200000000, 1);
INSERT INTO diagnoses VALUES (6, 'ready', 0, NULL, NULL, '', 0.0, NULL, '', 0.0, 'The revision became ready and is alive', 'unknown', 0, NULL, NULL, 1, 1757437500000000000, NULL, 1757437505500000000, NULL, NULL, NULL, NULL, NULL, '', 1, 1757437507000000000, 1);
INSERT INTO diagnoses VALUES (7, 'failed', 0, NULL, 'import_error', 'cpython.module-not-found', 0.99, NULL, '', 0.0, 'Python cannot find the module flask_cors.', 'code', 0, 'Install flask_cors in the image (is it in requirements.txt or pyproject.toml?), or fix the import path and what the image copies.', NULL, 1, 1757671200000000000, 1757671205400000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'import_error module=flask_cors', 1, 1757671205400000000, 1);
INSERT INTO diagnoses VALUES (8, 'ready', 0, NULL, NULL, '', 0.0, NULL, '', 0.0, 'The revision became ready and is alive', 'unknown', 0, NULL, NULL, 1, 1757672415000000000, NULL, 1757672420900000000, NULL, NULL, NULL, NULL, NULL, '', 1, 1757672422400000000, 1);
INSERT INTO diagnoses VALUES (9, 'failed', 0, NULL, 'dependency_unreachable', 'node-net.connect', 0.99, NULL, '', 0.0, '10.0.0.3:5432 cannot be reached.', 'dependency', 1, 'Check address and port, that the service runs and that Cloud Run reaches it (VPC egress, Cloud SQL connection, firewall).', NULL, 1, 1757059200000000000, 1757059233800000000, NULL, 'HealthCheckContainerError', 'The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.', 'tcp', 'CANCELLED', 0, 'dependency_unreachable host=10.0.0.3:5432', 1, 1757059233800000000, 1);
INSERT INTO facts VALUES (1, 'exception', 0, 'ModuleNotFoundError');
INSERT INTO facts VALUES (1, 'exit_code', 0, 3);
INSERT INTO facts VALUES (1, 'file', 0, '/app/main.py');
INSERT INTO facts VALUES (1, 'line', 0, 3);
INSERT INTO facts VALUES (1, 'module', 0, 'flask_cors');
INSERT INTO facts VALUES (1, 'port_expected', 0, 8080);
INSERT INTO facts VALUES (11, 'env_vars', 0, 'DATABASE_URL');
INSERT INTO facts VALUES (11, 'exception', 0, 'KeyError');
INSERT INTO facts VALUES (11, 'exit_code', 0, 1);
INSERT INTO facts VALUES (11, 'file', 0, '/app/settings.py');
INSERT INTO facts VALUES (11, 'line', 0, 12);
INSERT INTO facts VALUES (11, 'port_expected', 0, 8080);
INSERT INTO facts VALUES (16, 'env_vars', 0, 'REDIS_URL');
INSERT INTO facts VALUES (16, 'exit_code', 0, 1);
INSERT INTO facts VALUES (16, 'file', 0, '/app/src/config.js');
INSERT INTO facts VALUES (16, 'line', 0, 8);
INSERT INTO facts VALUES (16, 'port_expected', 0, 8080);
INSERT INTO facts VALUES (2, 'exception', 0, 'ModuleNotFoundError');
INSERT INTO facts VALUES (2, 'exit_code', 0, 3);
INSERT INTO facts VALUES (2, 'file', 0, '/app/main.py');
INSERT INTO facts VALUES (2, 'line', 0, 3);
INSERT INTO facts VALUES (2, 'module', 0, 'flask_cors');
INSERT INTO facts VALUES (2, 'port_expected', 0, 8080);
INSERT INTO facts VALUES (5, 'exception', 0, 'ModuleNotFoundError');
INSERT INTO facts VALUES (5, 'exit_code', 0, 3);
INSERT INTO facts VALUES (5, 'file', 0, '/app/main.py');
INSERT INTO facts VALUES (5, 'line', 0, 3);
INSERT INTO facts VALUES (5, 'module', 0, 'flask_cors');
INSERT INTO facts VALUES (5, 'port_expected', 0, 8080);
INSERT INTO facts VALUES (7, 'exception', 0, 'ModuleNotFoundError');
INSERT INTO facts VALUES (7, 'exit_code', 0, 3);
INSERT INTO facts VALUES (7, 'file', 0, '/app/main.py');
INSERT INTO facts VALUES (7, 'line', 0, 3);
INSERT INTO facts VALUES (7, 'module', 0, 'flask_cors');
INSERT INTO facts VALUES (7, 'port_expected', 0, 8080);
INSERT INTO facts VALUES (9, 'exit_code', 0, 1);
INSERT INTO facts VALUES (9, 'host', 0, '10.0.0.3:5432');
INSERT INTO facts VALUES (9, 'port_expected', 0, 8080);
INSERT INTO links VALUES (1, 0, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 1756822202300000000, 0);
INSERT INTO links VALUES (1, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1756822205300000000, 1);
INSERT INTO links VALUES (11, 0, 'missing_env', 'env-access.environ-keyerror', 'The environment variable DATABASE_URL is not set.', 1757435402000000000, 0);
INSERT INTO links VALUES (11, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1757435404900000000, 1);
INSERT INTO links VALUES (16, 0, 'missing_env', 'missing-setting.missing-list', 'These settings are missing: REDIS_URL.', 1757801401200000000, 0);
INSERT INTO links VALUES (16, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1757801404000000000, 1);
INSERT INTO links VALUES (2, 0, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 1756823132100000000, 0);
INSERT INTO links VALUES (2, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1756823135000000000, 1);
INSERT INTO links VALUES (5, 0, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 1757436082200000000, 0);
INSERT INTO links VALUES (5, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1757436085200000000, 1);
INSERT INTO links VALUES (7, 0, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 1757671202400000000, 0);
INSERT INTO links VALUES (7, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1757671205400000000, 1);
INSERT INTO links VALUES (9, 0, 'dependency_unreachable', 'node-net.connect', '10.0.0.3:5432 cannot be reached.', 1757059231000000000, 0);
INSERT INTO links VALUES (9, 1, 'port_timeout', 'neverready.not-listening', 'Nothing listened on port 8080 in time', 1757059233800000000, 1);
INSERT INTO evidence VALUES (1, 1, 0, 0, 1756822202300000000, '16ffbaf26d88b74d', 'stderr', '0b17d3e10e9c6d8f95cef3e09c7acd779a8d9c7e0b17d3e10e9c6d8f95cef3e09c7acd779a8d9c7e', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO evidence VALUES (10, 9, 1, 0, 1757059233800000000, '594310b20daf3f28', 'system_event', '', 'Ready condition status changed to False for Revision worker-00011-hel with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (11, 11, 0, 0, 1757435402000000000, '253bed3518a569e3', 'stderr', 'ca5b06596b750e9869bb2f450ce60e2af5fe52daca5b06596b750e9869bb2f450ce60e2af5fe52da', 'KeyError: ''DATABASE_URL''');
INSERT INTO evidence VALUES (12, 11, 1, 0, 1757435404900000000, 'b1f21f1d59691a9c', 'system_event', '', 'Ready condition status changed to False for Revision api-00047-lun with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (16, 16, 0, 0, 1757801401200000000, 'dc351bb6ce9f04fa', 'stderr', 'bd38507279b727436d4a3adaf665875fc23bc6fbbd38507279b727436d4a3adaf665875fc23bc6fb', 'Error: Missing required environment variable: REDIS_URL');
INSERT INTO evidence VALUES (17, 16, 1, 0, 1757801404000000000, '30fd758955919734', 'system_event', '', 'Ready condition status changed to False for Revision worker-00015-cav with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (2, 1, 1, 0, 1756822205300000000, '1efebf8a41d37d63', 'system_event', '', 'Ready condition status changed to False for Revision api-00042-mip with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (3, 2, 0, 0, 1756823132100000000, 'fe6282ebecf905e2', 'stderr', 'e001c827b7dd5b7b75d2f56cacc2f2f2049a3d11e001c827b7dd5b7b75d2f56cacc2f2f2049a3d11', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO evidence VALUES (4, 2, 1, 0, 1756823135000000000, '776ab86d9fcf9839', 'system_event', '', 'Ready condition status changed to False for Revision api-00043-tuz with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (5, 5, 0, 0, 1757436082200000000, '2f22fdd944cc9c38', 'stderr', '1a657221ec5783586fd3947c54005115d41502401a657221ec5783586fd3947c54005115d4150240', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO evidence VALUES (6, 5, 1, 0, 1757436085200000000, '9f672f2af5304974', 'system_event', '', 'Ready condition status changed to False for Revision api-00048-wev with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (7, 7, 0, 0, 1757671202400000000, 'f609349e4685f515', 'stderr', '59f64cb21e35f861df44a8e4d3734a0e6d8c0f1f59f64cb21e35f861df44a8e4d3734a0e6d8c0f1f', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO evidence VALUES (8, 7, 1, 0, 1757671205400000000, 'bc37d0e057a6c881', 'system_event', '', 'Ready condition status changed to False for Revision api-00052-pog with message: The user-provided container failed to start and listen on the port defined provided by the PORT=8080 environment variable within the allocated timeout.');
INSERT INTO evidence VALUES (9, 9, 0, 0, 1757059231000000000, '1d3dde6397a659cd', 'stderr', '8aa2244f9f15d0ab6058f381cf31803b35a9cc848aa2244f9f15d0ab6058f381cf31803b35a9cc84', 'Error: connect ECONNREFUSED 10.0.0.3:5432');
INSERT INTO environment VALUES (1, 0, 'ENVIRONMENT', 'set', NULL);
INSERT INTO environment VALUES (1, 1, 'DATABASE_URL', 'secret_ref', NULL);
INSERT INTO environment VALUES (11, 0, 'ENVIRONMENT', 'set', NULL);
INSERT INTO environment VALUES (2, 0, 'ENVIRONMENT', 'set', NULL);
INSERT INTO environment VALUES (2, 1, 'DATABASE_URL', 'secret_ref', NULL);
INSERT INTO environment VALUES (5, 0, 'ENVIRONMENT', 'set', NULL);
INSERT INTO environment VALUES (5, 1, 'DATABASE_URL', 'secret_ref', NULL);
INSERT INTO environment VALUES (7, 0, 'ENVIRONMENT', 'set', NULL);
INSERT INTO environment VALUES (7, 1, 'DATABASE_URL', 'secret_ref', NULL);
INSERT INTO timeline VALUES (1, 0, 1756822200000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (1, 1, 1756822202300000000, 'first_line', 'Traceback (most recent call last):');
INSERT INTO timeline VALUES (1, 2, 1756822202300000000, 'first_error', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO timeline VALUES (1, 3, 1756822202900000000, 'exited', 'Container called exit(3).');
INSERT INTO timeline VALUES (1, 4, 1756822204100000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "api-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (1, 5, 1756822205300000000, 'not_ready', 'Ready condition status changed to False for Revision api-00042-mip with message: The user-provided container failed to start and listen on the port defined pro…');
INSERT INTO timeline VALUES (10, 0, 1757064605600000000, 'deployed', '');
INSERT INTO timeline VALUES (11, 0, 1757435400000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (11, 1, 1757435402000000000, 'first_line', 'Traceback (most recent call last):');
INSERT INTO timeline VALUES (11, 2, 1757435402000000000, 'first_error', 'KeyError: ''DATABASE_URL''');
INSERT INTO timeline VALUES (11, 3, 1757435402500000000, 'exited', 'Container called exit(1).');
INSERT INTO timeline VALUES (11, 4, 1757435403700000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "api-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (11, 5, 1757435404900000000, 'not_ready', 'Ready condition status changed to False for Revision api-00047-lun with message: The user-provided container failed to start and listen on the port defined pro…');
INSERT INTO timeline VALUES (16, 0, 1757801400000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (16, 1, 1757801401200000000, 'first_line', 'Error: Missing required environment variable: REDIS_URL');
INSERT INTO timeline VALUES (16, 2, 1757801401200000000, 'first_error', 'Error: Missing required environment variable: REDIS_URL');
INSERT INTO timeline VALUES (16, 3, 1757801401600000000, 'exited', 'Container called exit(1).');
INSERT INTO timeline VALUES (16, 4, 1757801402800000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "worker-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (16, 5, 1757801404000000000, 'not_ready', 'Ready condition status changed to False for Revision worker-00015-cav with message: The user-provided container failed to start and listen on the port defined …');
INSERT INTO timeline VALUES (2, 0, 1756823130000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (2, 1, 1756823132100000000, 'first_line', 'Traceback (most recent call last):');
INSERT INTO timeline VALUES (2, 2, 1756823132100000000, 'first_error', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO timeline VALUES (2, 3, 1756823132600000000, 'exited', 'Container called exit(3).');
INSERT INTO timeline VALUES (2, 4, 1756823133800000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "api-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (2, 5, 1756823135000000000, 'not_ready', 'Ready condition status changed to False for Revision api-00043-tuz with message: The user-provided container failed to start and listen on the port defined pro…');
INSERT INTO timeline VALUES (3, 0, 1756824737500000000, 'deployed', '');
INSERT INTO timeline VALUES (4, 0, 1756717206700000000, 'deployed', '');
INSERT INTO timeline VALUES (5, 0, 1757436080000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (5, 1, 1757436082200000000, 'first_line', 'Traceback (most recent call last):');
INSERT INTO timeline VALUES (5, 2, 1757436082200000000, 'first_error', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO timeline VALUES (5, 3, 1757436082800000000, 'exited', 'Container called exit(3).');
INSERT INTO timeline VALUES (5, 4, 1757436084000000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "api-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (5, 5, 1757436085200000000, 'not_ready', 'Ready condition status changed to False for Revision api-00048-wev with message: The user-provided container failed to start and listen on the port defined pro…');
INSERT INTO timeline VALUES (6, 0, 1757437507000000000, 'deployed', '');
INSERT INTO timeline VALUES (7, 0, 1757671200000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (7, 1, 1757671202400000000, 'first_line', 'Traceback (most recent call last):');
INSERT INTO timeline VALUES (7, 2, 1757671202400000000, 'first_error', 'ModuleNotFoundError: No module named ''flask_cors''');
INSERT INTO timeline VALUES (7, 3, 1757671203000000000, 'exited', 'Container called exit(3).');
INSERT INTO timeline VALUES (7, 4, 1757671204200000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "api-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (7, 5, 1757671205400000000, 'not_ready', 'Ready condition status changed to False for Revision api-00052-pog with message: The user-provided container failed to start and listen on the port defined pro…');
INSERT INTO timeline VALUES (8, 0, 1757672422400000000, 'deployed', '');
INSERT INTO timeline VALUES (9, 0, 1757059200000000000, 'instance_started', 'Starting new instance. Reason: DEPLOYMENT_ROLLOUT - Instance started due to traffic shifting between revisions due to deployment, traffic split adjustment, or …');
INSERT INTO timeline VALUES (9, 1, 1757059231000000000, 'first_line', 'Error: connect ECONNREFUSED 10.0.0.3:5432');
INSERT INTO timeline VALUES (9, 2, 1757059231000000000, 'first_error', 'Error: connect ECONNREFUSED 10.0.0.3:5432');
INSERT INTO timeline VALUES (9, 3, 1757059231400000000, 'exited', 'Container called exit(1).');
INSERT INTO timeline VALUES (9, 4, 1757059232600000000, 'probe_failed', 'Default STARTUP TCP probe failed 1 time consecutively for container "worker-1" on port 8080. The instance was not started.');
INSERT INTO timeline VALUES (9, 5, 1757059233800000000, 'not_ready', 'Ready condition status changed to False for Revision worker-00011-hel with message: The user-provided container failed to start and listen on the port defined …');
INSERT INTO attempts VALUES (1, 0, '0b17d3e10e9c6d8f95cef3e09c7acd779a8d9c7e0b17d3e10e9c6d8f95cef3e09c7acd779a8d9c7e', '', 1756822200000000000, 1756822202300000000, 1756822202900000000, 'exit', 3, 1);
INSERT INTO attempts VALUES (10, 0, 'e42e954b8a858c616f4720bfb8e7de8611d98b9be42e954b8a858c616f4720bfb8e7de8611d98b9b', '', 1757064600000000000, NULL, NULL, 'open', 0, 0);
INSERT INTO attempts VALUES (11, 0, 'ca5b06596b750e9869bb2f450ce60e2af5fe52daca5b06596b750e9869bb2f450ce60e2af5fe52da', '', 1757435400000000000, 1757435402000000000, 1757435402500000000, 'exit', 1, 1);
INSERT INTO attempts VALUES (16, 0, 'bd38507279b727436d4a3adaf665875fc23bc6fbbd38507279b727436d4a3adaf665875fc23bc6fb', '', 1757801400000000000, 1757801401200000000, 1757801401600000000, 'exit', 1, 1);
INSERT INTO attempts VALUES (2, 0, 'e001c827b7dd5b7b75d2f56cacc2f2f2049a3d11e001c827b7dd5b7b75d2f56cacc2f2f2049a3d11', '', 1756823130000000000, 1756823132100000000, 1756823132600000000, 'exit', 3, 1);
INSERT INTO attempts VALUES (3, 0, 'b2f96e02b5e0496cbe968fc50f6b265aa7d825f9b2f96e02b5e0496cbe968fc50f6b265aa7d825f9', '', 1756824730000000000, NULL, NULL, 'open', 0, 0);
INSERT INTO attempts VALUES (4, 0, '908c64ae36ecb8e9e990a5be2a9d9ea1d85e25e1908c64ae36ecb8e9e990a5be2a9d9ea1d85e25e1', '', 1756717200000000000, NULL, NULL, 'open', 0, 0);
INSERT INTO attempts VALUES (5, 0, '1a657221ec5783586fd3947c54005115d41502401a657221ec5783586fd3947c54005115d4150240', '', 1757436080000000000, 1757436082200000000, 1757436082800000000, 'exit', 3, 1);
INSERT INTO attempts VALUES (6, 0, 'ffe04a8c7080cb01f163c53c0d46a002a217f198ffe04a8c7080cb01f163c53c0d46a002a217f198', '', 1757437500000000000, NULL, NULL, 'open', 0, 0);
INSERT INTO attempts VALUES (7, 0, '59f64cb21e35f861df44a8e4d3734a0e6d8c0f1f59f64cb21e35f861df44a8e4d3734a0e6d8c0f1f', '', 1757671200000000000, 1757671202400000000, 1757671203000000000, 'exit', 3, 1);
INSERT INTO attempts VALUES (8, 0, '4ab470af50697350d54a8020a37ec61478826c4e4ab470af50697350d54a8020a37ec61478826c4e', '', 1757672415000000000, NULL, NULL, 'open', 0, 0);
INSERT INTO attempts VALUES (9, 0, '8aa2244f9f15d0ab6058f381cf31803b35a9cc848aa2244f9f15d0ab6058f381cf31803b35a9cc84', '', 1757059200000000000, 1757059231000000000, 1757059231400000000, 'exit', 1, 1);
INSERT INTO verdicts VALUES (1, 1, 1795490927840711252, 'first', 'failed', 'import_error', 'cpython.module-not-found', 0.99, 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', 1);
INSERT INTO verdicts VALUES (10, 10, 1795490927840711252, 'first', 'ready', NULL, '', 0.0, 'The revision became ready and is alive', '', 1);
INSERT INTO verdicts VALUES (11, 11, 1795490927840711252, 'first', 'failed', 'missing_env', 'env-access.environ-keyerror', 0.99, 'The environment variable DATABASE_URL is not set.', 'missing_env env_vars=database_url', 1);
INSERT INTO verdicts VALUES (16, 16, 1795490927840711252, 'first', 'failed', 'missing_env', 'missing-setting.missing-list', 0.94, 'These settings are missing: REDIS_URL.', 'missing_env env_vars=redis_url', 1);
INSERT INTO verdicts VALUES (2, 2, 1795490927840711252, 'first', 'failed', 'import_error', 'cpython.module-not-found', 0.99, 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', 1);
INSERT INTO verdicts VALUES (3, 3, 1795490927840711252, 'first', 'ready', NULL, '', 0.0, 'The revision became ready and is alive', '', 1);
INSERT INTO verdicts VALUES (4, 4, 1795490927840711252, 'first', 'ready', NULL, '', 0.0, 'The revision became ready and is alive', '', 1);
INSERT INTO verdicts VALUES (5, 5, 1795490927840711252, 'first', 'failed', 'import_error', 'cpython.module-not-found', 0.99, 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', 1);
INSERT INTO verdicts VALUES (6, 6, 1795490927840711252, 'first', 'ready', NULL, '', 0.0, 'The revision became ready and is alive', '', 1);
INSERT INTO verdicts VALUES (7, 7, 1795490927840711252, 'first', 'failed', 'import_error', 'cpython.module-not-found', 0.99, 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', 1);
INSERT INTO verdicts VALUES (8, 8, 1795490927840711252, 'first', 'ready', NULL, '', 0.0, 'The revision became ready and is alive', '', 1);
INSERT INTO verdicts VALUES (9, 9, 1795490927840711252, 'first', 'failed', 'dependency_unreachable', 'node-net.connect', 0.99, '10.0.0.3:5432 cannot be reached.', 'dependency_unreachable host=10.0.0.3:5432', 1);
INSERT INTO raw_entries VALUES (1, 5, 2428, 'ndjson+zstd', X'28B52FFD647C089D1E006A40C80B2BF06C8C1B4C5D919220ADC07B112925859050823970C439E6EAEAA3F20BBE06A91AA2E15E3A229B889A290DB100B300AC008E6892007C203EACE03CDFBCDDBCD5BE593ABF660F60EF470B835EFAE59916E6B0CA196BEC385DE91EF19EA9E2A6EE8B55D5F477FE7A0617FAD3FEBA0936B19787CA6452B138B850240C0B2A930689C23A396BBB6515FE647F9571235CAE46C6A7FD0E1CA181E387E0CF10FBE34120D590C703BE7E3C48F3A9F2D7805414743C88B7C827F888328D1D7F9592E38E578624C79A6931C45493204F7A8E8CA3C1C93141760C23434D9224CAD178448EBF394255CEB77EC5DF68A15BB1ABF5CCA4D836442EDBF070B1245C1CF6ADAC2B5768541D490F48F58B9EBFF6781163C024E023045FE8D465EC9733C2E8A9F24673441144824C8DCC04091060A15F2D7727651D9D944AA0CCE6C24F0A83C438582A917D3AB12B6EA5F339E0D4B6AABD26AD767725C6805B199C17819571A1695D466B21C67830858C7D2D30AC178C59B7E2C2AEC4B8015FDB5ACBEAB72FFD39DDAFF312B09CD7197F4D2F11643C3214051D52D599AA0A306B86203EAC60C71EE730C48ACFA65FF117FAF79B96D5D1AD4C47DA9D7DE9979C3476A46FA31A55E062A93478320B5DC6CAA16F7EE55CE95FA3B550F6CE870E6367522C41BD66CE355DAB5F58BC1212A3B5968858AFC5ABD50B3B7FA16B646F5E8472BEF5C0760B6372C0C70423465355C62B8FA6868264329144280991ADD9F7D7DD7C8C9033FE7329674462143FE5D68E58DF5C56D1A846AD9CCB982811B166CC5B3AABF558DE899F3D0F9F0FC4C733FA8EDFE9F3CA104F2C0F0E240E0907122E090AD0872F140903A56249A0802261C77EB5EC4867A8518D72FC74622E62BDA81D870A0D075350E7BC09138E4D9A393B764D5F9181A2D15C8B1C23BA482D01698986D424192B739E6F2208D8B19CB5D931C48E792A4310C70EE763885FA732C48EFFF983CC6488D9319491C3102F1670522C81CD4D5D547F8D55BF5AB2637F349BD52943ECAF2DCC2D8AEA2F76A83B2CD8319C9BF78B2338FE1853A8912C6604C40894318A8C8CCD044DDB60229142657712083435D33A864C90E22CFF2E8F1D55C8B0F3CCD42C35A429ED171BF82779860217583931F141B665C11287D6DDD0CE50A186368D27D7F99D80A6C65D579B104ED5546B40BA96749414AD6272A57A8C28B3039BAC57A1DA051CF058D1283E5518B03EBF418AF57AA8D872692228F9193E1105000D89D2C740AC45C1C9D4E2E5DB786F4071B72B0273AB60A8E501FA0C155CE3E107A756AC565E19A4E22AAA1E05BB5294886EC026B2620AE5F16EBDC11EAC059C4D6E61731191A9A7E7DEEBEB2534375139197CE3CD30');
INSERT INTO raw_entries VALUES (10, 4, 1273, 'ndjson+zstd', X'28B52FFD64F9039D120046E87725206FF49373D4DC2B2D06B3881F2EF64D0263A057FCD10DB6FD8F6EB06C0048CA801002E00170006C006A000E0B08080B0D0A878241C2C302028341013F5A2FF406371E29FC4B275B38E5079D6FE1377446C4EBBFF0EFA5A9899226D91A24B98C5CA22A8A3991ABA00645E991A044B96772C779BFFE4B9DD714BFBD38AF1F55D24B438DB1D820E4B8C869B292FD5ACE5E18E420163D517BFDB0330217ACBC40404082A4472DF2E97153AB9A6312935EC398567ED049FDEF94B0F588AD16CD9118E426E6404F24270A9A1A4065A2D24D243A2432E425D0216CEBDFAB4242FE29B196A73EC1A812CBE5A575DE4971CBD4DDE29DAA26E4729C5505ED737DF64BB2F4B7F02F1F30C38E901B703D42EBFA04D27EEDD15EF5BAEDA53D4289E58DE67A9C14EB0D01FD5A56C8FBA4335EFF941774B155CE79A48BA27B22D71CF4344C6212BFAD16D3CA2DD11809B64E277C5A23DB5AF15B13FF87DCD8FA5790A54BF718AFCB4E556B31038183191C1C8D014703BF24950A9398F4FA6DB51EC565F388588DF548AC9271ABDACB27B397894A43340F7B4CE04DCCF1306662CCE33087CEDB4B370F3A0BFAB53FE0BD3EE9A5FDB28E7E7DAF877F7B690C09DDC2B8B4CE9F92D6D84B47CA8D5E41D55EBAD1AF259D915EFA4E8A711A632C2040566B31560D2B207002914133777C86089C6079C182306CF2E0A67098946B81DF406C6BC423DD7B6EC3E6C59F514CF400016EEE64665EF39DB12C6F73F6E457C45A874D4CC3B01137288E52F07741879B8C6A29B42253027AD73ADCED1E9899D68F99D9736B025CBED994C89B65D39745A32DF4EDD601107CD339');
INSERT INTO raw_entries VALUES (11, 5, 2491, 'ndjson+zstd', X'28B52FFD64BB08851F00BA41180C2BE06C8C1E34E2AC7953D9B288E8C315AAB5A84531B47854023C234BA61A3DD8495BA7E22639831946185E08B500BC00B200D3227AB59824094007A2D390067A0672E6E7F30CDBFA378B101FBF9CD8F3D42F4E9D98C74BABBC72E396A97BC47B65C9CC65282DEBD9E7FAEC59E4E86FDF5F4EC009AE306890481A2897CA24B2C04183C421C2C08ED6FB9CC29043FAFE52C9114E1943E5DBF70F3D0182EB97E0DF4FBF284D6E4DD693BC351CB68961495545351E94B7C95135A8A9D1AAE9C176FD974AAE377EFB915C63EAECA7297F8B0846516B538C1A6CB4EB28FB698C69C1704C8EC8F5BF9E10CE3059F1D1888E081F8C072DC870381602228597129CA35BA7F23DAD10466B48D5F470B4CA17D6B4584C0102B0A316A775C257B5160BE0B846C1566B231C57C07EE5B397CBE52FDF31970BE568544514410B5A33CFC114959C8AF9609D0A7B3388B6B40502AD566EA843B732019650185C220F0B06162A0B0CCCCCD452C06716EB3580A9E4478AD8A99CFCB48583411743E5BF5F05863D455BD8A73CC04C2D4EC0DF3779CE07F9A943B7FCB75E0AAC81AF72F86C255A38D598DE230A4FFAAC9EB46FC34FFDE2F6680F02154A8303A7E2E8545A1E3DF34C2B53FF2B2747FAB87EF42837D56209EB37738E79F7FA45B39970305A6B09893DA6F89DEF00D7E7E818FA3250465A2173E2730A03522FA21AD414232B92ACA8A2180C11892402992C40F866FFFE72E66504ADF2A1535A21D4027DA57C5F047BA6C2507BB407BFAD18D3CA6D8912127B6D816CABC59CE91BF919F44B2B64BFE473C4D1A77C167B552DC60E900A3B30A850162A0FFC337B569D0E44A72B93C882490325418349A45DFBF5E8867A3FEDD11EAEDF56CC49EC29EEC62384D16090750DAC31E158B599B76BC7BC4B3E8018CDB5856B4415AA25A89698A42651795B033D0341D0AE69BDAF5D3FED18E7F643B9F658613F0D37B79F76FDD02354B59F6ED7914A4D3FAD50C46AB104563357711D3EECFAF568BB7668B37ADDF6D30EDFC49C025D877263FD41D1AE63CDBC5F3DC1F5CB98BD7E203A0DB56B8E6BFA69E8B3EA977C8EFE0FD6390356A8A12CA504C40810318A8C4CCD844DDB602219A23A3B12A8333953530AA2E026A6F2EFF2F461F3CCD8BF04224D67BFEA813FDD9907BEC0EA64F2B65920C0B2C88C13A1DA50F58636D9682E48A7A755E3F2CB76C599902A2310D49234934214BB6ECF6384CC6E335996C2C60272D36100F4586CC547860183E7A148295E87411B34B24425BFD767A680DF7512E2ECD032143CF25AD379694384481DC454AE02911614AADBBF46E4A063CFF2BEE0433A3731156C298938F639199DEC7B13D2EE9573B3BBBFDF44168E42704637DE60586ECDCE68DE2CE4224C53869523085F2EA13D251720031EB5CD91');
INSERT INTO raw_entries VALUES (16, 5, 2390, 'ndjson+zstd', X'28B52FFD645608451D00963CB2270091BA01564FFC6EF3325CB744949202F3D344C6596F22E11FF506B46DAB551D9E84FFFFBB0B3CA800AB00A600ACDDCD5FE34AAFED30A2F3951BE7DCF9990DDDB88F765269A5E62BCF7F8DFB582635CB506699D7CBF4F27791E3DFEAD7B2023FD812E1B0B0E050B9B0345018241C161E2807FC26B5FE157E1E4EBF764AD6F8C997296FF50BD11C14AFEFC6DF761ACB22109B24985512AB8A44328F3E39152313259124D825912450654D11EBD7D74EE9B5E66D3BD2EB0BDDDA69298BA0485152764D4E55D3D4AFA36C07A222C8925492E8F5F5E6088F39E59115659525094401576E3CC7DF36875C7F4ABF934EA829BE6751825D910545684504A8E85191297AF5A3D30D623120C466209BCFFA77CAF791CE00FE4D72190A2F9EDFBA481904AE673D8BF15C64362984C06A211CE790002EB01DCD6C269D3EF05CF81898035F67669E150B95880B0885034A85DF6F98CBEA1ABEF3339356A999CFF1ABEC32BEF2654A6B2503BF4A6BA5449E5150763D8C6058544D304A11408745473F18F81A0CF1A7CC3EBE7679529E7FADDC384E677AE347A9A1957BD4B7DDFB8B5BFB198DC347154110C495B79B2330BD1CFF325D83324E0A7913FD2B143549AEE8AAAACBAA24318326883AA02C2C50260D0613B6DDF56B59BB52635279E1CF4927B3E2B974B2750D7ECDC20F644116DF4A399E94BB227AD4C754AAD115902BCD78B3BD46DE0EBE9D14F267E4E588E36FD2337E8C568E1F26167E88B0540C2C107CB7CEB33FA822ECFDB2021D1D900559AF6FA5DCD37C7C2E18EEA98F81343E9EA3B5FB7EFD17CFC88987821E143D49B24CD1E3821E95044953DAC6C0D72609FD7A52EBFDDAE9E736B69DEBF5470ADB69A8B1EDF46BDA4EF7EB3825A69D864022ADDC83A39A85D887CED9CFF8ECD70F6B47EDD776FAA16FDC571EFB506AEA4340FA75A4DAFD4C73BCBE3276DE8E45473FFD7AF39876FAB91DFD8CBC1CFF3AA4DBE612B2208BC0527178D8601C52A8B12C67082102640822134CCD84D9B6016022913275761268F33C15640C89D2C45CFE5D1E3B6F20A3D02D6164EAC3B2205340C739B5BAF0E2F049A7C52D10667E68775BD7DEFA86FB3A11B23C5885DC2676815F2ECE5E2DC949D2A30E453F6DC2C28E132CC163E4CCE6FC792585668158D30B03062C7820E86E02857ACE5EE4C0A7562E8D3C568BF9EAD9FA8528B29A645391FD7005FA4BDF358B3275E535303DEAABA0FBE50DBA03F6FB0E8AB216C098B3D210F7AD3B4204D37A234D6494F0FFF56EBBC682AF0544B67B8B1E17854CBD7E8E6BBE2E4553521727034FB6ACA1');
INSERT INTO raw_entries VALUES (2, 5, 2428, 'ndjson+zstd', X'28B52FFD647C08A51E001A40C40B2BE08C8C1B089DDF72091281CF06A314291C8C9DA58CF8F385736BFCF33BB5EC8B8F928142D2318C31C42084B100B100AD009544F91549003A101D5E689E67DE661E6BCF2C9D5F3707B0F723A63D2F3DE34C4C7358E58C356E9CAE749F78B7AE98A9FBE27535FD9DBFBEC185FEB4BF6E8255ECE5A13299542C11178A84614165D220515827676DB7ECC29FECAF32EE84CB9590F169BF034768E0F81FF8F3C351041B0D7140D2255DD27BFDA8E992E0F4B01ED604E1C37A48D58BA0AF5272BCF1CA8FE4586262FC7057D47B4094836AF4E415E4EC18467EA046D4902A6A7A448EBF3942DBF32AE75BCFE26FB4D0B1D8D7BA35A9B60D91CB363C5C2C0917877D6CEBCB15260AAA2C2A6AF820110551CFAA1A031A023E3EF0854E5DC67E39230EC805991E911441E8B0A0475480000B3D6BB93B29EBE8A45402E536177E521824C6C15289ECD3A965712B9D2F42531BBB369BF4DADD9518038E6D70660456C67D1AEB3262FB3086A32D64EC8CA169CD60CC3A16177625C60DF8DAD86258BF7DE9CFE97E9D9980D5BCB6FC35BD44924F10E47A6EB9141FE1D6FC407478C18E39AEE18717BF4DCFE22FF4EF3731ACA3635647DA9B7DE9999C346EA42F544155818BA5D2C0B116BA8C9743CFFCCAB9D2BF466CA1EC9D0F1DC6CDA49A827ADD9C4B74AD9E41D85ED1704010A4885AAFC52BD60B3B7FA14BC8CEBC08E57CCB81ED1607A45141AE77412055594D3D1ED0A420994C24114A4264EBF6FD75331F27E48CFF5CCA199198C54FB9B527D633975D401554AD9CCB984811B566CC5B3AAFE560BE891F9D0E44C737FA8EDFE9F3CA0F4F2C0F111287840309970485A7C3178A848152B124504091B063CF5A6EA4F3035550E5F8E9D45CD49A51370E17121A6D415DF32654B836E9E6ECD8253A8B0C1653C34D9273441709524020C52441928C9535CF331104EC58CEDAECF861D738951F886387F3F1C36F53F961C7FFDC8135F961760C65D4F0C30C069C545368335319D55F6BD5B396ECD81FDD6675CA0FFB6B4C73CBA2FA8B1BEA0E0C760C67E63DE3088E0354A8712C8604C40894318A8C8CCD046DDB6022914265771228343591630C9900C559FE5D1E3B559CB0CD66CA2C734853C42F5AECCFE70CF01758D1CC4405D9C6822521AD3BA1FD50718136D92BD7019DF0588DBB0236B196B2A98681D422E9DC293A3CB9922746CCD913260B52B8700110FCB6E88A4F1F061C9F0F36C54D3DF86C099BC84FFE824F5701208684E863842D61F491D722CF5B616F44B99B1A01E355B0F8F2023D8C095EE3E12FA73E5620AFB4ED4945547107D357F4886E204D649D94CAE3DDDA833D5B6B7276B8A5CDC57553EFCF71D7D7F5CF1DB442D2F709C01EC668');
INSERT INTO raw_entries VALUES (3, 4, 1371, 'ndjson+zstd', X'28B52FFD645B043D1500D6AE8C2700AFE801AE78B4D8568B4E217EB85183F775F344598EFCC3CC1AFAD776510E984EF7FFFFD3BF10810085007D005906ED737DF64DB2F4B7F02F277083B1068A4442A94C609388C20345B21039E047EB855E61C823857FE9640BA78CA1F32D7C86CE8878FD17FEFDF4955192252110529574A93247C5CCAA2EBFC4EA9A9C5317C9797565D2A55FFFA5D26B8EDF7EA4D798AAE9A73DA2A2577E919473F1BA64FD5ACE7EDC033249564541A2D70F3B2358850063E0D76C30F383CB33888B54242D7F4C1504BA4A200A606739EB41CEE178DA7F86DF43C6D049FDEF94B08582304988604B14C116E79C1BE0877BCEBDCB71E41A976B5092932222EB31F91525AA824CF2A29C8A1E001D4BA7A18AE899C899D740CFB0AD7F370A09F9A7467B9EFA06A36A349797D67927C72D53778BF74B363397E30CAF259D15FD74066D639A9C738DA941874356AB35B49AB98EEB116AD73790F66B8F76ABD76D3FED116A34AF40D7E3E4586770F46B5933EF9BCE78FD536E708ADC1455D565516E72D28A2405819CE52C7E5B35A6955B226A4C0DB6045BA7133EAD916DCDF8B58DFF438ED8FA6790A54BF718B7CB7EA956E305038C171A029D8EA5E39BFDD7EF36FAEDA72595868908034101014670F0741A9B441426944A82C324D2AF7D0329877A3FFDB66A6F6AD071392E214C850659AF8855365CAB76F3CDECC7D26908474190E849D49B224CA2F3F6D31086CE837EED1878AF6FFA69DF2CD6AFEFF6F06F3F8D21A16B1897D6F953D21AFBE9C8B9AF3F3AC5A5F6D3950E2C20900291B9291ED5C5829FFEA5A6E7C15A6A207F229BC2339BA35220C96B75DF40706BC427DD4BDA86DD897F3A8C0303729A8FE8C6DE89269B3202172016779841803E4A8664F52E74383FE8F150804446627A41BAD6CDDD3231AD1D3363CF4D0870F56653226F9E4D5F291A6DA115010CE39002F1');
INSERT INTO raw_entries VALUES (4, 4, 1371, 'ndjson+zstd', X'28B52FFD645B04051500266E8A27F0CEE8010C15B258750337D48B6C169CF951E6E9D9E8875BB1F607BB651FE13E89E2B028E9950A7E0082007C00D03ED767CF244B7F0BFF720237F8D250994C2A96890B45A2F050992C480EF8D17AA15B38F248E15F3AD9C2296BE87C0B9FA133225EFF857F43ED7C927CAAA4836E490B4A7E4DB059965B5E5DD1230F879048AC9AD5AFFF52E9B5C76F43D26B4DE534D430CA48415A45511029635D54BF96B3A126518E8A4C947BFDB03302FC9C0C66FCC0720F9F5A7BB40784BADCC3A549C00570AB5AF5A2E6703CEC7FC3EF216BE8A4FE774E185341A0244430C64530A6B5D606F8D15E6BCF6AEC5AC36A8D496A52848B40CB4D8EB2AC2855D6E52AF700F8603E1D5544DF44DE3C07FA866DFD9B5148C83F3918F4D43B189583B9BCB4CE3B3D6E99BA5BBC5F99B9B91C6726137DD58A8683B4D61A13830E87AC166B6075731DD723C4AE7720EDD71E6D56AFDB86DA23E4606E89AEC7E9B1CEE0E8D7B26EDE3B9DF1FAA7CC20A472CEC5C8753994E435491215895AD52A7E5B31A6955BC23526065B82ADD3099FD6C8B666F8B18EFF43766CFD3390A54BF718B3CB7E558BF182C185171A2E16820B439F0FE6E399FDD7EF36FA6DA82796860909034101C185E000FAF4852251A0542C090E1449BFF60EA41EEA0DF5DB8ABD8941C7F5B88C34155864BD2256D970ACDACC3BB321CCA721A2C885CEDB50471A3A0FFAB56BE0BDDE69A83DB3977E7DB3877F1B6A0C091DC3B8B4CE9F92D6D85047CF7DFDD129AEDA505BFAB5A4B3A2A12D20800291B9A93AD5C5829FFEA5A6E7C55A6A207F229B8EB912039D7914D726D7AC0E100846477C6E7B89C5B0BBC74F877164406EF311DDD83BD1647346E6C2C4628719C4E9A3644AD6EF7A87F3951E2F02243212E30BD6B56EEE968969ED98997B6E4280EB9B4DD1BC896CFABA68B4087D0375387ADB61');
INSERT INTO raw_entries VALUES (5, 5, 2428, 'ndjson+zstd', X'28B52FFD647C08AD1E007A40D40B2A004D8C1BEE87D1B234ADC07B112925C5F38D2B84617EEC1E8223EDE59E78F88D8E06349686FEFF5D154CB300B300AD00511401E844E87042F33CF336F3567B66E9FC9A4D80BD1F2DEC79E917675A98C32A67AC71E374A5FBC3FBA58A99BA2F5655D3DFF9EB195CE84FFBEB2A58C456184C2291094542450259E06012698030AC93B3B65336E14FF65719F7C1E562647CDAEFC01520387E0AFEFC7093A23641129C20686A4D9A5E43722C60C5A0A605D5989E4351D498180DB1E3AF3272BCF1CA4FE418332D7E98D16040DEA88BE41D5D260862C730F2D3A8C658488DA90139FEE60A0172BEF52BFE420BDD8A5DAD5F26C5B6E151D9060615CA42C561DFCABA7286A94D910423696AD3A5BA4C4D6AD28085808F147CA15397B15FCE87D495E41746C5B8F8D4A87A6A5001022CF4ABE5EE94ACA393520894D944F053B2405A1C2893C73E9DD815B7D2F924686A5BD55E9356BBBBD262C0AD0CCE8BC0CAB8CF625D466B1FB670B0848C7D2930AC156C59B722825D697103BEB6B596D56F5FFA73BA5FE7256035AF2FFE9A56206AF11CEF499203C22A8AAA59F313A1C30976CC710D3F9CF86CFA157FA17FBF69591DDDBA74A4BDD9977EC949E346FA36AA51052A944903E7B2D065AC1C7AE657CE95FE355A0B65EF7CE8306E26C510D46BE61CD3B5FAB5F1070425B5D61011EBA578B51AC1CE5FE818D99917A19C6F39B09D22490D87D41653D55115351895239A18209108E42159786CCDBEBF6EE6E3839CF19F4B391FD292F829B7F6C37AA6B28946356AE55CB6408888355BDED2592DC7F24DFCEC790D9D4E848E67F41DBFD3E7951F8E50184880382C1C58A82C303C1DAE48200B24138A820612083BF6ABE5463A3F8D6A94E3A71373116B45DD384C60345882BAE64D88706CD2CCD9B163FA8A0F1253E420C931A08AA3211C0D31452D92B1B2E679E691801DCB599B1D3FEC18A7F2E370EC703E7EF86D2A3FECF89F4FB84C7E981D431935FCB0420127C510D8CC5445F5D758F5AB253BF647B3599DF2C3FEDAC29C92A8FEE286BA83821DC39979BFB882E38F3053A8A12C6604C40894318A8C88CD044DDB60229142657712E8333553630C9920C559FE5D1E3B554861F399A959064853B65F30F08FF20C392EB07260E2836C59802538ADE3A15DA0C28076A558AE2F9D90AAC6DDAC4D70A492548F400A913493144531B912788C92D96B4C56AB10ED020E385F51149F220C089F8796E2653DD4B65436114AFEC9A7AB807E4372F4B1ABBF58B83AB548F916EF8D2BEE6E45C06E15BCB54CA1B371CAE51E3E732A7FB5F3CA4E0AEE51F53698BFA24674836922AB932BBB776B0FF67CADD9D9754B9B8B8C4CBD3C57615F37A1F909C1CBD3009035');
INSERT INTO raw_entries VALUES (6, 4, 1371, 'ndjson+zstd', X'28B52FFD645B04351500C66E8C27F0CEE8010C156C5136908FEA668B05677E94797A36FAE12645F7D6B6F08FC13589E2B028E9950A810083007D00D7F5EA657AF9B3C8F16F7DD7720237F8D250994C2A96890B45A2F050992C480ED84D6ADF5B387A38DFB553B2C54FD64C79EBBB0C9D11E1FA5EFC6DA8219176594D7A92FB7B50D1E154C1E9D1AEE619E810B720E451FED7D5AEAF9D926BCFDB8624D71ACA69A829A979C41F8D7A44F880D7A35D47D99057D6445995D55CDFD7190116820B035F4EF6AE3F981A354D309379BC5755CD6A5525D002D8210E71913B1C0EBB77C3EE3ED64C39FF5A39614C05819210C19816C11877F7019EDCB9BB8873F346C41B95E45244CB3477979CBADA244D6F45DA04F0C17C3AAA80BF81BCB99CF71BAEF4DA8C223EBE928341777E078372B08F765269A5E72BCF7F8BFB994B6E2C431971CA8A86FAE2C5468472F786C49EC31169C51A18DD58877DF830FB9D37DBF5C39A51FBB5A17EF838D85B22FB507AEA3338DA75A49BFB9DCE707D65CC1E9599267F0DB6489CAC0C9C226E450E7108DF4A319E945BA23524F65A82EB4FF9EEA4902BBDF8629DBFF771E3FAF77A1C3FFE439859FE0CAD182F185C78A1E1129F0FE6F359BDAEEF57F8B6A19E581A26240C040504178203E8D3178A448152B124385024EDFA3B6F7AE637D4B752CC49EC39ACE763A4A9C0A2FA1590C6C663B466DF910D613E0DE11E59EE2A7756BB44A6B40D75A499F2A05DBFE659FB9D86FAB37A69D736BBEFDA861A23BEC730ECA4F2CA38296CA8A1C7BABEF02932B4A1B6B4EB2C20900291B9291ED5C5829FFEA5A6E7C15A6A207F229BC2339BA35220C96B75DF40706BC427DD4BDA86DD897F3A8C0303729A8FE8C6DE89269B3202172016779841803E4A8664F52E74383FE8F150804446627A41BAD6CDDD3231AD1D3363CF4D0870F56653226F9E4D5F291A6DA16FA10E3D958DA8');
INSERT INTO raw_entries VALUES (7, 5, 2428, 'ndjson+zstd', X'28B52FFD647C08BD1E007A40D40B2BF06C8C1B4C5D919220ADC07B112925859050823970C439E6EAEAA3F20BF665DF1D42C1553A229B889A290DB300B300AC008E4A6200F8407C58C179BE79BB79AB7DB3747ECD1EC0DE8F1606BDF4CB332DCC619533D6D871BAD23DE23D53C54DDD17ABAAE9EFFCF50C2EF4A7FD75136C622F0F95C9A4627170A148181654260D12857572D676CB2AFCC9FE2AE346B85C8D8C4FFB1D384203C70FC19F21AEA2AA3D0A3ABCB5D47834A0E4544B52052307554D0D8F189927392AC8C48EBF4A86E38E5786188E35D36288254766AA264844B50619AF31B16318196A8CE8E1784C8FC8F137470872BEF52BFE460BDD8A5DAD6726C5B62172D986878B25E1E2B06F655DB9C20421D1F470CA1B117448518D210D6808F808C1173A7519FBE58C4812249ABA393C433DC723AA1AAD1120C042BF5AEE4ECA3A3A29954099CD859F14068971B05422FB746257DC4AE773C0A96D557B4D5AEDEE4A8C01B732382F022BE3428D7519AD8518E3C11432F6B5C0B05E3066DD8A0BBB12E3067C6D6B2DABDFBEF4E774BFCE4BC0725E67FC35BD4453345513E5901C2235202D593304F161053BF6388721567C36FD8ABFD0BFDFB4AC8E6E653AD2EEEC4BBFE4A4B1237D1BD5A802174BA5C19359E832560E7DF32BE74AFF1AAD85B2773E74183B936209EA3573AEE95AFDD24C2CC1985A6B8988F55ABC5ABDB0F317BA46F6E64528E75B0F6CB74811453D473FA6E60D3E1A2F234D0A92C94412A12444B666DF5F77F33142CEF8CFA59C118951FC945B3B627D735945A31AB5722E63A244C49A316FE9ACD66379277EF6BC069F0FC4C733FA8EDFE9F3CA104F2C0F0E240E0907122E090AD0872F140903A56249A0802261C77EB5EC4867A8518D72FC74622E62BDA81D870A0D075350E7BC09138E4D9A393B764D5F9181626AAE35D7A20B234A405A626234868C9539CF371104EC58CEDAEC1862C73C9521886387F331C4AF531962C7FFFC416632C4EC18CAC86188170B382996C0E6A62EAABFC6AA5F2DD9B13F9ACDEA9421F6D716E61645F5173BD41D16EC18CECDFBC5111C7F840153A891286704C40894318A8C8CCD044DDB60229142657712083435D33A864C906286F2EFF2D80155C8B0F3CCD42C35A429ED1723F82779860217583931F143B6B5C21287D6DDD0CE50A1429BD237D7B99D80A0C65D019B104ED5546B40BA967494142D6C72A57A8C28B3239BAC57A1CE0544F058D1283E550CD89CDF2CC54E3DA46DB934119CFC5C9F9C02A08644E96320D6A3EAC4D462E4DB786F5671372B0271ABE0A4E505FA0C15AEE8E159A73EAC085EA169C02551351A6C5F5122BA813591951429F574AB0A7B89565FB66F8B868B47A65E3D975C5F2FA1B989CAC9AFCCD49B');
INSERT INTO raw_entries VALUES (8, 4, 1371, 'ndjson+zstd', X'28B52FFD645B044D1500D6EE8C27F0CEE8010C15B258750337D41F56341ABDC187E1D9E8879B68BB1B79611FE13E89E2B028E9950A810085007E0017B4CFF5D933C9D2DFC2BF9CC00DBE345426938A65E24291283C54260B92037EB45EE8168E3C52F8974EB670CA1A3ADFC267E88C88D77FE1DF50FB1421CEB2AA498244AF1EB0B966C189928D7A541148A32ED8AA2903A77EFD97BAD71EBF0DB9D79ACA69A823D4A33D2057062239CBBDB97E2D67438D922657412AAA925E3FEC8C0417067E4E062F3F90A4FB35459C959114D5A015694E400AE06635EB45CDE178D8FF86DF43D6D049FDEF9C30A682404988608C14C198D65A1BE0477BADBD4863A93522AD41B9E6222488255552A360BC1EB0C189922C800FE6D35145F44DE4CD73A06FD8D6BF198584FC9383414FBD83513998CB4BEBBCD3E396A9BBC57BE69A9BCB715E012DE9AC68A83B93361E546BAD3131E870C86AB1065637D7713D42EC7A07D27EEDD166F5BA6DA83D420EE696E87A9C1EEB0C8E7E2DEBE6BDD319AF7FCA0C4E6EB9CC14B91EB25157AC20938B9AD52C7E5B31A6955B426A4C0CB6045BA7133EAD916DBDF8B18EFF4396D8FA5F90A54BF718B3CB9EA916E305830B2F345C2C019F0FE6E399FDD7EF36FA6DA82796860909034101C185E000FAF4852251A0542C090E1449BFF60EA41EEA0DF5DB8ABD8941C7F5B88C34155864BD2256D970ACDACC3BB321CCA72122E75E73AF491727D1791BEA4843E741BF760DBCD73B0DB567F6D2AF6FF6F06F438D21A1631897D6F953D21A1BEAE8B9AF3F3A45A636D4967E012C20800291B9A93AD5C5829FFEA5A6E7C55A6A207F229B8EB912468E2281E4AED56103C1D488CFBD97B80DBB1BFF74184706E4361FD18DBD134D3667642E4C54222D83381D944C29F85DEF46BEE6F17241222331BE605DEBE66E9998D68E99B9E72604B8BED914CD9BC8A6AF8B468BD0090006651ED356');
INSERT INTO raw_entries VALUES (9, 5, 2328, 'ndjson+zstd', X'28B52FFD6418083D1C0086BAAB27E0B0EA01E43B5BAC9F1C831C2DDC181C9A478C7A0399651982E9BA168B39C5494E136668C3CC0BA000A6009E00F56FE64242FEA96DCE53C76CAAB6B9BCB4CE3B356E99BA63BC57B0995D8E13C3A07DAECF9E912CFD2DFCCB09EC60CA038344C230B1A02C44142218240D11037EB45EE8137E3C52F8974EC670CA163ADFC277688D89D79FE1DF4E4F568C17A4A48AE42C48C22264499845B9AA029DA420ECC2A6298A20B4FAF55F1ABDD6F86D277A6DA95A3B6D612E457F54D0838AE443B2FAB59CEDB8E8A2DC837A40AF1FB6460CB1746D428CBD52EDC60D100A373C50260514077E2D033137A02CE92E085694855598BCE255450250C0CF0C67E99A06235BA7133EAD9009BBA0BB2658A92A13AC2A8B9A042AE8511705BD77FA5C561AC015FEAE6D981A69E50B27D8FA63F0D9A08580344028FC9099995244D2443DE9718F7B1CC40611878783C86461810112E18F4E698DFC6CB53602C97851157C5C52E5524A128224808D8A8D7E2ED1B3C8D96BD033B6019A06A76B15382DD4F053C7D06AA7863A3BCB5904940943C3A6C2D2E9C45C7AF64C2B53FF3B359614727DE9726AAADD1CD66FE6B905DEEB18CD33070439E778E25783075C9FA55B28CC22ADF3A7A435F246429F4C11266150BAA8E22069BA284B3288482411C84201846FE6E15FCE7E62D03A29C5F395F28518EC19851F67398BDFD68D69E5A6801CD62FB6623445645B31DE68AE999F897E698DEC98F9011B1BCE72D6EBB7757B1A978FE5B23DD62FB14A876FD566BC5FBB0562A6C42349CFB967390AE51C977350918BE8BC6DABB5914BF40C82D0AF69BDB05F3BEDDBE6B673BD7659633B1D35B79D7EFDD12F2AB59DEED792CE4B3B3D3020ABDD1C5BCDEEC0F508B7EB1848FBB5479BA9D76D3BED116A9B4F9EEB716AAC3B0CF46B59B3774C6BBCFE2933B09D8A8D7EFAF5C62FEDF4F399EA98F92CFD61AC014FA8B128A704C4081031884830351386DB6022999A3A3B12881289B4C718128C518CE5DFE5B1036F9051DF567532D56219AD2D20C51C0C5F78D1C253B1224C784947B7D2760B98BB4925B27FAC4A6B137BEC971BECAA255992C04F966761EF11B54F18FDB3DB7D965DD9D2C56960C6620041EA26B0A8C7EC4BED781CCC619143C34168EAE7F3F758C5462662C0CD37B567573D64CE5940678CADAB9F7315885D48505997151DD4FBB43A44EFF2149FD7114B245E8B272532AB2C411FBBA52C43632B88FC7BFB3ED7804CBD2A8E68BE208AD6A77A470636987724');
INSERT INTO incidents VALUES (1, 1, 1756822205300000000, 1756824736000000000, 0, 1, 3, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', NULL);
INSERT INTO incidents VALUES (2, 1, 1757435404900000000, 1757437505500000000, 0, 11, 6, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', NULL);
INSERT INTO incidents VALUES (3, 1, 1757671205400000000, 1757672420900000000, 0, 7, 8, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors', 2);
INSERT INTO incidents VALUES (4, 2, 1757059233800000000, 1757064604100000000, 0, 9, 10, 'dependency_unreachable', 'node-net.connect', '10.0.0.3:5432 cannot be reached.', 'dependency_unreachable host=10.0.0.3:5432', NULL);
INSERT INTO incidents VALUES (5, 2, 1757801404000000000, NULL, 1, 16, NULL, 'missing_env', 'missing-setting.missing-list', 'These settings are missing: REDIS_URL.', 'missing_env env_vars=redis_url', NULL);
INSERT INTO transitions VALUES (1, 0, 1756822205300000000, 'opened', 1, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors');
INSERT INTO transitions VALUES (1, 1, 1756823135000000000, 'repeat', 2, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors');
INSERT INTO transitions VALUES (1, 2, 1756824736000000000, 'recovered', 3, NULL, '', '', '');
INSERT INTO transitions VALUES (2, 0, 1757435404900000000, 'opened', 11, 'missing_env', 'env-access.environ-keyerror', 'The environment variable DATABASE_URL is not set.', 'missing_env env_vars=database_url');
INSERT INTO transitions VALUES (2, 1, 1757436085200000000, 'cause_changed', 5, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors');
INSERT INTO transitions VALUES (2, 2, 1757437505500000000, 'recovered', 6, NULL, '', '', '');
INSERT INTO transitions VALUES (3, 0, 1757671205400000000, 'regression', 7, 'import_error', 'cpython.module-not-found', 'Python cannot find the module flask_cors.', 'import_error module=flask_cors');
INSERT INTO transitions VALUES (3, 1, 1757672420900000000, 'recovered', 8, NULL, '', '', '');
INSERT INTO transitions VALUES (4, 0, 1757059233800000000, 'opened', 9, 'dependency_unreachable', 'node-net.connect', '10.0.0.3:5432 cannot be reached.', 'dependency_unreachable host=10.0.0.3:5432');
INSERT INTO transitions VALUES (4, 1, 1757064604100000000, 'recovered', 10, NULL, '', '', '');
INSERT INTO transitions VALUES (5, 0, 1757801404000000000, 'opened', 16, 'missing_env', 'missing-setting.missing-list', 'These settings are missing: REDIS_URL.', 'missing_env env_vars=redis_url');
INSERT INTO state VALUES ('as_of', 1757801404000000000);
PRAGMA application_id = 1852990585;
PRAGMA user_version = 2;
