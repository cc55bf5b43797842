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
