/* The file of a script, read once for all rows of its table of cases. */
#ifndef TCPCLOSE_SUITE_SCRIPT_FILE_H
#define TCPCLOSE_SUITE_SCRIPT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/source.h"
#include "script/cases.h"

struct script_file {
	const char *path;
	const struct source_text *text; /* NULL: it cannot be read */
	const char *why;                /* then: why not */
	size_t lines;                   /* without the table's */
	struct case_table table;
	bool table_read, table_good;
	struct arena *arena;
	size_t users; /* the last one to let go of it frees it */
};

/* Reads it; never NULL. The caller is its first user. */
struct script_file *script_file_read(const char *path);

/* The same of a text that is in no file, but stands for one of this name. */
struct script_file *script_file_of_text(const char *path, const char *text);

struct script_file *script_file_use(struct script_file *file);
void script_file_let_go(struct script_file *file);

/* Reads the table, once. False when it is wrong, which the `diag` of the first who asks is told. */
bool script_file_read_table(struct script_file *file, struct diag *diag);

#endif
