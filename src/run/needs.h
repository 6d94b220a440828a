/* What a script needs of the world in which it is played. */
#ifndef TCPCLOSE_RUN_NEEDS_H
#define TCPCLOSE_RUN_NEEDS_H

#include "host/host.h"
#include "program/program.h"

/*
 * Tells whether the world has a function for everything that the program will ask (see host.h).
 * Otherwise `error` says what the world cannot do, and *where is the first line that needs it
 * ({0,0}: an option needs it).
 */
bool needs_are_met(const struct program *program, const struct host *host, struct range *where,
                   char error[FAULT_TEXT]);

#endif
