/* An option of the command line: a row of the table in command_options.c. */
#ifndef TCPCLOSE_SUITE_COMMAND_OPTION_H
#define TCPCLOSE_SUITE_COMMAND_OPTION_H

#include <stddef.h>

struct command_line;

/* what the option sets; OWN: a function of its own does it */
enum command_kind { FLAG, TEXT, NUMBER, OWN };

/* MAYBE_NEXT: the value may also be the next word */
enum command_wants { NO_VALUE, VALUE, MAYBE, MAYBE_NEXT };

struct command_option {
	char letter; /* 0: it has none */
	const char *name, *help;
	enum command_wants wants;
	enum command_kind kind;
	size_t at;            /* the offset of a bool, a const char * or an unsigned */
	unsigned least, most; /* the range of a number */
	int (*set)(struct command_line *line, const char *value);
};

#endif
