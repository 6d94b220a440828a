#include "suite/script_file.h"

#include <string.h>

#include "program/vocabulary.h"

static struct script_file *new_file(const char *path)
{
	struct arena *arena = arena_new_withheld();
	struct script_file *file = arena_alloc(arena, sizeof(*file));

	file->path = path;
	file->arena = arena;
	file->users = 1;
	return file;
}

struct script_file *script_file_read(const char *path)
{
	struct script_file *file = new_file(path);

	file->text = sources_read(sources_new(file->arena), path, &file->why);
	return file;
}

struct script_file *script_file_of_text(const char *path, const char *text, unsigned number)
{
	struct script_file *file = new_file(path);

	file->text_number = number;
	file->text = sources_add(sources_new(file->arena), path, text, strlen(text));
	file->why = "it is too large";
	return file;
}

struct script_file *script_file_use(struct script_file *file)
{
	file->users++;
	return file;
}

void script_file_let_go(struct script_file *file)
{
	if (--file->users == 0)
		arena_free(file->arena);
}

static size_t count_lines(const char *from, const char *to)
{
	size_t lines = 1;

	while ((from = memchr(from, '\n', (size_t)(to - from))) && ++from)
		lines++;
	return lines;
}

bool script_file_read_table(struct script_file *file, struct diag *diag)
{
	const char *text = file->text->text, *end = text + file->text->length;
	struct case_table *table = &file->table;

	if (file->table_read)
		return file->table_good;
	file->table_read = true;
	file->table_good = cases_read(file->text, file->arena, diag, table) &&
	                   vocabulary_check_columns(table, diag);
	file->lines = !table->begin
	                      ? count_lines(text, end)
	                      : count_lines(text, table->begin) + count_lines(table->end, end);
	return file->table_good;
}
