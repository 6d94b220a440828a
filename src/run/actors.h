/*
 * The processes of a test: its own, twins that make calls, and programs. Everybody may read the
 * fields; only these functions change them.
 */
#ifndef TCPCLOSE_RUN_ACTORS_H
#define TCPCLOSE_RUN_ACTORS_H

#include "base/arena.h"
#include "program/program.h"
#include "run/descriptors.h"

struct actor {
	struct descriptors *descriptors; /* NULL: a program, or nobody */
	unsigned host_number; /* the number that the world has for it, see call_ops.fork */
};

struct actors {
	struct descriptors
		*descriptors;         /* of the process that acts now: the one whose call is made */
	struct actor list[PROCESSES]; /* the first is the test's own process */
};

void actors_init(struct actors *actors, struct arena *arena);

/* From now on this process acts. */
void actors_act(struct actors *actors, unsigned process);

/*
 * Adds a process. A twin has copies of the descriptors of the process that acts; a program has
 * none. host_number is the number that the world has for it.
 */
void actors_add_twin(struct actors *actors, struct arena *arena, unsigned process,
                     unsigned host_number);
void actors_add_program(struct actors *actors, unsigned process, unsigned host_number);

#endif
