/* What is tested: the running kernel, another kernel in a guest, or a TCP stack. */
#ifndef TCPCLOSE_SUITE_SUBJECT_H
#define TCPCLOSE_SUITE_SUBJECT_H

#include "base/arena.h"
#include "guest/kernel.h"
#include "program/settings.h"

/* The command line names one subject, or two, which are compared. */
enum { SUBJECTS_MAX = 2 };

enum subject_kind {
	TESTED_DEFAULT, /* no option names one: the script does, or it is the running kernel */
	TESTED_KERNEL,  /* --kernel */
	TESTED_LIBRARY, /* --so_filename */
	TESTED_COMMAND, /* --stack */
};

struct subject {
	enum subject_kind kind;
	const char *label;                /* as it was written: "running", a path, a command */
	const char *flags;                /* of a library (--so_flags); NULL: of all of them */
	const struct guest_kernel *guest; /* NULL: it is tested on the running kernel */
};

/* Tells whether it is no Linux kernel, whatever a script says. */
static inline bool subject_is_stack(const struct subject *subject)
{
	return subject->kind == TESTED_LIBRARY || subject->kind == TESTED_COMMAND;
}

/* The option that names a subject of this kind; NULL for TESTED_DEFAULT. */
const char *subject_option(enum subject_kind kind);

/* The kind of subject that an option names; TESTED_DEFAULT: it names none. */
enum subject_kind subject_kind_of(const char *option);

/* Lets the settings of a test say what is tested. */
void subject_settings(const struct subject *subject, struct settings *settings);

/* "Linux 6.12.1", the label of a guest's kernel, or the name of a stack's file or command. */
const char *subject_name(const struct subject *subject, struct arena *arena);

#endif
