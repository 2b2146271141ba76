-- Parts of records that are objects of their own to some readers: items and places of sittings, consultations of acts. One that the public was
-- shown stays here when it leaves the record, so that readers can be told.
CREATE TABLE record_parts (
    authority TEXT NOT NULL,
    record TEXT NOT NULL REFERENCES identifiers,
    kind TEXT NOT NULL,
    part TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    shown BOOLEAN NOT NULL,
    removed_at TIMESTAMP,
    PRIMARY KEY (authority, record, kind, part)
);
CREATE INDEX record_parts_of_kind ON record_parts (authority, kind, record, part);

-- When a record was made, and when it was last made internal.
CREATE INDEX changes_by_record ON changes (authority, record, recorded_at);

-- What is there already. Of what is internal now, nothing tells what of it was once shown.
INSERT INTO record_parts (authority, record, kind, part, created_at, shown)
    SELECT DISTINCT s.authority, s.id, 'agenda_item', item.value ->> 'id', s_first.recorded_at, s.visibility = 'public'
    FROM sittings s JOIN versions v ON v.authority = s.authority AND v.record = s.id AND v.version = s.document_version
    JOIN versions s_first ON s_first.authority = s.authority AND s_first.record = s.id AND s_first.version = 1
    CROSS JOIN jsonb_array_elements(convert_from(v.document, 'UTF8')::jsonb -> 'agenda') WITH ORDINALITY item(value, ordinality);
INSERT INTO record_parts (authority, record, kind, part, created_at, shown)
    SELECT DISTINCT s.authority, s.id, 'location', '', s_first.recorded_at, s.visibility = 'public'
    FROM sittings s JOIN versions v ON v.authority = s.authority AND v.record = s.id AND v.version = s.document_version
    JOIN versions s_first ON s_first.authority = s.authority AND s_first.record = s.id AND s_first.version = 1
    WHERE convert_from(v.document, 'UTF8')::jsonb ->> 'place' IS NOT NULL;
INSERT INTO record_parts (authority, record, kind, part, created_at, shown)
    SELECT DISTINCT d.authority, d.id, 'consultation', i.item, d_first.recorded_at, d.visibility = 'public'
    FROM deliberations d JOIN act_items i ON i.authority = d.authority AND i.deliberation = d.id
    JOIN versions d_first ON d_first.authority = d.authority AND d_first.record = d.id AND d_first.version = 1;
INSERT INTO record_parts (authority, record, kind, part, created_at, shown)
    SELECT DISTINCT d.authority, d.id, 'opinion', opinion.ordinality::text, d_first.recorded_at, d.visibility = 'public'
    FROM deliberations d JOIN versions v ON v.authority = d.authority AND v.record = d.id AND v.version = d.version
    JOIN versions d_first ON d_first.authority = d.authority AND d_first.record = d.id AND d_first.version = 1
    CROSS JOIN jsonb_array_elements(convert_from(v.document, 'UTF8')::jsonb -> 'report' -> 'opinions') WITH ORDINALITY opinion(value, ordinality)
    WHERE NOT d.deleted;
