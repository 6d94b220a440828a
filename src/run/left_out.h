/*
 * What a script asks for that only Linux has, but that is not needed to test another stack. It is
 * left out, and the report says so. A script with "requires stack" was written for a stack, so that
 * nothing of it is left out.
 */
#ifndef TCPCLOSE_RUN_LEFT_OUT_H
#define TCPCLOSE_RUN_LEFT_OUT_H

#include <stdbool.h>

#include "host/host.h"
#include "program/program.h"

/* Tells whether something of the program is left out in this world. */
bool left_out_applies(const struct program *program, const struct host *host);

/*
 * Tells whether all state lines are left out, because the world cannot show states. This also holds
 * for a script that was written for a stack.
 */
bool left_out_states(const struct host *host);

/*
 * Tells whether this is the stack that the script requires: with "requires stack lwIP", one whose
 * name begins with lwIP. When it is not, `error` says what is missing, and *where is the line.
 */
bool left_out_stack_is(const struct program *program, const struct host *host, struct range *where,
                       char error[FAULT_TEXT]);

/*
 * Writes what is left out, as in "sysctl net.ipv4.tcp_timestamps, 2 timers and queues of state
 * lines"; "" when nothing is.
 */
void left_out_say(const struct program *program, const struct host *host, char *text, size_t size);

#endif
