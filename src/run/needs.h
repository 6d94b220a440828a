/* What a script asks of the world that it is played in. */
#ifndef TCPCLOSE_RUN_NEEDS_H
#define TCPCLOSE_RUN_NEEDS_H

#include "host/host.h"
#include "program/program.h"

/*
 * Has the world an entry for all that the program will ask (see host.h)? False: `error` says what
 * it cannot do, and *where is the first line that asks for it ({0,0}: an option does).
 */
bool needs_are_met(const struct program *program, const struct host *host, struct range *where,
                   char error[FAULT_TEXT]);

#endif
