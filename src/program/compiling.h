/*
 * What the parts of the compiler share while they make a program of one script. Only compile*.c and
 * packet_parts.c use it.
 */
#ifndef TCPCLOSE_PROGRAM_COMPILING_H
#define TCPCLOSE_PROGRAM_COMPILING_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/diag.h"
#include "program/program.h"

enum descriptor_use { DESCRIPTOR_NEVER, DESCRIPTOR_OPEN, DESCRIPTOR_CLOSED };

struct compiling {
	struct arena *arena; /* of the program */
	struct arena *own;   /* for the compiler itself, until compile_end() */
	struct diag *diag;
	const struct settings *settings;
	struct program *program;
	size_t room;         /* how many steps there is memory for */
	bool good;           /* there was no error so far */
	unsigned own_errors; /* how many errors the compiler has reported */
	struct process_names {
		const char *name;                              /* NULL: the test's own process */
		bool is_program;                               /* its calls are not in the script */
		unsigned char descriptors[SCRIPT_DESCRIPTORS]; /* enum descriptor_use */
	} processes[PROCESSES];
	unsigned process_count; /* counts the test's own process */
	bool incomplete;        /* lines were refused before; what they opened is not known */
	bool at_peer;           /* the line begins with "peer:" */
	unsigned who;           /* the process whose call is being compiled */
	bool sends_text;        /* a call sends bytes that the script wrote */
};

#endif
