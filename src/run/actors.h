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
	struct descriptors *descriptors; /* NULL: a program, or not there */
	unsigned host_number;            /* see call_ops.fork; 0: the test's own, or not there */
	bool at_peer;                    /* at the other end of the link */
	struct range where;              /* the line that started it */
	bool ended;                      /* that has been told: see ends.h */
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
 * One is there, by its number of the host's, started by a line that wants it: a twin, which has
 * what the acting one has; a program.
 */
void actors_add_twin(struct actors *actors, struct arena *arena, const struct process_want *want,
                     unsigned host_number, struct range where);
void actors_add_program(struct actors *actors, const struct process_want *want,
                        unsigned host_number, struct range where);

/* A twin became a program, so nothing is known of its descriptors any more. */
void actors_become_program(struct actors *actors, unsigned process);

/* One has ended, by its number of the host's. NULL: there is none, or that was said before. */
const struct actor *actors_end(struct actors *actors, unsigned host_number);

#endif
