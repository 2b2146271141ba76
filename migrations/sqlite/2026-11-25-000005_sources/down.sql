DROP INDEX files_of_content;
