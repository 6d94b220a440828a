#include "program/wait_status.h"

#include <stdio.h>
#include <sys/wait.h>

#include "program/symbols.h"

/*
 * What the shell ends with when it is not the program that failed (POSIX, "Exit Status for
 * Commands").
 */
enum { NOT_STARTED = 126, NOT_FOUND = 127, BY_SIGNAL = 128 };

const char *signal_print(int number, char text[WAIT_STATUS_TEXT])
{
	const char *name = symbol_name(SYMBOL_SIGNAL, number);

	if (name)
		return name;
	snprintf(text, WAIT_STATUS_TEXT, "signal %d", number);
	return text;
}

/* What a status usually means: " (the shell found no such program)"; or "". */
static const char *meaning(int status, char text[WAIT_STATUS_TEXT])
{
	const char *name =
		status > BY_SIGNAL ? symbol_name(SYMBOL_SIGNAL, status - BY_SIGNAL) : NULL;

	if (status == NOT_FOUND)
		return " (the shell found no such program)";
	if (status == NOT_STARTED)
		return " (the shell could not start the program)";
	if (!name)
		return "";
	snprintf(text, WAIT_STATUS_TEXT, " (the shell's for %s)", name);
	return text;
}

const char *wait_status_print(int status, char text[WAIT_STATUS_TEXT])
{
	char name[WAIT_STATUS_TEXT];

	if (WIFSIGNALED(status))
		snprintf(text, WAIT_STATUS_TEXT, "killed by %.40s",
		         signal_print(WTERMSIG(status), name));
	else
		snprintf(text, WAIT_STATUS_TEXT, "status %d%.60s", WEXITSTATUS(status),
		         meaning(WEXITSTATUS(status), name));
	return text;
}

const char *wait_status_tell(int status, char text[WAIT_STATUS_TEXT])
{
	char how[WAIT_STATUS_TEXT];

	snprintf(text, WAIT_STATUS_TEXT, "%s %.80s", WIFSIGNALED(status) ? "was" : "ended with",
	         wait_status_print(status, how));
	return text;
}
