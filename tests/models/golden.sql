-- Rows as the releases stored them; `-- since` names the first schema that had the table. {bytes} is one byte, as the engine writes it.
-- since 0001
INSERT INTO upload (id, file, sha256, size, layout, uploaded_at, uploaded_by, observations, ignored, report, synthetic, status, content) VALUES
 (1, 'å.csv', '{sha256}', 1, 'wide', '2026-03-01T10:00:00Z', 'lokal operatör (CLI)', 2, 0, '{{}}', false, 'published', {bytes}),
 (7, 'ö;"x".csv', '{sha256}', 1, 'wide', '2026-03-02T10:00:00Z', 'lokal operatör (CLI)', 1, 3, '{{}}', true, 'withdrawn', {bytes});
INSERT INTO publication (id, upload_id, action, at, "by", note) VALUES
 (1, 1, 'published', '2026-03-01T10:00:01Z', 'lokal operatör (CLI)', 'rad 1'),
 (4, 7, 'published', '2026-03-02T10:00:01Z', 'lokal operatör (CLI)', ''),
 (5, 7, 'withdrawn', '2026-03-02T10:00:02Z', 'lokal operatör (CLI)', 'fel fil');
INSERT INTO observation (id, upload_id, indicator, region, period, period_start, period_end, period_kind, value, base_n, ci_low, ci_high, reason, printed, "row", col) VALUES
 (1, 1, 'trust_overall', '25', '2020', '2020-01-01', '2020-12-31', 'year', 62.9, 500, 60.1, 65.7, '', '62,9', 2, 3),
 (2, 1, 'trust_overall', '24', '2020', '2020-01-01', '2020-12-31', 'year', NULL, NULL, NULL, NULL, 'not_reported', '-', 3, 3),
 (90, 7, 'logins', '25', '2023-02', '2023-02-01', '2023-02-28', 'month', 0.30000000000000004, NULL, NULL, NULL, '', '0,3', 2, 1);
-- since 0002
INSERT INTO audit_event (at, actor, action, subject, before, after, reason, previous, hash) VALUES
 ('2026-03-01T10:00:01Z', 'local:cli', 'upload.published', 'upload:1', '', '{{"layout": "wide"}}', 'ny', '{zeros}', '{sha256}');
INSERT INTO mapping (id, name, headers, spec, created_at, created_by) VALUES (3, 'Åre', 'a|b', '{{}}', '2026', 'local:cli');
-- since 0003
INSERT INTO user_account (id, login, name, source, subject, roles, password_hash, invitation_hash, invitation_ends_at, active, created_at, created_by) VALUES
 (1, 'åsa', 'Åsa Öberg', 'local', NULL, 'publicist revisor', '', '', '', true, '2026', 'local:cli'),
 (2, 'bo', 'Bo', 'oidc', 'sub-2', '', '', '', '', false, '2026', 'local:cli');
INSERT INTO sign_in (id, token_hash, user_id, source, created_at, last_seen_at, ends_at) VALUES
 (1, '{sha256}', 1, 'local', '2026-01', '2026-02', '2026-03');
-- since 0004
INSERT INTO audit (id, audit, region, title, report, auditor, decided, reply_due, entered_at, entered_by) VALUES
 (1, 'norrbotten-2021', '25', 'Granskning', 'Rapport 1', 'EY', '2021-06-01', NULL, '2026', 'local:cli');
INSERT INTO recommendation (id, audit, number, text, addressed_to, theme, entered_at, entered_by) VALUES
 (1, 'norrbotten-2021', 1, 'Säkerställ uppföljning', 'Regionstyrelsen', 'follow_up', '2026', 'local:cli');
INSERT INTO care_unit (id, upload_id, unit, valid_from, name, kind, region, "row", col) VALUES
 (1, 1, 'SE1', '0001-01-01', 'Älvsbyns hälsocentral', 'health_centre', '25', 2, 1);
INSERT INTO service_offer (id, upload_id, unit, service, region, period, period_start, period_end, period_kind, status, "row", col) VALUES
 (1, 1, 'SE1', 'booking', '25', '2024-H1', '2024-01-01', '2024-06-30', 'half_year', 'offered', 2, 2);
INSERT INTO phone_profile (id, upload_id, indicator, region, period, period_start, period_end, period_kind, weekday, hour, value, "row", col) VALUES
 (1, 1, 'calls_offered', '25', '2024', '2024-01-01', '2024-12-31', 'year', 1, -1, 12.5, 2, 2);
INSERT INTO reply (id, upload_id, audit, number, region, status, replied, "row", col) VALUES
 (1, 1, 'norrbotten-2021', 1, '25', 'answered', '2021-10-04', 18, 2);
INSERT INTO target (id, target, indicator, region, kind, value, valid_from, body, decided, document, entered_at, entered_by) VALUES
 (1, 't1', 'trust_overall', '25', 'at_least', 70.5, '2024-01-01', 'Regionfullmäktige', '2023-11-01', '§ 12', '2026', 'local:cli');
-- since 0007
INSERT INTO remark (id, key, indicator, period, effect, reason, source, entered_at, entered_by) VALUES
 (1, 'r1', 'trust_overall', '2020', 'note', 'ny fråga', 'SKR', '2026', 'local:cli');
INSERT INTO typed_base (id, key, subject, period, region, sex, answers, source, entered_at, entered_by) VALUES
 (1, 'b1', 'barometer', '2020', '25', 'T', 812, 'SKR', '2026', 'local:cli');
INSERT INTO audited_group (id, key, regions, source, entered_at, entered_by) VALUES (1, 'g1', '24 25', 'EY', '2026', 'local:cli');
-- since 0009
INSERT INTO no_reply (id, audit, number, known_on, source, entered_at, entered_by) VALUES
 (1, 'norrbotten-2021', 2, '2022-01-31', 'Diariet', '2026', 'local:cli');
-- since 0010
INSERT INTO draft (id, owner, sha256, file, reading, mapping, answers, created_at, content) VALUES
 (1, 'user:1', '{sha256}', 'ä.csv', '', '', '{{}}', '2026', {bytes});
-- since 0011
INSERT INTO attempt (key, tries, last_at) VALUES ('{sha256}', 2, 1764000000.25);
