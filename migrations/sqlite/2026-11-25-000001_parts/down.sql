DROP INDEX changes_by_record;
DROP TABLE record_parts;
