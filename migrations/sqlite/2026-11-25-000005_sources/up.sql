-- Whether a file was taken in already is asked by its content.
CREATE INDEX files_of_content ON files (authority, sha256);
