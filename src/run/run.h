/* Plays a program in a world, and tells what the result is. */
#ifndef TCPCLOSE_RUN_RUN_H
#define TCPCLOSE_RUN_RUN_H

#include "host/host.h"
#include "program/addresses.h"
#include "program/program.h"
#include "run/listener.h"
#include "verdict/evidence.h"

/* Fills in the world that a program needs. The strings belong to the program. */
void run_host_config(const struct program *program, const struct addresses *addresses,
                     struct host_config *config);

/*
 * Runs the init commands, every step, and the cleanup command, and fills in `evidence`, which must
 * begin with zeros. When it returns, nothing of the program is under way any more, except for calls
 * that still block: the process should end soon. `host` is not closed.
 */
void run_program(const struct program *program, const struct addresses *addresses,
                 struct host *host, const struct run_listener *listener, struct evidence *evidence);

#endif
