DROP TABLE answer_generations;
DROP TABLE prepared_answers;
