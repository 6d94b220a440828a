/* The file of a script, which is read once for all rows of its table of cases. */
#ifndef TCPCLOSE_SUITE_SCRIPT_FILE_H
#define TCPCLOSE_SUITE_SCRIPT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/source.h"
#include "script/cases.h"

struct script_file {
	const char *path;
	unsigned text_number; /* 0: the text is in the file of this path; script_file_of_text() */
	const struct source_text *text; /* NULL: it cannot be read */
	const char *why;                /* the reason why it cannot be read */
	size_t lines;                   /* without those of the table */
	struct case_table table;
	bool table_read, table_good;
	struct arena *arena;
	size_t users; /* the last user that lets go frees it */
};

/* Reads a file. Never returns NULL. The caller is its first user. */
struct script_file *script_file_read(const char *path);

/*
 * The same for a text that is in no file, but is treated as if it were in one with this name. The
 * number, which is not 0, tells it from the other texts of a run.
 */
struct script_file *script_file_of_text(const char *path, const char *text, unsigned number);

struct script_file *script_file_use(struct script_file *file);
void script_file_let_go(struct script_file *file);

/*
 * Reads the table of cases once. When it is wrong, returns false; the errors go to the `diag` of
 * the first caller.
 */
bool script_file_read_table(struct script_file *file, struct diag *diag);

#endif
