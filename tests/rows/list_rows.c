/*
 * Prints every row of the tables that make the language, as "KIND NAME" on a line. tests/rows.sh
 * wants a play for each of them. A row that is added to a table appears here by itself.
 */
#include <stdio.h>
#include <string.h>

#include "program/compile_link.h"
#include "program/compile_observe.h"
#include "program/options.h"
#include "program/records.h"
#include "program/symbols.h"
#include "program/syscalls.h"
#include "report/formats.h"
#include "script/directives.h"
#include "wire/tcp_options.h"

static void list_calls(void)
{
	const struct syscall_row *row;

	for (size_t i = 0; (row = syscall_at(i)); i++)
		printf("call %s%s%s\n", row->name, row->commanded ? "-" : "",
		       row->commanded ? symbol_name(SYMBOL_FCNTL, row->command) : "");
}

/* A kind of argument that no call has can neither be written nor tested. */
static bool list_unused_kinds(void)
{
	bool good = true;

	for (int kind = ARG_NONE + 1; kind < ARGUMENT_KINDS; kind++) {
		const struct syscall_row *row;
		bool used = false;

		for (size_t i = 0; (row = syscall_at(i)); i++)
			for (size_t k = 0; k < syscall_arity(row); k++)
				used |= row->arguments[k] == (enum argument_kind)kind;
		if (!used)
			fprintf(stderr, "no call has the kind of argument %d, %s\n", kind,
			        argument_wants((enum argument_kind)kind));
		good &= used;
	}
	return good;
}

static void list_options(void)
{
	const struct option_row *row;

	for (size_t i = 0; (row = option_at(i)); i++)
		printf("%s %s%s\n", option_help(row) ? "setting" : "refused", option_name(row),
		       option_has_value(row) && !option_help(row) ? "=1" : "");
}

/* Some names have several rows, which differ in the order of their fields. */
static void list_tcp_options(void)
{
	const char *name;

	for (size_t i = 0; (name = tcp_option_name(i)); i++) {
		unsigned before = 0;

		for (size_t k = 0; k < i; k++)
			before += !strcmp(tcp_option_name(k), name);
		printf("option %s", name);
		printf(before ? "-%u\n" : "\n", before + 1);
	}
}

int main(void)
{
	const struct directive_row *directive;
	const struct record_layout *record;
	const char *name;

	list_calls();
	list_options();
	list_tcp_options();
	for (size_t i = 0; (directive = directive_at(i)); i++)
		printf("directive %s\n", directive->name);
	for (size_t i = 0; (name = observe_at(i)); i++)
		printf("observe %s\n", name);
	for (size_t i = 0; (name = link_at(i)); i++)
		printf("link %s\n", name);
	for (size_t i = 0; (record = record_at(i)); i++)
		printf("record %s\n", record->name);
	for (size_t i = 0; i < report_format_count; i++)
		printf("format %s\n", report_formats[i]->name);
	return !list_unused_kinds();
}
