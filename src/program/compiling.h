/*
 * What the parts of the compiler share: one script on its way to a program. Only compile*.c and
 * packet_parts.c look into it.
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
	struct arena *own;   /* of this, until compile_end() */
	struct diag *diag;
	const struct settings *settings;
	struct program *program;
	size_t room;         /* for steps */
	bool good;           /* so far */
	unsigned own_errors; /* those that the compiler reported */
	struct process_names {
		const char *name;                              /* NULL: the test's own */
		bool is_program;                               /* makes no calls that we see */
		unsigned char descriptors[SCRIPT_DESCRIPTORS]; /* enum descriptor_use */
	} processes[PROCESSES];
	unsigned process_count; /* with the test's own */
	bool incomplete;        /* lines were refused before: what they opened is not known */
	bool at_peer;           /* the line begins with "peer:" */
	unsigned who;           /* whose call is being compiled */
	bool sends_text;        /* a call sends bytes that the script wrote */
};

#endif
