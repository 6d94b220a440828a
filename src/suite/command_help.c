#include "suite/command_help.h"

#include <stdio.h>
#include <string.h>

#include "program/options.h"
#include "report/formats.h"

/*
 * "=N  tests side by side" is printed in two columns. When the first part does not fit, it has a
 * line of its own.
 */
static void print_option(char letter, const char *name, const char *help)
{
	enum { INDENT = 6, COLUMN = 28 };
	int value = (int)strcspn(help, " "), used = INDENT + 2 + (int)strlen(name) + value;
	char short_name[] = { '-', letter, ',', '\0' };
	const char *text = help + value + strspn(help + value, " ");

	printf("  %3s --%s%.*s", letter ? short_name : "", name, value, help);
	if (used > COLUMN - 2)
		printf("\n%*s%s\n", COLUMN, "", text);
	else
		printf("%*s%s\n", COLUMN - used, "", text);
}

static void print_formats(void)
{
	printf("\nFormats of reports, and the endings of their files:\n");
	for (size_t i = 0; i < report_format_count; i++)
		printf("      %-8s%-14s%s\n", report_formats[i]->name, report_formats[i]->ending,
		       report_formats[i]->help);
}

void command_help(const char *program_name, const struct command_option *rows, size_t count)
{
	printf("Usage: %s [option ...] SCRIPT|DIRECTORY ...\n"
	       "Plays timed scripts of socket calls and segments against the running kernel.\n"
	       "A DIRECTORY stands for all scripts (*.pkt) in it and below it.\n\n",
	       program_name);
	for (size_t i = 0; i < count; i++)
		print_option(rows[i].letter, rows[i].name, rows[i].help);
	print_formats();
	printf("\nOptions that a script can set, too; the command line wins:\n");
	for (size_t i = 0; option_at(i); i++) {
		const char *name = option_name(option_at(i));
		char letter = !strcmp(name, "define") ? 'D' : !strcmp(name, "verbose") ? 'v' : 0;

		if (option_help(option_at(i)))
			print_option(letter, name, option_help(option_at(i)));
	}
	printf("\nExit status: 0 passed, 1 failed (or two kernels differ), 2 a script or the "
	       "command line is wrong,\n"
	       "77 all were skipped, 125 the harness was at fault, 128 + N ended by signal N.\n"
	       "See also: tcpclose-run(1), tcpclose-run-options(1), tcpclose-author(1), "
	       "tcpclose-script(5).\n");
}
