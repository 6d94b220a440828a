/* Plays a program in a world and says what came of it. */
#ifndef TCPCLOSE_RUN_RUN_H
#define TCPCLOSE_RUN_RUN_H

#include "host/host.h"
#include "program/addresses.h"
#include "program/program.h"
#include "run/listener.h"
#include "verdict/evidence.h"

/* The world that a program wants. The strings are the program's. */
void run_host_config(const struct program *program, const struct addresses *addresses,
                     struct host_config *config);

/*
 * Runs the init commands, every step, and the cleanup command, and fills in `evidence`, which
 * starts zeroed. Returns when nothing of the program is under way any more, or with calls still
 * blocked:
 * the process is expected to end soon. `host` is not closed.
 */
void run_program(const struct program *program, const struct addresses *addresses,
                 struct host *host, const struct run_listener *listener, struct evidence *evidence);

#endif
